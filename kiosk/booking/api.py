"""The booking page as it is described to programs."""

from qms.web.openapi.operation import HTML, LANGUAGE, Face, Operation, Parameter, Reply
from qms.web.openapi.problem import page, refusals


def _query(name: str, meaning: str) -> Parameter:
    return Parameter(name=name, where="query", meaning=meaning)


ACTION = _query("v-schedule-action", "What the link is for: modify or join. The token decides what it may do.")
TOKEN = _query("v-schedule-auth", "The token of an appointment; the page is then about that appointment.")
ZONE = _query("zone", "The time zone in which days and times are shown, by its IANA name.")
DO = _query("do", "With a token to change the appointment: move or cancel.")
AGENT = _query("agent", "With whom, by id or key; where the service leaves the choice.")
MONTH = _query("month", "The month to show: 2026-12.")
DAY = _query("day", "The day to show: 2026-12-01; where it has nothing free, the next one that has.")
START = _query("start", "The start that was chosen: 2026-12-01T13:00:00Z.")
HOLD = _query("hold", "Keep the start; without it, the fields of the service's form book it.")
KEY = _query("key", "Made anew whenever the form is shown: sent twice, it books once.")

LINKED = (LANGUAGE, ZONE, ACTION, TOKEN, DO, MONTH, DAY, START)
SHOWN = Reply(meaning="The page, which says what was wrong, or that the appointment was cancelled.", content_type=HTML)
TAKEN = Reply(meaning="The form again: there is no place any more.", content_type=HTML)
WRONG = Reply(meaning="The form again, with what is wrong.", content_type=HTML)
ON = Reply(meaning="On to the next page.", headers={"Location": "Where that is."})

OPERATIONS = (
    Operation(
        id="services",
        method="get",
        path="/book/{account}",
        summary="What can be booked; with a token, an appointment: to see, move, cancel or join it",
        parameters=LINKED,
        replies={**page(), **refusals(404, 410)},
    ),
    Operation(
        id="act",
        method="post",
        path="/book/{account}",
        summary="Move the appointment of a token, cancel it, or check in: the form's `do` is move, cancel or check-in",
        parameters=LINKED,
        replies={200: SHOWN, 303: ON, **refusals(404, 410, 413)},
    ),
    Operation(
        id="times",
        method="get",
        path="/book/{account}/{service}",
        summary="When a service can be booked; with a start, its form",
        parameters=(*LINKED, AGENT),
        replies={**page(), **refusals(404, 410)},
    ),
    Operation(
        id="book",
        method="post",
        path="/book/{account}/{service}",
        summary="Keep a start for ten minutes, or book it: a form with the fields of the service's form",
        parameters=(*LINKED, AGENT, HOLD, KEY),
        replies={200: SHOWN, 303: ON, 409: TAKEN, 422: WRONG, **refusals(404, 410, 413, 429)},
    ),
    Operation(
        id="calendar",
        method="get",
        path="/book/{account}/-/appointment.ics",
        summary="The appointment of a token for a visitor's own calendar",
        parameters=(LANGUAGE, ACTION, TOKEN),
        replies={200: Reply(meaning="The appointment.", content_type="text/calendar"), **refusals(404, 410)},
    ),
    Operation(
        id="joinForm",
        method="get",
        path="/book/{account}/{service}/wait",
        summary="The form of the waitlist for a day that is full; without a day, on to the days there are",
        parameters=(LANGUAGE, ZONE, AGENT, DAY),
        replies={**page(), 303: ON, **refusals(404)},
    ),
    Operation(
        id="join",
        method="post",
        path="/book/{account}/{service}/wait",
        summary="Wait for a place on that day: a form with firstname, and email or phone; on to the page of the entry",
        parameters=(LANGUAGE, ZONE, AGENT, DAY),
        replies={303: ON, 409: TAKEN, 422: WRONG, **refusals(404, 413, 429)},
    ),
    Operation(
        id="waiting",
        method="get",
        path="/book/{account}/wait/{link}",
        summary="Where somebody stands in line, and what is offered to him",
        parameters=(LANGUAGE, ZONE),
        replies={**page(), **refusals(404)},
    ),
    Operation(
        id="answer",
        method="post",
        path="/book/{account}/wait/{link}",
        summary="Take what is offered, decline it, or leave: the form's `do` is accept, decline or leave",
        parameters=(LANGUAGE, ZONE),
        replies={200: SHOWN, 303: ON, **refusals(404, 413)},
    ),
)

BOOKING = Face(
    name="Booking",
    about="The booking page: pages and forms for people, whole without scripts.",
    operations=OPERATIONS,
    parameters=(
        Parameter(name="account", where="path", meaning="The account's slug."),
        Parameter(name="service", where="path", meaning="A service's key or id."),
        Parameter(name="link", where="path", meaning="The secret link of an entry of the waitlist."),
    ),
)

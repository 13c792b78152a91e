"""The pages of keeping as they are described to programs."""

from desk.operations import SIGNED_IN
from qms.web.openapi.operation import HTML, LANGUAGE, Operation, Parameter, Reply
from qms.web.openapi.problem import refusals

DAY = {"type": "string", "format": "date"}
CHOSEN = (
    Parameter(name="state", where="query", meaning="Only deliveries in this state."),
    Parameter(name="since", where="query", meaning="Only of events from this day.", schema=DAY),
    Parameter(name="until", where="query", meaning="Only of events up to this day.", schema=DAY),
)
READ = (
    Parameter(name="action", where="query", meaning="Only what begins so."),
    Parameter(name="before", where="query", meaning="Only rows before this one."),
    Parameter(name="verify", where="query", meaning="Whether to read the whole log, and say whether it is whole."),
)
PARAMETERS = (Parameter(name="person", where="path", meaning="An agent, by id or key.", required=True),)
"""What stands in paths."""


def _page(id: str, path: str, summary: str, *asked: Parameter) -> Operation:
    return Operation(
        id=f"{id}Page",
        method="get",
        path=path,
        summary=f"The page of {summary}",
        parameters=(*asked, LANGUAGE),
        replies={
            200: Reply(meaning="The page.", content_type=HTML),
            303: Reply(meaning="Nobody is signed in: to the desk."),
            422: Reply(meaning="The page, with what is wrong.", content_type=HTML),
            **refusals(403, 404),
        },
        schemes=SIGNED_IN,
    )


def _form(id: str, path: str, summary: str) -> Operation:
    return Operation(
        id=f"{id}Form",
        method="post",
        path=path,
        summary=f"Change {summary} from the page",
        parameters=(LANGUAGE,),
        replies={
            200: Reply(meaning="The page, with what is shown this once.", content_type=HTML),
            303: Reply(meaning="Done: to the page."),
            422: Reply(meaning="The page, with what is wrong.", content_type=HTML),
            **refusals(401, 403, 404),
        },
        schemes=SIGNED_IN,
    )


OPERATIONS = (
    _page("keys", "/admin/keys", "keys"),
    _form("keys", "/admin/keys", "keys"),
    _page("webhooks", "/admin/webhooks", "webhooks"),
    _page("webhook", "/admin/webhooks/{webhook}", "one webhook and its deliveries", *CHOSEN),
    _form("webhook", "/admin/webhooks/{webhook}", "a webhook"),
    _page("attempts", "/admin/deliveries/{delivery}", "what was tried for one delivery"),
    _page("people", "/admin/people", "people's roles and ways in"),
    _page("person", "/admin/people/{person}", "one of the people"),
    _form("person", "/admin/people/{person}", "somebody's role and ways in"),
    _page("log", "/admin/log", "the audit log", *READ),
    _page("ownLogin", "/own-login", "one's own login"),
    _form("ownLogin", "/own-login", "one's own login"),
)

"""Every page in every state that is looked at, one line each; a new page is one more line.

What changes the bank (a number is taken, a time is booked) comes last, so that all before it see the same morning; the
desks come after the board, on which an agent whose page was shut is shown as gone.
"""

from secrets import token_hex
from typing import Any

from playwright.sync_api import Page

from tests.e2e.scenes.scene import DESK, DOOR, HALL, HAND, LAPTOP, PAPER, Act, Path, Scene, press, see, type_in

KIOSK, ISLAND = "/kiosk/demo-downtown-door", "/kiosk/demo-island-door"
LOBBY, FULL, NIGHT = (f"/screens/demo-{name}" for name in ("downtown-lobby", "downtown-hall", "island-lobby"))
TOGETHER = "/screens/demo-town-hall"
ALL_AT_ONCE = "/screens/demo-town-hall-full"
UNCOUNTED = "/screens/demo-downtown-shop"
TIMES = "/book/demo/account?day=2026-03-03&zone=Europe/Lisbon"
ONE_OF_EACH = {
    "account": "account",
    "messages": "messages",
    "branch": "downtown",
    "queue": "cash",
    "agent": "ana",
    "service": "account",
    "form": "booking",
    "webhook": "crm",
    "screen": "hall",
    "kiosk": "downtown-door",
}
WRITTEN = (
    type_in("[name=firstname]", "Eva"),
    type_in("[name=lastname]", "Lund"),
    type_in("[name=email]", "eva@mail.example"),
)
BOOKED = (press("[data-slot]"), *WRITTEN, press("[data-action=book]"), see("[data-code]"))


def no_server(page: Page) -> None:
    """From now on a proxy answers in its place."""
    page.route("**/healthz", lambda route: route.fulfill(status=502))


def somebody_else(page: Page) -> None:
    """Nobody waits twice for one day."""
    page.fill("[name=email]", f"{token_hex(4)}@mail.example")


def ticket(number: str) -> Path:
    """The page of somebody's ticket."""
    return lambda bank: bank.links[number]


def lobby(name: str, path: str) -> Scene:
    """On a screen in a lobby."""
    return Scene(name=f"lobby: {name}", path=path, glasses=HALL, ready=".lobby")


def kiosk(name: str, *acts: Act, path: str = KIOSK, **more: Any) -> Scene:
    """At the door."""
    return Scene(name=f"kiosk: {name}", path=path, glasses=DOOR, acts=acts, ready=".tile", **more)


def phone(name: str, path: Path | str, *acts: Act, **more: Any) -> Scene:
    """In a visitor's hand."""
    return Scene(**{"name": name, "path": path, "glasses": HAND, "acts": acts, "ready": "h1"} | more)


def boss(name: str, path: str, *acts: Act, ready: str = "main form, table", **more: Any) -> Scene:
    """At the desk of whoever administers the bank."""
    return staff(name, "mia", *acts, path=f"/admin/{path}", ready=ready, **more)


def staff(
    name: str, who: str | None, *acts: Act, path: str = "/desk", ready: str = "[data-state]", **more: Any
) -> Scene:
    """At a desk of staff."""
    return Scene(name=name, path=path, glasses=DESK, who=who, acts=acts, ready=ready, **more)


SCENES = (
    lobby("calls, and who waits", LOBBY),
    lobby("with ticker and pictures", FULL),
    lobby("of several branches", TOGETHER),
    lobby("of several branches, with ticker and pictures", ALL_AT_ONCE),
    lobby("with pictures, and nobody is counted", UNCOUNTED),
    lobby("being set up", f"{FULL}?setup"),
    lobby("closed", NIGHT),
    Scene(name="lobby: not paired yet", path="/screens/", glasses=HALL[:2], ready="[data-pairing]:not(:empty)"),
    kiosk("what there is"),
    kiosk("larger text, more contrast, lower down", *(press("[role=switch]", nth) for nth in (0, -1, -2))),
    kiosk("the code of an appointment", press(".appointment-line [type=button]")),
    kiosk("a code that nobody has", type_in("[name=code]", "NOBODY"), press("[data-action=check-in]"), see(".alert"),
          refused="404"),
    kiosk("nobody is there", path=ISLAND),
    phone("ticket: waiting", ticket("C033"), ready="[data-number]"),
    phone("ticket: called", ticket("C024"), ready="[data-number]"),
    phone("ticket: being served", ticket("C023"), ready="[data-number]"),
    phone("ticket: done", ticket("C001"), ready="[data-number]"),
    phone("ticket: in a booth", ticket("V001"), ready="[data-number]"),
    phone("ticket: giving up one's place", ticket("C033"), press(".mine-actions .quiet"), ready="[data-number]"),
    Scene(name="receipt", path=lambda bank: f"{bank.links['C033']}/receipt", glasses=PAPER, ready="[data-number]"),
    Scene(name="booth", path="/poc/demo-booth-a", glasses=(LAPTOP, (800, 600)), ready="[data-state]"),
    phone("booking: services", "/book/demo"),
    phone("booking: days and times", TIMES, ready="[data-slot]"),
    phone("waiting list: joining", lambda bank: bank.full_day(), ready="[data-action=join]"),
    phone("waiting room", lambda bank: bank.room()),
    staff("supervisor: sign in", None, path="/supervisor", ready="[name=password]"),
    staff("supervisor: the board", "you", path="/supervisor?branch=downtown", ready="[data-queue]"),
    staff("supervisor: one person", "you", press("[data-agent=chloe] [data-action=agent]"), see("dialog"),
          path="/supervisor?branch=downtown", ready="[data-queue]"),
    staff("supervisor: a line", "you", press("[data-queue=cash] [data-action=line]"), see("dialog"),
          path="/supervisor?branch=downtown", ready="[data-queue]"),
    staff("supervisor: a notice", "you", press("[data-action=notice]"), see("dialog"),
          path="/supervisor?branch=downtown", ready="[data-queue]"),
    boss("devices", "devices", ready="[data-device]"),
    boss("devices: one of them", "devices", press("[data-device] summary"), see("[data-device] form"),
         ready="[data-device]"),
    staff("network", "mia", path="/admin", ready="h1"),
    boss("network: branches", "network/branch", ready="h1"),
    *(boss(f"network: {kind} {key}", f"network/{kind}/{key}") for kind, key in ONE_OF_EACH.items()),
    boss("network: something new", "new/queue"),
    boss("network: something is missing", "new/agent", press(".admin-actions .primary"), see("[aria-invalid=true]"),
         refused="422"),
    boss("network: what would change", "network/queue/cash", type_in("[name=name]", "Till"),
         press(".admin-actions .primary"), see("[data-change]")),
    boss("network: addresses", "addresses", ready="h1"),
    boss("network: a file", "import"),
    boss("network: a file with mistakes", "import", type_in("[name=text]", "[[branch]]\nkey = 1"),
         press(".admin-actions .primary"), see("[role=alert]"), refused="422"),
    boss("network: brand", "brand"),
    boss("network: translations", "translations"),
    boss("network: some of the translations", "translations?find=cash"),
    boss("network: history", "history", ready="h1"),
    boss("network: an earlier one", "history/1", ready="h1"),
    boss("people", "people", ready="[data-person]"),
    boss("people: one of them", "people/ana", ready="h1"),
    boss("keys", "keys"),
    boss("webhooks", "webhooks", ready="h1"),
    boss("webhooks: one of them", "webhooks/crm", ready="h1"),
    boss("log", "log?verify=1", ready="h1"),
    staff("own login", "mia", path="/own-login", ready="[name=new_password]"),
    staff("reports", "you", path="/reports?from=2026-03-02&to=2026-03-02", ready="table"),
    staff("reports: simulation", "you", path="/reports/simulation", ready="form"),
    staff("reports: staffing", "you", path="/reports/staffing", ready="form"),
    staff("desk: sign in", None, ready="[name=password]"),
    staff("desk: a wrong password", None, type_in("[name=account]", "demo"),
          type_in("[name=email]", "ana@demo.example"), type_in("[name=password]", "forgotten"), press("[type=submit]"),
          see("[role=alert] *"), ready="[name=password]", refused="401"),
    staff("desk: not at work", "you"),
    staff("desk: ready, people wait", "chloe"),
    staff("desk: called", "ben"),
    staff("desk: serving", "ana"),
    staff("desk: it rings", "dmitri"),
    staff("desk: a video call", "elena"),
    staff("desk: away", "farid"),
    staff("desk: the keys and the settings", "chloe", press("[data-action=help]"), see("dialog")),
    staff("desk: passing somebody on", "ana", press("[data-action=transfer]"), see("dialog")),
    staff("desk: a new visitor", "chloe", press("[data-action=walk-in]"), see("dialog")),
    staff("style guide", "mia", path="/styleguide", ready="h1"),
    staff("nothing here", None, path="/t/nobody", ready="h1", refused="404"),
    boss("keys: a new one", "keys", type_in("[name=label]", "Wall"), press("[value='reports.read']"),
         press("form:has([name=label]) .primary"), see("[data-secret]"), steady=False),
    boss("webhooks: a test was sent", "webhooks/crm", press("form:has([value=test]) button"), see("[data-delivery]"),
         ready="h1", steady=False),
    staff("own login: an app", "mia", press("form:has([value=set_up]) button"), see(".qr svg"), path="/own-login",
          ready="[name=new_password]", steady=False),
    kiosk("a number", press("[data-queue=cash]"), see("[data-number]"), steady=False),
    phone("booking: what we have to know", TIMES, press("[data-slot]"), see("[data-action=book]"), steady=False),
    phone("booking: something is missing", TIMES, press("[data-slot]"), press("[data-action=book]"),
          see("[role=alert]"), steady=False, refused="422"),
    phone("booking: the server is away", TIMES, press("[data-slot]"), see("[data-action=book]"), no_server,
          press("[data-action=book]"), see("[data-sending][role=alert]"), steady=False, refused="502"),
    phone("booking: booked", TIMES, *BOOKED, steady=False),
    phone("booking: another time", TIMES, *BOOKED, press("[data-action=move]"), see("[data-slot]"), steady=False),
    phone("booking: cancelling", TIMES, *BOOKED, press("[data-action=cancel]"), see("[name=reason]"), steady=False),
    phone("waiting list: waiting", lambda bank: bank.full_day(), type_in("[name=firstname]", "Eva"),
          somebody_else, press("[data-action=join]"), see("[data-state]"),
          ready="[data-action=join]", steady=False),
)  # fmt: skip

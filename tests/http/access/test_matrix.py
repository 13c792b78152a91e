"""The matrix: every route of the whole application, asked by somebody of every kind. What is not granted is refused."""

import itertools
import re
from collections import Counter

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from qms.domain import access
from qms.store.schema import metadata
from qms.web.access import policies
from tests.http.access.callers import NOBODY, Caller
from tests.http.access.world import World, world

SECRETS = ("token", "link", "code")
"""What in a path is the caller's own token."""

SHARED = ("path", "table", "account", "version", "name")
"""What in a path is the same for every account, or its public name."""

TURNED_AWAY = frozenset({401, 403})
NOTHING_THERE = frozenset({404, 410})
KNOWN = ("not valid any more", "no appointment")
"""What is only said to whoever was let in: a token is used up, a code is nobody's."""

LAST = ("DELETE", "/api/auth/logout")
"""After these whoever asked is not signed in any more."""

FACES = "gateway,screens,kiosk,desk"
"""The roles that change nothing by themselves."""

SEEN = {"device": "it", "kiosk": "seen_at", "screen": "seen_at", "api_key": "last_used_at"}
"""Where it is kept that something was seen."""

Route = tuple[str, str, str]


def filled(path: str, caller: Caller, things: dict[str, str]) -> str:
    """A path with what is asked for in it; its secret is the caller's own."""

    def value(name: str) -> str:
        if name in SECRETS:
            return caller.token if re.fullmatch(r"[\w.-]+", caller.token) else NOBODY
        return things.get(name, "0" * 24)

    at = re.sub(r"\{(\w+)\}", lambda found: value(found[1]), path)
    return f"{at}?v-schedule-auth={caller.token}" if path.startswith("/book/") else at


def fault(caller: Caller, route: Route, status: int, text: str) -> str | None:
    """What is wrong with an answer."""
    _, path, permission = route
    named = set(re.findall(r"\{(\w+)\}", path))
    own = bool(named & {*SECRETS}) or path.startswith("/book/")
    if status >= 500:
        return "broke"
    if permission in access.GRANTS["anybody"]:
        return None
    if caller.of_another_account and "Alpha" in text and not path.startswith("/book/"):
        return "told another account's words"  # on the booking page they are for everybody
    if permission not in caller.may:
        return None if status in TURNED_AWAY | NOTHING_THERE or (own and status in (400, 426)) else "let in"
    takes_branch = path == "/desk/api/tickets" and not caller.of_another_account  # its own has a branch of that key
    if caller.elsewhere and (named - {*SECRETS, *SHARED} or takes_branch):
        return None if status >= 400 else "let at what is elsewhere"
    if status in TURNED_AWAY or (own and status == 404):
        return None if any(words in text for words in KNOWN) else "turned away"
    return None


@pytest.mark.timeout(300)  # ten thousand requests
async def test_every_route_lets_in_whom_the_table_says_and_nobody_else(tmp_path):
    with capture_logs():  # of some thousand requests
        async with world(tmp_path) as made:
            routes = [(method, path, name or "") for method, path, name in policies(made.app) if method != "*"]
            asked = Counter(right(caller, route) for route in routes for caller in made.callers)
            unseen = access.PERMISSIONS.keys() - access.GRANTS["anybody"] - access.GRANTS["operator"]
            unseen -= {permission for caller in made.callers for permission in caller.may}
            await the_desk_s_socket(made)
            await no_other_site(made, routes)
            wrong = [text async for text in faults(made, routes)]

    assert not wrong, "\n".join(wrong)
    assert unseen == set(), "somebody in tests/http/access/callers.py should have it"
    assert asked["granted"] > 700
    assert asked["refused"] > 6000


def right(caller: Caller, route: Route) -> str:
    """Whether the table lets somebody in there."""
    return "granted" if route[2] in caller.may | access.GRANTS["anybody"] else "refused"


async def faults(made: World, routes: list[Route]):
    """What is wrong with any answer; those who may are the last to ask, and signing out comes at the end."""
    for route in sorted(routes, key=lambda one: (one[0] in LAST, one[1] in LAST, one)):
        method, path, permission = route
        if path == "/desk/socket":
            continue  # its token may come later: `the_desk_s_socket`
        for caller in sorted(made.callers, key=lambda one: permission in one.may):
            status, text = await made.ask(caller, method, filled(path, caller, made.things))
            if (what := fault(caller, route, status, text)) is not None:
                yield f"{caller.name}: {method} {path} ({permission}) {status} {what}: {text[:80]}"


async def the_desk_s_socket(made: World) -> None:
    """Whoever may not work at a desk is told so, and nothing else."""
    for caller in made.callers:
        async with made.client.ws_connect("/desk/socket", protocols=("bearer", caller.token or NOBODY)) as socket:
            told = await socket.receive(timeout=20)
            assert ("desk.work" in caller.may) == isinstance(told.data, str), caller.name
            assert "desk.work" in caller.may or socket.close_code == 4401, caller.name


async def no_other_site(made: World, routes: list[Route]) -> None:
    """With the cookie of somebody who may everything, another site's page can change nothing."""
    owner = made.caller("administrator")
    nobody = Caller(name="anonymous", may=frozenset())
    cookie = {"Cookie": f"turnero_desk={owner.token}", "Origin": "https://elsewhere.example"}
    for method, path, permission in routes:
        if method != "GET" and permission in access.STAFF:
            status, _ = await made.ask(nobody, method, filled(path, nobody, made.things), headers=cookie)
            assert status == 403 or (status == 404 and "{" in path), (method, path)


@pytest.mark.campaign  # five thousand requests more
async def test_what_is_asked_by_get_changes_nothing(tmp_path):
    with capture_logs():
        async with world(tmp_path, FACES) as made:
            paths = [path for method, path, _ in policies(made.app) if method == "GET"]
            before = made.store.read(everything)
            for path, caller in itertools.product(paths, made.callers):
                await made.ask(caller, "GET", filled(path, caller, made.things))
            after = made.store.read(everything)

    assert len(paths) > 100
    assert {name: after[name] for name in before if before[name] != after[name]} == {}


def everything(tx):
    """What every table says, but for what was seen when."""
    return {
        table.name: tx.execute(sa.select(*(c for c in table.c if c.name != SEEN.get(table.name)))).all()
        for table in metadata.sorted_tables
        if SEEN.get(table.name) != "it"
    }

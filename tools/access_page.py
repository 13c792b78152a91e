"""The page of the reference that says who may do what: the table of permissions, and every route with its own."""

from collections.abc import Iterator

from aiohttp import web

from qms.domain.access import GRANTS, PERMISSIONS, SCOPES, TOPICS
from qms.domain.network import ROLES
from qms.web.access import policies
from qms.web.pages import setup_pages
from server import faces, operations
from server.main import POLICIES
from server.openapi import faces as described

HEAD = """\
# Who may do what

One table (`qms/domain/access.py`) says who may do what; every route, socket and command names the one permission that
it takes. This page is written from it. A test asks every route as everybody below, besides somebody of another account
or branch, and with logins and keys that are over or were taken back: nobody is let in whom the table does not name.

Roles of people come from the [network file](network-file.md) (`role`), and so do the branches of a supervisor
(`supervises`; none named: all). A higher role may all that a lower one may. Whoever supervises only some branches may
nothing of a supervisor's elsewhere, and nothing that is of the whole account. *Of*: what is anybody's (site), one's
own, a branch's, or the account's.

"""


def page() -> str:
    """The page."""
    return HEAD + "\n".join([*_people(), "", *_others(), "", *_topics(), "", *_commands(), "", *_routes()]) + "\n"


def _people() -> Iterator[str]:
    yield "## People\n"
    yield "| permission | of | may | " + " | ".join(ROLES) + " | key |"
    yield "|---|---|---|" + "---|" * (len(ROLES) + 1)
    for one in PERMISSIONS.values():
        granted = ["✓" if one.name in GRANTS[role] else "" for role in ROLES]
        if any(granted):
            key = "✓" if one.name in SCOPES else ""
            yield f"| `{one.name}` | {one.reach} | {one.meaning} | {' | '.join(granted)} | {key} |"
    yield "\n*key*: a program's [key](keys.md) can be issued for it."


def _others() -> Iterator[str]:
    yield "## Everybody else\n"
    yield "| who | may |"
    yield "|---|---|"
    for who, names in GRANTS.items():
        if who not in ROLES:
            said = "; ".join(f"`{name}`: {PERMISSIONS[name].meaning}" for name in PERMISSIONS if name in names)
            yield f"| {who} | {said} |"


def _topics() -> Iterator[str]:
    yield "## Sockets\n"
    yield "A socket follows topics of the bus; only sockets opened under these permissions may follow each kind.\n"
    yield "| topic | permissions |"
    yield "|---|---|"
    for kind, names in sorted(TOPICS.items()):
        yield f"| `{kind}` | {', '.join(f'`{name}`' for name in sorted(names)) or 'none: for our own parts only'} |"


def _commands() -> Iterator[str]:
    yield "## Commands\n"
    yield "The command line is an operator's: whoever may read the settings and the database.\n"
    yield "| command | permission |"
    yield "|---|---|"
    for name, permission in POLICIES.items():
        yield f"| `turnero {name}` | `{permission}` |"


def _routes() -> Iterator[str]:
    summaries = {(one.method.upper(), one.path): one.summary for face in described() for one in face.operations}
    yield "## Routes\n"
    yield "| route | permission | what it does |"
    yield "|---|---|---|"
    for method, path, permission in sorted(policies(_whole()), key=lambda route: (route[1], route[0])):
        if method != "*":
            yield f"| `{method} {path}` | `{permission}` | {summaries.get((method, path), '')} |"


def _whole() -> web.Application:
    """All routes, with nothing behind them."""
    app = web.Application()
    setup_pages(app, *faces.PACKAGES)
    operations.setup(app)
    faces.setup(app, faces.FACES)
    return app

"""The board: read, watched over a socket, and in the answer to every command."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from aiohttp import web

from desk.supervisor.queues import LineShape
from desk.supervisor.shapes import BoardShape
from qms.domain.errors import Forbidden, Invalid, NotFound
from qms.services import logins
from qms.services.logins import Login
from qms.services.supervising import board, lines
from qms.services.supervising.board import Board
from qms.store.tx import Tx
from qms.web import people
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import BUS, NOW, SITE, STORE
from qms.web.live import Hub, Seen, Told, attend, end_all
from qms.web.pages import ASSETS
from qms.web.perform import perform

SPACING_SECONDS = 0.2
"""Between two readings: a board is read by a few, and no faster than they can look."""

HUB: web.AppKey[Hub] = web.AppKey("supervisor_hub", Hub)


@allows("board.watch")
async def show(request: web.Request) -> web.Response:
    """The board of `?branch=`, or of all branches that one may watch."""
    return json_answer(BoardShape.of(await seen(request), version_of(request.app))).response()


@allows("board.watch")
async def line(request: web.Request) -> web.Response:
    """Who waits in `?queue=` at `?branch=` (without: from afar), in order, and who is with an agent."""
    login = await people.who(request)
    queue = chosen(request, "queue")
    if queue is None:
        raise Invalid("queue", "an id or a key")
    found = await request.app[STORE].read(lines.read, viewer=login.agent, queue=queue, branch=chosen(request, "branch"))
    return json_answer(LineShape.of(found)).response()


@allows("board.watch")
async def socket(request: web.Request) -> web.WebSocketResponse:
    """The board whenever it changes."""
    people_token = people.presented(request)
    there = await seen(request)
    token_hash = logins.hash_of(people_token.token if people_token is not None else "")
    domain = there.branch.domain_id if there.branch is not None else there.viewer.domain_id
    name = f"{token_hash} {there.branch.id if there.branch is not None else ''}"
    return await attend(request, request.app[HUB], topic=f"domain:{domain}", name=name)


async def seen(request: web.Request) -> Board:
    """The board that a request is about, for whoever asks."""
    login = await people.who(request)
    found: Board = await request.app[STORE].read(board.read, viewer=login.agent, branch=chosen(request, "branch"))
    return found


async def act(
    request: web.Request,
    login: Login,
    command: Callable[..., Any],
    *,
    domain: str | Iterable[str] | None = None,
    **arguments: Any,
) -> web.Response:
    """Carry out a supervisor's command in one transaction, and answer with the board as it has become."""
    return await perform(
        request,
        _after,
        reply=lambda after: json_answer(BoardShape.of(after, version_of(request.app))),
        principal=login.agent.id,
        domain=domain if domain is not None else login.domain,
        viewer=login.agent.id,
        account=login.account_id,
        branch_seen=chosen(request, "branch"),
        command=command,
        given=arguments,
    )


def _after(
    tx: Tx,
    *,
    viewer: str,
    account: str,
    branch_seen: str | None,
    command: Callable[..., Any],
    given: Mapping[str, Any],
) -> Board:
    command(tx, account=account, by=viewer, **given)
    return board.read(tx, viewer=tx.network(account).agents.find(viewer), branch=branch_seen)


def chosen(request: web.Request, name: str) -> str | None:
    """What the address asks for, by id or key.

    Raises:
        Invalid: it cannot be either.
    """
    text = request.query.get(name)
    if text is not None and (not text or len(text) > 200 or "\0" in text):
        raise Invalid(name, "an id or a key")
    return text


def version_of(app: web.Application) -> str:
    """The release of the page's files, so that pages notice a new one."""
    assets = app.get(ASSETS)
    return assets.version if assets is not None else app[SITE].version


async def hub_runs(app: web.Application) -> None:
    """Make `app[HUB]`; what it watches goes by the hash of a token and a branch."""
    store, version = app[STORE], version_of(app)

    async def load(names: Sequence[str]) -> Mapping[str, Told]:
        boards = await store.read(_look, names=names)
        return {
            name: (there.seq, Seen(there, partial(BoardShape.of, there, version))) for name, there in boards.items()
        }

    app[HUB] = Hub(load, app[BUS], app[NOW], spacing_seconds=SPACING_SECONDS)


async def hub_stops(app: web.Application) -> None:
    """Close every socket, and follow nothing any more."""
    await end_all([app[HUB]])


def _look(tx: Tx, *, names: Sequence[str]) -> Mapping[str, Board]:
    """The boards by the hash of a token and a branch; whose login or right to watch has ended is missing."""
    wanted = {name: name.split(" ", 1) for name in names}
    holders = logins.holders(tx, sorted({hash for hash, _ in wanted.values()}), kind=people.KIND)
    read: dict[tuple[str, str], Board] = {}
    found: dict[str, Board] = {}
    for name, (token_hash, branch) in wanted.items():
        login = holders.get(token_hash)
        if login is None:
            continue
        try:
            if (login.agent.id, branch) not in read:
                read[login.agent.id, branch] = board.read(tx, viewer=login.agent, branch=branch or None)
            found[name] = read[login.agent.id, branch]
        except (Forbidden, NotFound):
            continue
    return found

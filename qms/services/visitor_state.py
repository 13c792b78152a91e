"""What visitors see of their own tickets, and what a point of contact shows on its own page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.domain.network import Branch, Network, Poc, Queue
from qms.domain.ticket import TRANSITIONS, Ticket
from qms.services import devices, on_duty, waits
from qms.services.lobbies import place
from qms.services.lobby import Message
from qms.services.rooms import room_url, visitor_name
from qms.services.sequence import epochs, sequence
from qms.services.visitors import LATER_TIMES
from qms.store import forecasts, tickets
from qms.store.live import LIVE_TICKET, one_of
from qms.store.prepared import Prepared
from qms.store.schema.work import ticket as table
from qms.store.tx import Tx
from screens.snapshot import place_json, wait_json

AT_ONCE = 400
"""So many links go into one statement."""

_OF_LINKS = table.c.link.in_(sa.bindparam("links", expanding=True))
_ACCOUNTS = sa.select(table.c.account_id).distinct().where(_OF_LINKS)
_TICKETS = sa.select(table).where(_OF_LINKS)

# Made once: every page of a point of contact asks every second.
_c = table.c
_called_here = (_c.branch_id == sa.bindparam("branch")) & LIVE_TICKET & (_c.poc_id == sa.bindparam("poc"))
_AT_POC = Prepared(
    Ticket,
    sa.select(table).where(_called_here, one_of(_c.state, "called", "serving")).order_by(_c.called_at.desc()).limit(1),
)
"""Who has been called to a point of contact of a branch, or is being served there."""

_Lane = tuple[str, str, str | None]
"""(routing domain, queue, branch if there is one): a line in which people are ahead of each other."""

_Spot = tuple[Queue, on_duty.Staff, Mapping[str, waits.Standing]]
"""What a wait in a line depends on, but for the place in it."""


def of_ticket(tx: Tx, *, link: str) -> Message:
    """What the page of one ticket shows.

    Raises:
        NotFound: the link opens none.
    """
    found = of_tickets(tx, links=[link])
    if link not in found:
        raise NotFound("ticket", "link")
    return found[link]


def of_tickets(tx: Tx, *, links: Sequence[str]) -> Mapping[str, Message]:
    """What the pages of some tickets show, by link; each line is read once. An unknown link is missing."""
    seqs = _sequences(tx, links)
    places: dict[_Lane, Mapping[str, int]] = {}
    spots: dict[_Lane, _Spot | None] = {}
    shown: dict[str, Message] = {}
    found = list(_by_links(tx, links))
    before = forecasts.last_shown(tx, [ticket.id for ticket in found if ticket.state in ("waiting", "offered")])
    for ticket in found:
        network = tx.network(ticket.account_id)
        lane = (ticket.domain_id, ticket.queue_id, ticket.branch_id)
        if ticket.state in ("waiting", "offered") and lane not in places:
            places[lane] = tickets.places_in(tx, *lane)
            spots[lane] = _spot(tx, network, ticket)
        ahead = _ahead(ticket, places.get(lane, {}))
        wait = _wait(tx, network, ticket, spots.get(lane), ahead, before.get(ticket.id))
        shown[ticket.link] = (seqs[ticket.account_id], _state(network, ticket, ahead, wait))
    return shown


def of_poc(tx: Tx, *, token: str) -> Message:
    """What the page of one point of contact shows.

    Raises:
        NotFound: no point of contact has this token.
    """
    found = of_pocs(tx, tokens=[token])
    if token not in found:
        raise NotFound("poc", "token")
    return found[token]


def of_pocs(tx: Tx, *, tokens: Sequence[str]) -> Mapping[str, Message]:
    """What the pages of some points of contact show, by token; an unknown token is missing."""
    found = devices.pocs(tx, tokens)
    epoch = epochs(tx, {branch.domain_id for _, branch, _ in found.values()})  # first: what is read after is as new
    shown: dict[str, Message] = {}
    for token, (network, branch, poc) in found.items():
        ticket = _AT_POC.first(tx, branch=branch.id, poc=poc.id)
        seq = network.account.version + epoch.get(branch.domain_id, 0)
        shown[token] = (seq, _poc_state(network, branch, poc, ticket))
    return shown


def queue_json(queue: Queue | None) -> dict[str, Any] | None:
    """A queue as visitors are told of it."""
    return None if queue is None else {"id": queue.public_id, "key": queue.key, "name": queue.name}


def poc_json(poc: Poc | None) -> dict[str, Any] | None:
    """A point of contact as visitors are told of it."""
    return None if poc is None else {"id": poc.public_id, "key": poc.key, "label": poc.label}


def branch_json(branch: Branch | None) -> dict[str, Any] | None:
    """A branch as visitors are told of it."""
    return None if branch is None else place_json(place(branch))


def _sequences(tx: Tx, links: Sequence[str]) -> Mapping[str, int]:
    """`seq` by account, read before the tickets are: what is told with it is then at least as new."""
    accounts: set[str] = set()
    for some in _some_at_once(links):
        accounts |= set(tx.execute(_ACCOUNTS, {"links": some}).scalars())
    return {account: sequence(tx, tx.network(account)) for account in accounts}


def _by_links(tx: Tx, links: Sequence[str]) -> Iterable[Ticket]:
    for some in _some_at_once(links):
        yield from tx.all(Ticket, _TICKETS, {"links": some})


def _some_at_once(links: Sequence[str]) -> Iterable[Sequence[str]]:
    return (links[start : start + AT_ONCE] for start in range(0, len(links), AT_ONCE))


def _spot(tx: Tx, network: Network, ticket: Ticket) -> _Spot | None:
    queue = network.queues.get(ticket.queue_id)
    if queue is None:
        return None
    there = on_duty.there(tx, network, [queue], network.branches.get(ticket.branch_id or ""))
    return queue, there[queue.id], waits.in_line(tx, ticket.branch_id, ticket.domain_id)


def _ahead(ticket: Ticket, places: Mapping[str, int]) -> int | None:
    if ticket.state == "waiting":
        return places.get(ticket.id, len(places))
    return 0 if ticket.state == "offered" else None


def _wait(
    tx: Tx, network: Network, ticket: Ticket, spot: _Spot | None, ahead: int | None, before: waits.Wait | None
) -> waits.Wait | None:
    if spot is None or ahead is None:
        return None
    queue, there, lines = spot
    credited = ticket.key < ticket.enqueued_at
    at = ticket.branch_id
    told = waits.tell(tx, network, queue, at, there, lines, ahead=ahead, inside=True, credited=credited, before=before)
    return told.wait if told is not None else None


def _state(network: Network, ticket: Ticket, ahead: int | None, wait: waits.Wait | None) -> dict[str, Any]:
    remote, at_poc = ticket.place == "remote", ticket.state in ("called", "serving")
    return {
        "id": ticket.id,
        "number": ticket.number,
        "state": ticket.state,
        "queue": queue_json(network.queues.get(ticket.queue_id)),
        "branch": branch_json(network.branches.get(ticket.branch_id or "")),
        "ahead": ahead,
        "wait_minutes": wait_json(wait),
        "poc": poc_json(network.pocs.get(ticket.poc_id or "")) if at_poc else None,
        "called_at": ticket.called_at,
        "recall": ticket.recall,
        "language": ticket.language,
        "room_url": room_url(network, ticket, role="visitor", name=visitor_name(ticket)) if remote else None,
        "can_leave": ticket.state in TRANSITIONS["cancel"],
        "can_later": ticket.state == "waiting" and ticket.late_count < LATER_TIMES,
    }


def _poc_state(network: Network, branch: Branch, poc: Poc, ticket: Ticket | None) -> dict[str, Any]:
    agent = network.agents.get(ticket.agent_id or "") if ticket is not None else None
    return {
        "poc": {**(poc_json(poc) or {}), "kind": poc.kind},
        "branch": branch_json(branch),
        "ticket": {"number": ticket.number, "state": ticket.state} if ticket is not None else None,
        "agent": {"firstname": agent.firstname} if agent is not None else None,
        "room_url": room_url(network, ticket, role="visitor", name=visitor_name(ticket))
        if ticket is not None
        else None,
    }

"""What becomes a message to visitors' own devices: a call, in its own transaction; and a turn that has come near."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import sqlalchemy as sa

from qms.domain.message import Message
from qms.domain.summons import Summons, holds
from qms.domain.ticket import Ticket
from qms.services import messages
from qms.store import tickets
from qms.store.prepared import Prepared
from qms.store.schema.summons import summons
from qms.store.schema.work import ticket as tickets_table
from qms.store.tx import Tx

TURN_LASTS, NEAR_LASTS = timedelta(minutes=10), timedelta(minutes=20)
"""So long is it worth saying."""

MOST_RECALLS = 2
"""Whoever did not come by then is called by other means."""

KEPT_FOR, OLDEST = timedelta(hours=1), timedelta(days=2)
"""How long addresses are kept once the ticket is over; and at most, whatever becomes of it."""

_c = summons.c
_STANDING = _c.stopped_at.is_(None)
_OF_TICKET = Prepared(Summons, sa.select(summons).where(_STANDING, _c.ticket_id == sa.bindparam("ticket")))
_NEAR = _STANDING & (_c.places > 0) & _c.near_told_at.is_(None)


def call(tx: Tx, ticket: Ticket) -> None:
    """The number is called: tell whoever holds it."""
    if ticket.recall > MOST_RECALLS:
        return
    for one in _OF_TICKET.all(tx, ticket=ticket.id):
        _put(tx, "turn", one, ticket)


def near(tx: Tx) -> Mapping[str, Sequence[str]]:
    """Whose turn has come near, and has not been told: ids of summonses by routing domain."""
    t = tickets_table.c
    lane = (t.domain_id, t.queue_id, t.branch_id)
    waiting = sa.select(_c.id, _c.ticket_id, _c.places, *lane).join(tickets_table, t.id == _c.ticket_id)
    found = tx.execute(waiting.where(_NEAR, t.state == "waiting")).all()
    ahead: dict[str, int] = {}
    for domain, queue, branch in {(row.domain_id, row.queue_id, row.branch_id) for row in found}:
        ahead |= tickets.places_in(tx, domain, queue, branch)
    due: dict[str, list[str]] = {}
    for row in found:
        if ahead.get(row.ticket_id, row.places + 1) <= row.places:
            due.setdefault(row.domain_id, []).append(row.id)
    return due


def tell_near(tx: Tx, *, ids: Sequence[str]) -> None:
    """Tell those whose turn is near, where nobody has done so meanwhile."""
    for one in tx.all(Summons, sa.select(summons).where(_NEAR, _c.id.in_(ids))):
        ticket = tickets.get(tx, one.ticket_id)
        if ticket is not None and ticket.state == "waiting":
            tx.execute(summons.update().where(_c.id == one.id).values(near_told_at=tx.now))
            _put(tx, "turn_near", one, ticket)


def standing(tx: Tx, told: Sequence[Message]) -> Mapping[str, Summons]:
    """By message, who is still to be told what it says: he wants to be, and it is so."""
    ids = sorted({str(one.data["summons"]) for one in told})
    if not ids:
        return {}
    found = {one.id: one for one in tx.all(Summons, sa.select(summons).where(_STANDING, _c.id.in_(ids)))}
    theirs = sa.select(tickets_table).where(tickets_table.c.id.in_({one.ticket_id for one in found.values()}))
    visits = {one.id: one for one in tx.all(Ticket, theirs)}
    wanted = ((one.id, one.kind, found.get(str(one.data["summons"]))) for one in told)
    return {id: who for id, kind, who in wanted if who is not None and holds(kind, visits[who.ticket_id])}


def lost(tx: Tx, *, ids: Sequence[str]) -> None:
    """Tell nobody at these any more: push services know the browsers no longer."""
    for one in tx.all(Summons, sa.select(summons).where(_STANDING, _c.id.in_(ids))) if ids else ():
        over = one.stopped(tx.now)
        ended = {"address": over.address, "keys": over.keys, "stopped_at": over.stopped_at}
        tx.execute(summons.update().where(_c.id == one.id).values(ended))


def forget(tx: Tx) -> None:
    """Remove the addresses of those whose ticket is over."""
    t = tickets_table.c
    over = sa.select(t.id).where(t.id == _c.ticket_id, t.ended_at < tx.now - KEPT_FOR).exists()
    tx.execute(summons.delete().where(over | (_c.asked_at < tx.now - OLDEST)))


def _put(tx: Tx, kind: str, one: Summons, ticket: Ticket) -> None:
    network = tx.network(ticket.account_id)
    branch, poc = network.branches.get(ticket.branch_id or ""), network.pocs.get(ticket.poc_id or "")
    messages.put(
        tx,
        account=ticket.account_id,
        kind=kind,
        channel=one.channel,
        recipient=one.id if one.channel == "PUSH" else one.address,
        data={
            "summons": one.id,
            "number": ticket.number,
            "ahead": tickets.ahead_of(tx, ticket) if kind == "turn_near" else 0,
            "branch": branch.label if branch is not None else None,
            "branch_id": ticket.branch_id,
            "poc": poc.label if poc is not None else None,
            "page": f"/t/{ticket.link}",
        },
        locale=one.locale,
        until=tx.now + (TURN_LASTS if kind == "turn" else NEAR_LASTS),
    )

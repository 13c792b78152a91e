"""Statements on tickets. The hot ones are written by hand: they run on the bare driver, a batch at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from qms.domain.ticket import Ticket
from qms.store import bare
from qms.store.columns import instant, micros
from qms.store.live import LIVE_TICKET
from qms.store.prepared import Prepared
from qms.store.schema.work import ticket as table
from qms.store.tx import Tx

Line = tuple[str, str | None]
"""A queue at a branch (None: remote): all who wait in one are eligible for the same agents, but for cooldowns."""

_LATER = frozenset(
    (
        "poc_id",
        "agent_id",
        "session_id",
        "assigned_at",
        "called_at",
        "serving_since",
        "parked_at",
        "parked_by",
        "ended_at",
        "end_reason",
        "note",
        "outcome",
        "recall",
        "late_count",
        "ver",
    )
)
"""What no new ticket has."""

_NEW = bare.planned(table, tuple(f.name for f in fields(Ticket) if f.name not in _LATER))

ALL = 1 << 31
"""More than ever wait."""

_COUNT = """INSERT INTO number_counter (branch_id, queue_id, service_day, last)
VALUES (:branch, :queue, :day, :by)
ON CONFLICT (branch_id, queue_id, service_day) DO UPDATE SET last = number_counter.last + :by
RETURNING last"""

_AHEAD = """SELECT COUNT(*) FROM ticket
WHERE domain_id = :domain AND queue_id = :queue AND branch_id = :branch AND state = 'waiting'
AND (band, key, seq) < (:band, :key, :seq)"""
_AHEAD_AFAR = _AHEAD.replace("branch_id = :branch", "branch_id IS NULL")


_LINES = "SELECT DISTINCT queue_id, branch_id FROM ticket WHERE domain_id = :domain AND state = 'waiting'"

# Made once: every desk asks after every command.
_c, _all = table.c, sa.select(table)
_BY_ID = Prepared(Ticket, _all.where(_c.id == sa.bindparam("id")))
_BY_LINK = Prepared(Ticket, _all.where(_c.link == sa.bindparam("link")))
_in_domain = _all.where(_c.domain_id == sa.bindparam("domain"))
_PARKED_IN = Prepared(Ticket, _in_domain.where(LIVE_TICKET, _c.state == "parked").order_by(_c.parked_at, _c.id))
_in_lane = _in_domain.where(_c.state == "waiting", _c.queue_id == sa.bindparam("queue"))
_first_of_line = _in_lane.order_by(_c.band, _c.key, _c.seq).limit(sa.bindparam("most"))
_IN_LINE = Prepared(Ticket, _first_of_line.where(_c.branch_id == sa.bindparam("branch")))
_IN_LINE_AFAR = Prepared(Ticket, _first_of_line.where(_c.branch_id.is_(None)))

_LENGTHS = """SELECT queue_id, branch_id, COUNT(*), MIN(enqueued_at) FROM ticket
WHERE domain_id = :domain AND state = 'waiting' GROUP BY queue_id, branch_id"""


class Length(NamedTuple):
    """How many wait in a queue at a branch (None: remote), and since when the longest."""

    queue_id: str
    branch_id: str | None
    waiting: int
    since: datetime


def add(tx: Tx, tickets: Sequence[Ticket]) -> None:
    """Write new tickets."""
    tx.insert_planned("ticket", _NEW, tickets)


def count_on(tx: Tx, counter: tuple[str, str, str], by: int) -> int:
    """Move the counter of a (branch, queue, service day) on; the last number given then."""
    branch, queue, day = counter
    ((last,),) = tx.raw(_COUNT, {"branch": branch, "queue": queue, "day": day, "by": by})
    return int(last)


def get(tx: Tx, id: str) -> Ticket | None:
    """The ticket with this id."""
    return _BY_ID.first(tx, id=id)


def by_link(tx: Tx, link: str) -> Ticket | None:
    """The ticket whose public link has this secret."""
    return _BY_LINK.first(tx, link=link)


def save(tx: Tx, before: Ticket, after: Ticket) -> Ticket:
    """Write a transition, provided that the ticket is as it was read; what was written.

    Raises:
        Conflict: somebody has changed it meanwhile.
    """
    save_all(tx, [(before, after)])
    return after


def save_all(tx: Tx, transitions: Sequence[tuple[Ticket, Ticket]]) -> list[Ticket]:
    """Write the transitions of several; what was written.

    Raises:
        Conflict: somebody has changed one meanwhile.
    """
    tx.update(table, transitions)
    return [after for _, after in transitions]


def head(tx: Tx, domain: str, queue: str, branch: str | None, *, behind: int) -> Ticket | None:
    """The first who waits in a queue at a branch, after all of the band `behind`."""
    c = table.c
    where = (c.domain_id == domain) & (c.state == "waiting") & (c.queue_id == queue) & (c.band > behind)
    where &= c.branch_id.is_(None) if branch is None else c.branch_id == branch
    return tx.first(Ticket, sa.select(table).where(where).order_by(c.band, c.key, c.seq).limit(1))


def lines(tx: Tx, domain: str) -> list[Line]:
    """The lines of a domain in which somebody waits."""
    return [(queue, branch) for queue, branch in tx.raw(_LINES, {"domain": domain})]


def waiting_in(tx: Tx, domain: str, lines: Sequence[Line], limit: int = ALL) -> list[Ticket]:
    """Who waits in each line, at most `limit` of each, all together in order."""
    found: list[Ticket] = []
    for queue, branch in lines:
        asked: dict[str, Any] = {"domain": domain, "queue": queue, "most": limit}
        found += _IN_LINE_AFAR.all(tx, **asked) if branch is None else _IN_LINE.all(tx, **asked, branch=branch)
    return sorted(found, key=lambda t: (t.band, t.key, t.seq))


def count_waiting(tx: Tx, domain: str, queue: str, branch: str | None) -> int:
    """How many wait in a queue at a branch."""
    c = table.c
    where = (c.domain_id == domain) & (c.state == "waiting") & (c.queue_id == queue)
    where &= c.branch_id.is_(None) if branch is None else c.branch_id == branch
    return int(tx.execute(sa.select(sa.func.count()).select_from(table).where(where)).scalar_one())


def walk_ins_in(tx: Tx, domain: str, line: Line, limit: int) -> list[Ticket]:
    """The first who wait in a line without an appointment, or late for theirs."""
    (queue, branch), c = line, table.c
    where = (c.domain_id == domain) & (c.state == "waiting") & (c.queue_id == queue)
    where &= c.branch_id.is_(None) if branch is None else c.branch_id == branch
    where &= c.appointment_id.is_(None) | (c.key == c.enqueued_at)
    return tx.all(Ticket, sa.select(table).where(where).order_by(c.band, c.key, c.seq).limit(limit))


def booked_in_a_row(tx: Tx, line: Line, most: int) -> int:
    """How many with appointments, at most `most`, are the last that a line gave to agents."""
    (queue, branch), c = line, table.c
    here = (c.queue_id == queue) & (c.branch_id.is_(None) if branch is None else c.branch_id == branch)
    booked = (c.appointment_id.is_not(None) & (c.key != c.enqueued_at)).label("booked")
    ringing = sa.select(booked).where(here & LIVE_TICKET & (c.state == "offered"))
    given = sa.select(booked).where(here & c.assigned_at.is_not(None)).order_by(c.assigned_at.desc(), c.seq).limit(most)
    row = [*tx.execute(ringing).scalars(), *tx.execute(given).scalars()]
    return next((count for count, one in enumerate(row) if not one), len(row))


def cut_short(found: Sequence[Ticket], limit: int) -> bool:
    """Whether some line was read up to the limit, so that more may wait behind it."""
    return bool(found) and max(Counter((t.queue_id, t.branch_id) for t in found).values()) >= limit


def parked(tx: Tx, domain: str, id: str | None, agent: str) -> Ticket | None:
    """A parked ticket of a domain: the one named, or the last that this agent has parked."""
    where = (table.c.domain_id == domain) & LIVE_TICKET & (table.c.state == "parked")
    where &= (table.c.id == id) if id is not None else (table.c.parked_by == agent)
    return tx.first(Ticket, sa.select(table).where(where).order_by(table.c.parked_at.desc()).limit(1))


def parked_in(tx: Tx, domain: str) -> list[Ticket]:
    """The tickets of a domain that agents have set aside, the first of them first."""
    return _PARKED_IN.all(tx, domain=domain)


def ahead_of(tx: Tx, ticket: Ticket) -> int:
    """How many wait before a ticket in its own queue and branch."""
    where = {"domain": ticket.domain_id, "queue": ticket.queue_id, "branch": ticket.branch_id}
    turn = {"band": ticket.band, "key": micros(ticket.key), "seq": ticket.seq}
    ((count,),) = tx.raw(_AHEAD_AFAR if ticket.branch_id is None else _AHEAD, {**where, **turn})
    return int(count)


_LINE = """SELECT id FROM ticket
WHERE domain_id = :domain AND queue_id = :queue AND state = 'waiting' AND COALESCE(branch_id, '') = :branch
ORDER BY band, key, seq"""


def places_in(tx: Tx, domain: str, queue: str, branch: str | None) -> dict[str, int]:
    """Who waits in a queue at a branch, and how many are ahead of each."""
    rows = tx.raw(_LINE, {"domain": domain, "queue": queue, "branch": branch or ""})
    return {id: ahead for ahead, (id,) in enumerate(rows)}


_OVERTAKEN = """SELECT COUNT(*) FROM ticket
WHERE queue_id = :queue AND assigned_at > :came AND assigned_at < :until AND COALESCE(branch_id, '') = :branch
AND (enqueued_at > :came OR enqueued_at = :came AND seq > :seq)"""


def overtaken(tx: Tx, ticket: Ticket) -> int:
    """How many who came later were given to an agent before a ticket, or before now, in its queue and branch."""
    given = {"queue": ticket.queue_id, "branch": ticket.branch_id or "", "seq": ticket.seq}
    until = ticket.assigned_at or ticket.ended_at or tx.now + timedelta(microseconds=1)
    ((count,),) = tx.raw(_OVERTAKEN, {**given, "came": micros(ticket.enqueued_at), "until": micros(until)})
    return int(count)


def queue_lengths(tx: Tx, domain: str) -> list[Length]:
    """Per queue and branch of a domain in which somebody waits."""
    rows = tx.raw(_LENGTHS, {"domain": domain})
    return [Length(queue, branch, int(waiting), instant(since)) for queue, branch, waiting, since in rows]


def behind(tx: Tx, ticket: Ticket, limit: int) -> list[Ticket]:
    """The next that wait after a ticket in its own queue, band and branch, nearest first."""
    c = table.c
    same = (c.queue_id == ticket.queue_id) & (c.state == "waiting") & (c.domain_id == ticket.domain_id)
    same &= c.branch_id.is_(None) if ticket.branch_id is None else c.branch_id == ticket.branch_id
    after = (c.band == ticket.band) & ((c.key > ticket.key) | ((c.key == ticket.key) & (c.seq > ticket.seq)))
    return tx.all(Ticket, sa.select(table).where(same & after).order_by(c.key, c.seq).limit(limit))


def make_room_at(tx: Tx, ticket: Ticket) -> None:
    """Let a ticket, and those that came at the same instant after it, stand one place further back.

    No transition: `ver` stays. Nobody overtakes anybody by this.
    """
    c = table.c
    same = (c.domain_id == ticket.domain_id) & (c.state == "waiting") & (c.queue_id == ticket.queue_id)
    same &= c.branch_id.is_(None) if ticket.branch_id is None else c.branch_id == ticket.branch_id
    tied = (c.band == ticket.band) & (c.key == ticket.key) & (c.seq >= ticket.seq)
    tx.execute(table.update().where(same & tied).values(seq=c.seq + 1))

"""Calls: what the lobby screens of a branch announce, numbered without gaps per branch."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from qms.domain.ticket import Ticket
from qms.domain.value import value
from qms.store.locks import STEP
from qms.store.prepared import Prepared
from qms.store.schema.work import call as calls
from qms.store.tx import Tx

AT_LEAST, AT_MOST = 12, 100
FRESH = timedelta(minutes=2)


_NEXT = "UPDATE branch SET call_seq = call_seq + 1 WHERE id = :branch RETURNING call_seq"
_LATEST = "SELECT MAX(seq) FROM call WHERE ticket_id = :ticket AND branch_id = :branch"


@value(frozen=True, slots=True, kw_only=True)
class Call:
    """A number that was called at a branch, for the `recall`th time after the first."""

    branch_id: str
    seq: int
    account_id: str
    ticket_id: str
    queue_id: str
    poc_id: str | None
    number: str
    called_at: datetime
    recall: int
    language: str | None


_c = calls.c
_NEWEST = Prepared(
    Call, sa.select(calls).where(_c.branch_id == sa.bindparam("branch")).order_by(_c.seq.desc()).limit(AT_MOST)
)


def announce(tx: Tx, ticket: Ticket) -> int | None:
    """Add a call of the ticket's number to its branch's screens; its seq. A remote ticket is not announced."""
    if ticket.branch_id is None or ticket.place != "onsite":
        return None
    ((seq,),) = tx.raw(_NEXT, {"branch": ticket.branch_id})
    call = Call(
        branch_id=ticket.branch_id,
        seq=int(seq),
        account_id=ticket.account_id,
        ticket_id=ticket.id,
        queue_id=ticket.queue_id,
        poc_id=ticket.poc_id,
        number=ticket.number,
        called_at=tx.now,
        recall=ticket.recall,
        language=ticket.language,
    )
    tx.insert(calls, call)
    return call.seq


def latest(tx: Tx, ticket: Ticket) -> int | None:
    """The seq of the last call of a ticket on the screens of its branch."""
    ((seq,),) = tx.raw(_LATEST, {"ticket": ticket.id, "branch": ticket.branch_id})
    return None if seq is None else int(seq)


def worth_announcing(tx: Tx, branch: str, now: datetime) -> list[Call]:
    """The calls that screens of a branch list, newest first."""
    return listed(_NEWEST.all(tx, branch=branch), now)


def listed(newest_first: Iterable[Call], now: datetime) -> list[Call]:
    """Of the newest calls (at most 100), those that screens list, each ticket once (its latest call).

    At least the last 12 and all of the last two minutes. The minutes are counted along `seq`.
    """
    latest: dict[str, Call] = {}
    for row in newest_first:
        latest.setdefault(row.ticket_id, row)
    ages = _ages([row.called_at for row in latest.values()], now)
    return [row for n, (row, age) in enumerate(zip(latest.values(), ages, strict=True)) if n < AT_LEAST or age < FRESH]


def _ages(newest_first: Iterable[datetime], now: datetime) -> Iterator[timedelta]:
    """How long ago each call was, as far as can be told: a step that only a clock that was set explains is none.

    It goes back, or far forwards. A long quiet time looks like that too: the minutes before it are told once more then,
    and a screen that has announced them does not do so again.
    """
    age, after = timedelta(), now
    for at in newest_first:
        step, after = after - at, at
        age += step if timedelta() <= step <= STEP else timedelta()
        yield age

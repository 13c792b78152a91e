"""Calls: what the lobby screens of a branch announce, numbered without gaps per branch."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.ticket import Ticket
from qms.store.locks import STEP
from qms.store.schema.network import branch as branches
from qms.store.schema.work import call as calls
from qms.store.tx import Tx

AT_LEAST, AT_MOST = 12, 100
FRESH = timedelta(minutes=2)


def announce(tx: Tx, ticket: Ticket) -> int | None:
    """Add a call of the ticket's number to its branch's screens; its seq. A remote ticket is not announced."""
    if ticket.branch_id is None or ticket.place != "onsite":
        return None
    next_seq = sa.update(branches).where(branches.c.id == ticket.branch_id).values(call_seq=branches.c.call_seq + 1)
    seq = tx.execute(next_seq.returning(branches.c.call_seq)).scalar_one()
    row = {
        "branch_id": ticket.branch_id,
        "seq": seq,
        "account_id": ticket.account_id,
        "ticket_id": ticket.id,
        "queue_id": ticket.queue_id,
        "poc_id": ticket.poc_id,
        "number": ticket.number,
        "called_at": tx.now,
        "recall": ticket.recall,
        "language": ticket.language,
    }
    tx.execute(calls.insert(), row)
    return int(seq)


def latest(tx: Tx, ticket: Ticket) -> int | None:
    """The seq of the last call of a ticket on the screens of its branch."""
    where = (calls.c.ticket_id == ticket.id) & (calls.c.branch_id == ticket.branch_id)
    seq: int | None = tx.execute(sa.select(sa.func.max(calls.c.seq)).where(where)).scalar()
    return seq


def worth_announcing(tx: Tx, branch: str, now: datetime) -> list[sa.Row[*tuple[Any, ...]]]:
    """The calls that screens of a branch list, newest first."""
    found = sa.select(calls).where(calls.c.branch_id == branch).order_by(calls.c.seq.desc()).limit(AT_MOST)
    return listed(tx.execute(found), now)


def listed(newest_first: Iterable[sa.Row[*tuple[Any, ...]]], now: datetime) -> list[sa.Row[*tuple[Any, ...]]]:
    """Of the newest calls (at most 100), those that screens list, each ticket once (its latest call).

    At least the last 12 and all of the last two minutes. The minutes are counted along `seq`.
    """
    latest: dict[str, sa.Row[*tuple[Any, ...]]] = {}
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

"""Messages on their way: claimed by a worker, looked at once more, and what became of them written down.

A worker writes down what became of some and claims more in one transaction, so that sending thousands costs hundreds of
commits. What it claims is looked at in that very transaction: what is not so any more is not sent.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.message import MOST_REST, NO_SENDER, NO_SENDER_WAIT, Message, Sent, wait_after
from qms.services import ahead
from qms.services.notification.letters import Letter, letters
from qms.services.summoning import telling
from qms.store.schema.reaching import message
from qms.store.tx import Tx
from qms.store.watch import QUICK

CLAIMED_FOR = timedelta(seconds=50)
"""Longer than handing over may take, and short enough that what a killed process held goes out within a minute."""

_m = message.c
_FREE: Mapping[str, Any] = {"claim": None, "claimed_until": None}
_PENDING = _m.state == sa.literal_column("'pending'")  # spelled out, so that the index of pending messages serves


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a worker works with: its own id, whether it can send e-mail, and where the installation is reached."""

    worker: str
    mails: bool
    public_url: str


def exchange(
    tx: Tx, *, desk: Desk, sent: Sequence[Sent], most: int, but: Collection[str] = frozenset()
) -> list[Letter]:
    """Write down what became of some messages, and claim up to so many others that are due: the urgent first.

    `but`: what the worker has in hand, whose claims may have run out meanwhile.
    """
    _finish(tx, desk, sent)
    found = _claim(tx, desk, most, but) if most > 0 else []
    written, stale = letters(tx, found, public_url=desk.public_url)
    _put_away(tx, [one.id for one in stale], state="stale", last_error=None)
    unsent = [one for one in written if not one.has_sender or (one.message.channel == "EMAIL" and not desk.mails)]
    late = {"due_at": tx.now + NO_SENDER_WAIT, "last_error": NO_SENDER}
    _put_away(tx, [one.message.id for one in unsent], **late)
    return [one for one in written if one not in unsent]


def anything_due(tx: Tx) -> bool:
    """Whether a message is due that nobody has claimed, or will be in a moment; cheap to ask."""
    return tx.execute(_due(tx, tx.now + QUICK).limit(1)).first() is not None


def release(tx: Tx, *, desk: Desk, but: Mapping[str, bool]) -> int:
    """Give back what a worker that has stopped, or was killed, had claimed; how many.

    `but`: the messages that it had begun to hand over, and whether they were taken: what was is sent, of the others
    nobody knows.
    """
    mine = _PENDING & (_m.claim == desk.worker)
    for id, taken in but.items():
        state = {"state": "sent", "sent_at": tx.now} if taken else {"state": "unconfirmed"}
        tx.execute(message.update().where(mine, _m.id == id).values({**state, **_FREE}))
    given_back = tx.execute(message.update().where(mine).values(_FREE)).rowcount
    tx.tell("outbox")
    return int(given_back)


def hurry(tx: Tx, *, channels: Collection[str] = ("EMAIL",)) -> None:
    """There is a sender now: what waited for one is due."""
    waiting = _PENDING & (_m.last_error == NO_SENDER) & _m.channel.in_(channels)
    tx.execute(message.update().where(waiting).values(due_at=tx.now))


def _claim(tx: Tx, desk: Desk, most: int, but: Collection[str]) -> list[Message]:
    """Rows that another worker is claiming are passed over, not waited for."""
    due = _due(tx, tx.now).where(_m.id.not_in(but)).order_by(_m.rank, _m.due_at).limit(most)
    ids = list(tx.execute(due.with_for_update(skip_locked=True)).scalars())
    if not ids:
        return []
    claim = {"claim": desk.worker, "claimed_until": tx.machine_now + CLAIMED_FOR}
    taken = message.update().where(_m.id.in_(ids)).values(claim).returning(message)
    return sorted(tx.all(Message, taken), key=lambda one: ids.index(one.id))


def _due(tx: Tx, by: datetime) -> sa.Select[*tuple[str]]:
    return sa.select(_m.id).where(_PENDING, _m.due_at <= by, ahead.unclaimed(tx, _m.claimed_until))


def _finish(tx: Tx, desk: Desk, sent: Sequence[Sent]) -> None:
    """What became of messages, unless somebody else has claimed them meanwhile."""
    held = _PENDING & (_m.claim == desk.worker)
    taken = [one.message.id for one in sent if one.error is None and not one.unconfirmed]
    if taken:
        done = {"state": "sent", "sent_at": tx.now, "attempts": _m.attempts + 1, "last_error": None, **_FREE}
        tx.execute(message.update().where(held, _m.id.in_(taken)).values(done))
    for one in sent:
        if one.message.id not in taken:
            changes = {"attempts": one.message.attempts + 1, "last_error": one.error, **_after(tx, one), **_FREE}
            tx.execute(message.update().where(held, _m.id == one.message.id).values(changes))
    telling.lost(tx, ids=[one.message.recipient for one in sent if one.gone])


def _after(tx: Tx, one: Sent) -> dict[str, Any]:
    wait = None if one.for_good else wait_after(one.message.attempts + 1)
    if one.unconfirmed:
        return {"state": "unconfirmed"}
    return {"state": "dead"} if wait is None else {"due_at": tx.now + max(wait, min(one.rest or wait, MOST_REST))}


def _put_away(tx: Tx, ids: Sequence[str], **changes: Any) -> None:
    if ids:
        put = message.update().where(_m.id.in_(ids))
        tx.execute(put.values({**changes, **_FREE}))

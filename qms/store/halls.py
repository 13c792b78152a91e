"""The calls of a hall: those of its branches, numbered without gaps in the order in which the hall heard of them.

Each branch numbers its own calls and knows nothing of halls, so that branches that share no agents never wait for each
other. What a hall has not heard of gets its place when somebody looks, once and for good: whoever has announced
everything up to a `seq` has missed nothing below it, whichever process tells, and whatever was restarted meanwhile.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from heapq import merge
from typing import Any

import sqlalchemy as sa

from qms.domain.hall import Hall
from qms.store import calls
from qms.store.calls import Call
from qms.store.prepared import Prepared
from qms.store.schema.hall import hall as halls
from qms.store.schema.hall import hall_call
from qms.store.schema.network import branch as branches
from qms.store.schema.work import call
from qms.store.tx import Tx

_h, _c = hall_call.c, call.c
_SAME_CALL = (_h.branch_id == _c.branch_id) & (_h.call_seq == _c.seq)
_NEWEST = Prepared(
    Call,
    sa.select(_h.seq, *(column for column in _c if column.name != "seq"))
    .join(call, _SAME_CALL)
    .where(_h.hall_id == sa.bindparam("hall"))
    .order_by(_h.seq.desc())
    .limit(calls.AT_MOST),
)


def has_heard_all(tx: Tx, hall: Hall) -> bool:
    """Whether every call of its branches has its place in the hall."""
    heard = tx.execute(sa.select(halls.c.heard).where(halls.c.id == hall.id)).scalar()
    return bool(heard == _newest(tx, hall))


def hear(tx: Tx, hall: Hall) -> None:
    """Give each call that the hall has not heard of its place: in order of time, those of a branch in their own order.

    Of calls of one instant those of the branch come first that the hall names first.
    After a long silence only the newest: as many as a branch's own screens would be told of.
    """
    tx.add_unless_there(halls, {"id": hall.id, "account_id": hall.account_id, "seq": 0, "heard": {}})
    row = tx.execute(sa.select(halls).where(halls.c.id == hall.id).with_for_update()).one()
    newest = _newest(tx, hall)
    there = [branch for branch in hall.branch_ids if branch in newest]
    fresh = [_unheard(tx, branch, row.heard.get(branch, 0), newest[branch]) for branch in there]
    found = list(merge(*fresh, key=lambda one: one.called_at))[-calls.AT_MOST :]
    rows = [
        {"hall_id": hall.id, "seq": place, "branch_id": one.branch_id, "call_seq": one.seq, "ticket_id": one.ticket_id}
        for place, one in enumerate(found, row.seq + 1)
    ]
    if rows:
        tx.execute(hall_call.insert(), rows)
    tx.execute(halls.update().where(halls.c.id == hall.id).values(seq=row.seq + len(rows), heard=newest))


def worth_announcing(tx: Tx, hall: Hall, now: datetime) -> list[Call]:
    """The calls that screens of a hall list, newest first: as those of a branch, each with its `seq` in the hall."""
    return calls.listed(_NEWEST.all(tx, hall=hall.id), now)


def painted(tx: Tx, hall: Hall, seq: int) -> Mapping[str, int]:
    """What a screen that has shown the hall's calls up to `seq` has shown of each branch, as the branch counts."""
    there = (_h.hall_id == hall.id) & (_h.branch_id == branches.c.id) & (_h.seq <= seq)
    last = sa.select(_h.call_seq).where(there).order_by(_h.call_seq.desc()).limit(1).scalar_subquery()
    found = tx.execute(sa.select(branches.c.id, last).where(branches.c.id.in_(hall.branch_ids)))
    return {branch: int(shown) for branch, shown in found if shown is not None}


def _newest(tx: Tx, hall: Hall) -> dict[str, int]:
    found = sa.select(branches.c.id, branches.c.call_seq).where(branches.c.id.in_(hall.branch_ids))
    return {id: int(seq) for id, seq in tx.execute(found)}


def _unheard(tx: Tx, branch: str, heard: int, newest: int) -> Sequence[sa.Row[*tuple[Any, ...]]]:
    """The newest calls of a branch above one `seq`, up to another, in their order."""
    above = (_c.branch_id == branch) & (_c.seq > heard) & (_c.seq <= newest)
    columns = sa.select(_c.branch_id, _c.seq, _c.ticket_id, _c.called_at)
    return tx.execute(columns.where(above).order_by(_c.seq.desc()).limit(calls.AT_MOST)).all()[::-1]

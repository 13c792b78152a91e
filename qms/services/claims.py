"""Deliveries on their way: claimed by a worker, finished or put off, given back.

`due_at` is business time; a claim is machine time, so that a killed process's deliveries go out from another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

import sqlalchemy as sa

from qms.domain.delivery import Delivery, Parcel
from qms.domain.network import Webhook
from qms.domain.options import Options
from qms.services import ahead, leases
from qms.services.webhooks import give_up
from qms.store.prepared import Prepared
from qms.store.schema.network import webhook as webhooks
from qms.store.schema.outbox import delivery
from qms.store.tx import Tx
from qms.store.watch import QUICK

CLAIMED_FOR = timedelta(seconds=45)
"""Longer than any attempt may take, and short enough that what a killed process held goes out within a minute."""

AHEAD = 2
"""So many deliveries are claimed for each that a target takes at a time, so that it need not wait for a commit."""

SILENT_FOR = timedelta(seconds=10)
"""A worker that was not heard of for so long sends nothing any more; leases lapse earlier, after one slow moment."""

WORKER_LETTERS, SEPARATOR, NAME_LETTERS = 24, "-", 15

LOOK_AHEAD = 16
"""So many due deliveries beyond the most that may be under way are looked at, for some about another entity."""

c = delivery.c

_DUE = (c.state == sa.literal_column("'pending'"), c.due_at <= sa.bindparam("now"))
"""The state is spelled out: a parameter would hide from SQLite that the index of pending deliveries serves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A webhook for which something is due."""

    webhook_id: str
    account_id: str
    max_concurrency: int


def _held_back() -> sa.ColumnElement[bool]:
    """Whether something earlier about the same entity has still to arrive at the same webhook."""
    e = delivery.alias("earlier").c
    same = (e.webhook_id == c.webhook_id) & (e.account_id == c.account_id) & (e.entity == c.entity)
    same &= e.state == sa.literal_column("'pending'")
    return sa.exists().where(same, (e.at < c.at) | ((e.at == c.at) & (e.id < c.id)))


def _targets() -> Prepared[Target]:
    w = webhooks.c
    free = w.ordered.is_(sa.false()) | ~_held_back()
    nobody = ahead.unclaimed_at(c.claimed_until, sa.bindparam("machine_now"), sa.bindparam("latest"))
    something = sa.exists().where(c.webhook_id == w.id, *_DUE, nobody, free)
    return Prepared(Target, sa.select(w.id.label("webhook_id"), w.account_id, w.max_concurrency).where(something))


_TARGETS = _targets()


def due(tx: Tx) -> list[Target]:
    """The webhooks for which something is due that nobody has claimed, or will be in a moment."""
    latest = tx.machine_now + ahead.CLAIMS_LAST
    return _TARGETS.all(tx, now=tx.now + QUICK, machine_now=tx.machine_now, latest=latest)


def claim(tx: Tx, *, room: Mapping[Target, int], most: int, worker: str | None = None) -> list[Parcel]:
    """Claim what is due, oldest first: for each target as much as it has room for, `most` in all.

    Two deliveries about one entity do not go to one target at the same time, so that as a rule they arrive in order.
    For a webhook that wants order, nothing goes out while something earlier about the same entity is pending.
    Deliveries whose webhook is disabled or retired are given up. `worker`: whose lease says that the claimer lives.
    """
    parcels: list[Parcel] = []
    name = _name(tx, worker)
    for target, slots in room.items():
        network = tx.network(target.account_id)
        webhook = network.webhooks.get(target.webhook_id)
        if webhook is None or webhook.state != "active":
            give_up(tx, target.webhook_id, "endpoint_disabled" if webhook else "endpoint_removed")
            continue
        ids = _next(tx, webhook, min(slots, most - len(parcels)))
        options = Options(network.account.options)
        parcels += [Parcel(delivery=d, webhook=webhook, options=options, at=tx.now) for d in _claimed(tx, ids, name)]
    return parcels


def release(tx: Tx, *, parcels: Iterable[Parcel]) -> None:
    """Give claims back: what they were for is due at once, for anybody."""
    for parcel in parcels:
        held = (c.id == parcel.delivery.id) & (c.claim == parcel.delivery.claim)
        tx.execute(delivery.update().where(held).values(claim=None, claimed_until=None))
    tx.tell("outbox")


def release_lost(tx: Tx) -> int:
    """Give back the claims of workers that are dead; how many. Who is silent for a moment keeps them."""
    lost = _lost(tx)
    released = tx.execute(delivery.update().where(*lost).values(claim=None, claimed_until=None)).rowcount
    if released:
        tx.tell("outbox")
    return int(released)


def anything_lost(tx: Tx) -> bool:
    """Whether a worker that is dead has a claim; cheap to ask."""
    return tx.execute(sa.select(c.id).where(*_lost(tx)).limit(1)).first() is not None


def _lost(tx: Tx) -> tuple[sa.ColumnElement[bool], ...]:
    worker = sa.func.substr(c.claim, 1, WORKER_LETTERS)
    named = c.claim.like("_" * WORKER_LETTERS + SEPARATOR + "%")
    return (c.state == sa.literal_column("'pending'"), named, worker.not_in(leases.heard(tx, SILENT_FOR)))


def _name(tx: Tx, worker: str | None) -> str:
    """A name for a claim, that says whose it is where a lease says that he lives."""
    name = tx.new_id()
    if worker is None or worker not in leases.living(tx):
        return name
    return worker + SEPARATOR + name[-NAME_LETTERS:]


class _Due(NamedTuple):
    """A delivery that is due: the entity that it is about, and until when somebody has a claim to it, if anybody."""

    id: str
    entity: str
    claimed_until: datetime | None


def _oldest(*more: sa.ColumnElement[bool]) -> Prepared[_Due]:
    """A webhook's deliveries that are due, oldest first. Those that another worker is claiming are passed over."""
    found = sa.select(c.id, c.entity, c.claimed_until).where(c.webhook_id == sa.bindparam("webhook"), *_DUE, *more)
    few = found.order_by(c.due_at, c.at, c.id).limit(sa.bindparam("most", type_=sa.Integer))
    return Prepared(_Due, few.with_for_update(skip_locked=True))


_OLDEST, _OLDEST_IN_ORDER = _oldest(), _oldest(~_held_back())


def _next(tx: Tx, webhook: Webhook, slots: int) -> list[str]:
    """The ids to claim for a webhook, the oldest first."""
    oldest = _OLDEST_IN_ORDER if webhook.ordered else _OLDEST
    found = oldest.all(tx, webhook=webhook.id, now=tx.now, most=AHEAD * webhook.max_concurrency + LOOK_AHEAD)
    under_way = {one.entity for one in found if ahead.holds(tx, one.claimed_until)}
    first: dict[str, str] = {}
    for one in found:
        if one.entity not in under_way:
            first.setdefault(one.entity, one.id)
    return list(islice(first.values(), max(0, slots)))


_CLAIM = (
    delivery.update()
    .where(c.id.in_(sa.bindparam("these", expanding=True)))
    .values(claim=sa.bindparam("name"), claimed_until=sa.bindparam("until"))
    .returning(delivery)
)


def _claimed(tx: Tx, ids: Sequence[str], name: str) -> list[Delivery]:
    if not ids:
        return []
    claimed = tx.all(Delivery, _CLAIM, {"these": ids, "name": name, "until": tx.machine_now + CLAIMED_FOR})
    return sorted(claimed, key=lambda d: ids.index(d.id))

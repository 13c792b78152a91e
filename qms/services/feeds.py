"""Calendars that agents keep elsewhere: which there are, what they said last, and when agents are busy by them.

Busy times keep agents from being offered and booked; appointments that are there already stay. Whoever fetches and
reads calendars is elsewhere: here is what becomes of it, one decision in one transaction each.
"""

import zlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.feed import REFRESH, SELDOM, Busy, Errand, Feed, wait_after
from qms.domain.ids import derived_id
from qms.domain.network import Agent, Network
from qms.domain.weekly import hours_from_json
from qms.services.booking.bookables import rules_of, services_of
from qms.store import times
from qms.store.columns import micros
from qms.store.schema.busy import busy_time, feed
from qms.store.schema.network import agent as agents
from qms.store.tx import Tx

_f, _b = feed.c, busy_time.c
_PLAIN = [feed.c[name] for name in Feed.__dataclass_fields__]

USUAL_HORIZON = timedelta(days=90)
FURTHER = timedelta(days=5)
"""Busy times are made so much further than they are needed, and anew when that is used up."""

MARGIN = timedelta(days=2)
"""Appointments may reach so far over the horizon; and what is over is forgotten after so long."""

Declared = tuple[str, str, str]
"""Account, agent, address."""


def unsettled(tx: Tx) -> bool:
    """Whether the calendars that agents have and the feeds that are kept differ."""
    return _declared(tx) != {(f.account_id, f.agent_id, f.url) for f in tx.all(Feed, sa.select(*_PLAIN))}


def settle(tx: Tx) -> None:
    """Have a feed for every calendar of an agent; what the others said counts no more."""
    declared = _declared(tx)
    for kept in tx.all(Feed, sa.select(*_PLAIN)):
        if (kept.account_id, kept.agent_id, kept.url) not in declared:
            _forget(tx, kept)
    for account, agent, url in sorted(declared):
        made = {"id": derived_id(agent, "feed", url), "account_id": account, "agent_id": agent, "url": url}
        tx.add_unless_there(feed, {**made, "failures": 0, "next_at": tx.now})


def claim(tx: Tx, *, most: int) -> list[Errand]:
    """Feeds to look at now, the longest due first; nobody else gets them for a while."""
    due = sa.select(_f.id).where(_due(tx)).order_by(_f.next_at).limit(most)
    soon = feed.update().where(_f.id.in_(due), _due(tx)).values(next_at=tx.now + REFRESH)
    found = [Feed(**row) for row in tx.execute(soon.returning(*_PLAIN)).mappings()]
    return [errand for one in found if (errand := _errand(tx, one)) is not None]


def due(tx: Tx) -> bool:
    """Whether there is a feed to look at."""
    return tx.execute(sa.select(_f.id).where(_due(tx)).limit(1)).first() is not None


def _due(tx: Tx) -> sa.ColumnElement[bool]:
    return (_f.next_at <= tx.now) | (_f.next_at > tx.now + SELDOM)  # no wait is that long: the clock was set back


def copy_of(tx: Tx, *, id: str) -> bytes | None:
    """The last good copy of a calendar."""
    kept = tx.execute(sa.select(_f.copy).where(_f.id == id)).scalar()
    return None if kept is None else zlib.decompress(kept)


def packed(calendar: bytes) -> bytes:
    """A calendar as it is kept."""
    return zlib.compress(calendar)


def unchanged(tx: Tx, *, errand: Errand) -> None:
    """The calendar says what it said before."""
    tx.execute(feed.update().where(_f.id == errand.feed.id).values(fetched_at=tx.now, failures=0, error=None))


def failed(tx: Tx, *, errand: Errand, error: str) -> None:
    """The calendar could not be fetched or read: what it said before still counts."""
    failures = errand.feed.failures + 1
    where = _f.id == errand.feed.id
    tx.execute(feed.update().where(where).values(failures=failures, error=error, next_at=tx.now + wait_after(failures)))


def fetched(tx: Tx, *, errand: Errand, copy: bytes, etag: str | None, modified: str | None) -> None:
    """The calendar has been fetched and could be read."""
    news: dict[str, Any] = {"copy": copy, "etag": etag, "modified": modified}
    tx.execute(feed.update().where(_f.id == errand.feed.id).values(fetched_at=tx.now, failures=0, error=None, **news))


def unrolled(tx: Tx, *, errand: Errand, busy: Sequence[Busy], digest: str) -> None:
    """When the agent is busy, by a calendar; the feed's earlier times are gone.

    Its agent's routing domain is held, so that nobody is booking him right now.
    """
    id, agent = errand.feed.id, errand.feed.agent_id
    made = {"unrolled": errand.made_of(digest), "unrolled_until": errand.last}
    if tx.execute(feed.update().where(_f.id == id).values(made)).rowcount != 1:
        return  # the agent has it no more
    wanted = {(micros(start), micros(end)) for start, end in busy}
    mine = sa.select(sa.type_coerce(_b.starts_at, sa.BigInteger), sa.type_coerce(_b.ends_at, sa.BigInteger))
    if wanted == {(start, end) for start, end in tx.execute(mine.where(_b.feed_id == id))}:
        return
    tx.execute(busy_time.delete().where(_b.feed_id == id))
    rows = [(id, start, agent, end) for start, end in sorted(wanted)]
    tx.insert_many("busy_time", ("feed_id", "starts_at", "agent_id", "ends_at"), rows)
    times.bump(tx, agent)


def in_trouble(tx: Tx) -> list[tuple[Feed, str]]:
    """Feeds that failed when they were last looked at, with the key of the agent."""
    found = sa.select(*_PLAIN, agents.c.key.label("agent")).join(agents, agents.c.id == _f.agent_id)
    rows = tx.execute(found.where(_f.failures > 0).order_by(_f.account_id, agents.c.key, _f.id)).mappings()
    return [(Feed(**{name: row[name] for name in Feed.__dataclass_fields__}), row["agent"]) for row in rows]


def _errand(tx: Tx, found: Feed) -> Errand | None:
    network = tx.network(found.account_id)
    agent = network.agents.get(found.agent_id)
    if agent is None:
        return None
    horizon = tx.now + _horizon(network, agent) + MARGIN
    return Errand(
        feed=found,
        domain=agent.domain_id,
        zone=_zone_name(network, agent),
        first=tx.now - MARGIN,
        last=horizon + FURTHER,
        horizon=horizon,
    )


def _horizon(network: Network, agent: Agent) -> timedelta:
    days = (rules_of(network, service).horizon_days for service in services_of(network, agent))
    return max((timedelta(days=n) for n in days), default=USUAL_HORIZON)


def _zone_name(network: Network, agent: Agent) -> str:
    """The zone that an agent lives in: that of his hours, or the account's."""
    hours = hours_from_json(agent.schedule)
    return (hours[0].timezone if hours else None) or network.account.timezone


def _declared(tx: Tx) -> set[Declared]:
    a = agents.c
    some = sa.type_coerce(a.calendars, sa.Text) != "[]"
    found: Iterable[Any] = tx.execute(sa.select(a.account_id, a.id, a.calendars).where(a.retired_at.is_(None), some))
    return {(account, agent, url) for account, agent, urls in found for url in urls or ()}


def _forget(tx: Tx, gone: Feed) -> None:
    busy = tx.execute(busy_time.delete().where(_b.feed_id == gone.id)).rowcount
    tx.execute(feed.delete().where(_f.id == gone.id))
    if busy:
        times.bump(tx, gone.agent_id)

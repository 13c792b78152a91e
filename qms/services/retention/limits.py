"""Up to where an account's past may go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from qms.domain.options import Options
from qms.domain.zones import instant_of, wall_time, zone
from qms.services.statistics.closing import OVER_AFTER
from qms.store import past
from qms.store.schema import network as tables
from qms.store.tx import Tx

FEWEST_DAYS = 31
"""What is shorter ago is looked at daily: averages of waits, the last weeks that a simulation learns from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What is older goes: service days before `day`, and what was over before its midnight."""

    account: str
    day: date
    at: datetime


def limits(tx: Tx) -> Iterator[Limit]:
    """Of each account that does not keep everything, up to where its past goes now."""
    for id, given in tx.execute(sa.select(tables.account.c.id, tables.account.c.options)).all():
        days = Options(given=given).number("keep_tickets_days")
        limit = limit_of(tx, id, days) if days else None
        if limit is not None:
            yield limit


def limit_of(tx: Tx, account: str, days: int) -> Limit | None:
    """Up to where an account's past may go that keeps so many days; None while no day is closed.

    A day that is closed needs its neighbours' rows no more, nor the sessions that were open then, once those before it
    and after it are closed too.
    """
    closed = past.last_closed(tx, account)
    if closed is None:
        return None
    where = zone(tx.network(account).account.timezone)
    wanted = wall_time(tx.now, where).date() - timedelta(days=max(days, FEWEST_DAYS))
    return limit_at(tx, account, min(wanted, closed - OVER_AFTER))


def limit_at(tx: Tx, account: str, day: date) -> Limit:
    """The limit at the midnight with which a day begins."""
    at = instant_of(datetime.combine(day, time.min), zone(tx.network(account).account.timezone))
    return Limit(account=account, day=day, at=at)


def limit_before(tx: Tx, account: str, day: date) -> Limit | None:
    """A day up to which somebody wants the past to go, or as far as it may; None while it may not.

    No farther than people are out of it: what they were promised holds in archives as well.
    """
    latest = limit_of(tx, account, Options(given=tx.network(account).account.options).number("anonymise_after_days"))
    return None if latest is None else limit_at(tx, account, min(day, latest.day))

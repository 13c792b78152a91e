"""What a report is asked for: days, a branch, a queue; and whether whoever asks may see that."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from aiohttp import web

from qms.domain import access
from qms.domain.complaint import complaint
from qms.domain.errors import Forbidden, Invalid
from qms.domain.network import Agent, Network
from qms.domain.zones import wall_time, zone
from qms.services.statistics.period import Period
from qms.services.statistics.report import Report, report
from qms.store.tx import Tx
from qms.web import people
from qms.web.keys import STORE

READ = "reports.read"
USUAL_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that a report can be about, by key."""

    key: str
    name: str

    @property
    def pair(self) -> tuple[str, str]:
        """As an option of a form."""
        return self.key, self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for, and what else could be. `everywhere`: all branches together may be seen, too."""

    first: date
    last: date
    branch: str | None
    queue: str | None
    today: date
    everywhere: bool
    branches: tuple[Choice, ...]
    queues: tuple[Choice, ...]


async def found(request: web.Request) -> tuple[Asked, Report]:
    """What was asked for, and the report on it.

    Raises:
        NotAuthenticated, Forbidden: whoever asks may not see it. Invalid: no such days. NotFound: no such branch.
    """
    login = await people.admit(request, READ)
    query = {name: request.query.get(name) or None for name in ("from", "to", "branch", "queue")}
    pair: tuple[Asked, Report] = await request.app[STORE].read(_found, agent=login.agent, query=query)
    return pair


def _found(tx: Tx, *, agent: Agent, query: dict[str, str | None]) -> tuple[Asked, Report]:
    asked = read(tx, agent=agent, query=query)
    period = Period.of(asked.first, asked.last)
    return asked, report(tx, account=agent.account_id, period=period, branch=asked.branch, queue=asked.queue)


def read(tx: Tx, *, agent: Agent, query: dict[str, str | None]) -> Asked:
    """What a query says; whoever supervises only some branches is shown the first of them, unless he names another.

    Raises:
        Forbidden: he may not see that branch. Invalid: a date is none. NotFound: no such branch.
    """
    network = tx.network(agent.account_id)
    there, limited = access.branches(network, agent, READ), access.limited(agent)
    branch = query.get("branch")
    place = network.branches.find(branch) if branch else (there[0] if limited and there else None)
    if limited and place is None:
        raise Forbidden(access.PERMISSIONS[READ].meaning)
    access.require(agent, READ, place.id if place else None)
    today = wall_time(tx.now, zone(network.zone_of(place))).date()
    last = _day("to", query.get("to"), today)
    return Asked(
        first=_day("from", query.get("from"), last - timedelta(days=USUAL_DAYS - 1)),
        last=last,
        branch=place.key if place else None,
        queue=_queue(network, query.get("queue")),
        today=today,
        everywhere=not limited,
        branches=tuple(Choice(key=one.key, name=one.label or one.name) for one in there),
        queues=tuple(Choice(key=one.key, name=one.name) for one in network.queues.values()),
    )


def _queue(network: Network, text: str | None) -> str | None:
    return network.queues.find(text).key if text else None


def _day(name: str, text: str | None, usual: date) -> date:
    try:
        return date.fromisoformat(text) if text else usual
    except ValueError:
        raise Invalid(name, complaint("a day such as %(example)s", example="2026-03-02")) from None


def query_of(asked: Asked, **others: Any) -> dict[str, str]:
    """The same as a query, with some of it changed."""
    said = {"from": asked.first.isoformat(), "to": asked.last.isoformat(), "branch": asked.branch, "queue": asked.queue}
    return {name: str(value) for name, value in {**said, **others}.items() if value is not None}

"""When an account, a branch or an agent is closed in some years: days in the file, days that come round, holidays."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from qms.domain.almanac import Holidays
from qms.domain.network import Agent, Branch, Network
from qms.domain.weekly import Closure
from qms.services.almanac import coming_round, holidays

Years = tuple[int, int]
"""From the first year to the last, both included."""


def years_of(first: datetime, last: datetime) -> Years:
    """The years that some instants are in, wherever somebody looks at them."""
    return (first.year - (first.month == 1), last.year + (last.month == 12))


def of_place(network: Network, branch: Branch | None, years: Years) -> tuple[Closure, ...]:
    """When a branch is closed, with the account it belongs to; or where there is no branch, the account alone.

    A branch's public holidays stand instead of the account's.
    """
    key = ("closures", branch.id if branch else "", years)
    kept: tuple[Closure, ...] | None = network.memo.get(key)
    if kept is None:
        said = [*network.account.closures, *(branch.closures if branch else ())]
        rule = branch.holidays if branch else network.account.holidays
        kept = network.memo[key] = (*_unrolled(said, years), *_holidays(network, rule, years))
    return kept


def of_agent(network: Network, agent: Agent, years: Years, *, holidays: bool) -> tuple[Closure, ...]:
    """When an agent is away, or the whole account is closed; with its public holidays, where no branch has others."""
    shut = of_place(network, None, years) if holidays else _unrolled(network.account.closures, years)
    return (*shut, *_unrolled(agent.closures, years))


def _unrolled(kept: Iterable[Mapping[str, Any]], years: Years) -> tuple[Closure, ...]:
    closures = (Closure.from_json(one) for one in kept)
    first, after = (datetime(year, 1, 1) for year in (years[0], years[1] + 1))  # noqa: DTZ001 - wall times
    return tuple(coming_round(closures, first, after))


def _holidays(network: Network, rule: Mapping[str, Any] | None, years: Years) -> Iterable[Closure]:
    if rule is None:
        return ()
    whose, languages = Holidays.from_json(rule), network.account.languages
    return (day for year in range(years[0], years[1] + 1) for day in holidays(whose, languages, year))

"""A report as programs get it: the figures by their names, seconds and shares as numbers."""

from datetime import date

from msgspec import Struct

from qms.services.statistics.report import Named, Report

Values = dict[str, float | int | None]


class Thing(Struct, kw_only=True):
    """A queue, a branch or an agent; without a key where it is no longer configured."""

    id: str
    key: str
    name: str
    figures: Values


class DayFigures(Struct, kw_only=True):
    """A day of the branch."""

    day: date
    figures: Values


class HourFigures(Struct, kw_only=True):
    """An hour of the branch's wall clock, over all days."""

    hour: int
    figures: Values


class Arrivals(Struct, kw_only=True):
    """How many came in an hour of a weekday (Monday is 0), on average over its occurrences."""

    weekday: int
    hour: int
    mean: float


class QuotesKept(Struct, kw_only=True):
    """How the waits held that people were told."""

    queue: str
    branch: str
    told: int
    answered: int
    left: int
    within_p50: float
    within_p90: float
    mean_error_minutes: float


class OutcomeNoted(Struct, kw_only=True):
    """How often an outcome came of a queue's visits; without key and outcome: nothing was noted."""

    queue: str
    key: str | None
    outcome: str | None
    visits: int
    share: float


class ReportShape(Struct, kw_only=True, rename={"first": "from", "last": "to"}):
    """A report; `before` is the same number of days before. The figures are defined in the documentation."""

    first: date
    last: date
    timezone: str
    branch: str | None
    queue: str | None
    whole: Values
    before: Values
    days: list[DayFigures]
    hours: list[HourFigures]
    queues: list[Thing]
    branches: list[Thing]
    arrivals: list[Arrivals]
    agents: list[Thing]
    quotes: list[QuotesKept]
    outcomes: list[OutcomeNoted]

    @classmethod
    def of(cls, found: Report) -> "ReportShape":
        return cls(
            first=found.period.first,
            last=found.period.last,
            timezone=found.timezone,
            branch=found.branch.key if found.branch else None,
            queue=found.queue.key if found.queue else None,
            whole=found.whole.as_json(),
            before=found.before.as_json(),
            days=[DayFigures(day=day, figures=one.as_json()) for day, one in found.days.items()],
            hours=[HourFigures(hour=hour, figures=one.as_json()) for hour, one in found.hours.items()],
            queues=[_thing(named, one.as_json()) for named, one in found.queues],
            branches=[_thing(named, one.as_json()) for named, one in found.branches],
            arrivals=[Arrivals(weekday=d, hour=h, mean=round(mean, 4)) for (d, h), mean in found.heat.items()],
            agents=[_thing(named, one.as_json()) for named, one in found.agents],
            quotes=[
                QuotesKept(**{name: getattr(one, name) for name in QuotesKept.__struct_fields__})
                for one in found.quotes
            ],
            outcomes=[
                OutcomeNoted(**{name: getattr(one, name) for name in OutcomeNoted.__struct_fields__})
                for one in found.outcomes
            ],
        )


def _thing(named: Named, figures: Values) -> Thing:
    return Thing(id=named.id, key=named.key, name=named.name, figures=figures)

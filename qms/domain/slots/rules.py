"""The rules of a service: how long it takes, where its starts stand, how soon and how far ahead it can be booked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from qms.domain.period import Period

AT_ONCE = Period()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for every appointment of a service; the defaults are those of the network file.

    `capacity`: so many may be with one agent at the same time. `early`, `grace` and `credit` are about check-in.
    """

    duration_minutes: int = 30
    step_minutes: int = 30
    before_minutes: int = 0
    after_minutes: int = 0
    lead: Period = AT_ONCE
    horizon_days: int = 90
    capacity: int = 1
    early_minutes: int = 15
    grace_minutes: int = 10
    credit_minutes: int = 15
    reminders: tuple[Period, ...] = ()

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Rules":
        """The rules as a service keeps them; what is missing has its default, the step being the length."""
        numbers = {name: int(kept[name]) for name in cls.__dataclass_fields__ if type(kept.get(name)) is int}
        numbers.setdefault("step_minutes", numbers.get("duration_minutes", 30))
        lead = Period.parse(kept.get("lead", "PT0S"))
        return cls(**numbers, lead=lead, reminders=tuple(map(Period.parse, kept.get("reminders", ()))))

    @property
    def duration(self) -> timedelta:
        """From start to end, without buffers."""
        return timedelta(minutes=self.duration_minutes)

    @property
    def early(self) -> timedelta:
        """So long before its start an appointment's ticket may be served."""
        return timedelta(minutes=self.early_minutes)

    @property
    def grace(self) -> timedelta:
        """So long after its start somebody is still on time; who is not there by then is a no-show."""
        return timedelta(minutes=self.grace_minutes)

    @property
    def credit(self) -> timedelta:
        """So long before its start an appointment counts as having come."""
        return timedelta(minutes=self.credit_minutes)

    def blocked(self, start: datetime) -> tuple[datetime, datetime]:
        """The time that an appointment takes from its agent, with the buffers."""
        before, after = timedelta(minutes=self.before_minutes), timedelta(minutes=self.after_minutes)
        return start.astimezone(UTC) - before, start.astimezone(UTC) + self.duration + after

    def allowed(self, now: datetime, where: tzinfo) -> tuple[datetime, datetime]:
        """The first and the last instant at which an appointment booked now may start; calendar parts by that zone."""
        return self.lead.after(now, where), Period(days=self.horizon_days).after(now, where)

    def due_reminders(self, start: datetime, now: datetime, where: tzinfo) -> list[tuple[Period, datetime]]:
        """When to remind of an appointment; a time that has passed already is left out, not made up for."""
        times = [(period, period.before(start, where)) for period in dict.fromkeys(self.reminders)]
        return [(period, at) for period, at in times if at > now]

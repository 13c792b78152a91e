"""A bookable service as a network file declares it."""

from dataclasses import dataclass

from qms.domain.network_file.declared.named import Identified
from qms.domain.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDecl(Identified):
    """Something that can be booked. Calendar parts of `lead` and `reminders` are in the zone of the branch."""

    title: str
    description: str
    queue: str
    branch: str | None
    agents: tuple[str, ...]
    automatic: bool
    duration_minutes: int
    step_minutes: int
    before_minutes: int
    after_minutes: int
    lead: Period
    horizon_days: int
    capacity: int
    early_minutes: int
    grace_minutes: int
    credit_minutes: int
    form: str | None = None
    survey: str | None = None
    reminders: tuple[Period, ...] = ()

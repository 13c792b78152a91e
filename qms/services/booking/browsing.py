"""Looking through a calendar, a month and a day at a time, as a viewer has them who does not look back."""

from datetime import date, datetime, tzinfo

from qms.domain.errors import Invalid
from qms.domain.slots import first_instant
from qms.domain.zones import wall_time
from qms.services.booking import availability
from qms.store.tx import Tx


class InThePast(Invalid):
    """The month, or the day, is over."""

    def __init__(self, what: str) -> None:
        super().__init__(what, "today or later")


def coming_days(
    tx: Tx, *, account: str, service: str | None, day: date, where: tzinfo, agent: str | None = None
) -> list[datetime]:
    """The first instants of the dates of a date's month on which something can be booked; none without a service.

    Raises:
        InThePast: the month is over, where the viewer is.
        NotFound: no such service, or the agent does not give it.
    """
    today = wall_time(tx.now, where).date()
    if (day.year, day.month) < (today.year, today.month):
        raise InThePast("month")
    if service is None:
        return []
    found = availability.days(tx, account=account, service=service, day=day, where=where, agent=agent)
    return [first_instant(one, where) for one in found]


def coming_starts(
    tx: Tx, *, account: str, service: str | None, day: date, where: tzinfo, agent: str | None = None
) -> list[datetime]:
    """The starts on a date that can be booked; none without a service.

    Raises:
        InThePast: the day is over, where the viewer is.
        NotFound: no such service, or the agent does not give it.
    """
    if day < wall_time(tx.now, where).date():
        raise InThePast("day")
    if service is None:
        return []
    return availability.starts(tx, account=account, service=service, day=day, where=where, agent=agent)

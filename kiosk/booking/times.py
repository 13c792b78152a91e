"""Days and times to choose from, as a page shows them: a calendar, a day's starts, and the zones to see them in."""

from datetime import date, datetime
from typing import Any

from kiosk.booking.asked import Asked, written
from kiosk.booking.calendar import month_of, parts_of
from kiosk.booking.zones import choices, zone_name
from qms.domain.zones import zone
from qms.services.booking.offers import Offers
from qms.web.pages import Language


def when(language: Language, asked: Asked, found: Offers, home: str, *, hold: str | None = None) -> dict[str, Any]:
    """The calendar, the times and the zones of a page; `home` is the zone in which the service is given.

    `hold`: to choose a start is to have it kept.
    """

    def to_day(day: date) -> str:
        return asked.here(day=day.isoformat(), month=None) + "#times"

    def to_month(day: date) -> str:
        return asked.here(month=day.isoformat()[:7], day=None)

    def to_start(start: datetime) -> str:
        return asked.here(start=written(start), hold=hold, month=None, day=None)

    there = zone(found.zone)
    at = found.starts[0] if found.starts else found.now
    return {
        "offers": found,
        "there": there,
        "month": month_of(language, found, to_day=to_day, to_month=to_month),
        "times": parts_of(language, found.starts, found.zone, to_start),
        "zone": {"name": found.zone, "label": zone_name(language, found.zone, at), "chosen": asked.zone is not None},
        "home_zone": {"name": home, "label": zone_name(language, home, at)},
        "zones": choices(language),
    }

"""When an appointment is: the instants, what the wall clock shows, and until when somebody is expected."""

from datetime import UTC, datetime
from typing import Any

from qms.domain import zones
from qms.domain.appointment import wall_text
from qms.domain.network import Network, Service
from qms.services.booking.bookables import rules_of, zone_name


def timing(network: Network, service: Service | None, start: datetime, end: datetime) -> dict[str, Any]:
    """The fields of an appointment that say when it is."""
    name = zone_name(network, service)
    expected = service is not None and service.branch_id is not None
    return {
        "starts_at": start.astimezone(UTC),
        "ends_at": end.astimezone(UTC),
        "wall_start": wall_text(start, zones.zone(name)),
        "wall_zone": name,
        "tz_version": zones.version(),
        "no_show_at": start.astimezone(UTC) + rules_of(network, service).grace if service and expected else None,
    }

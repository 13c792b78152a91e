"""Exports: queues and appointments as rows, with a key of their own. Source: api-privada/exportacion.

Times are told as they were in the zone that is asked for, durations in minutes.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import partial
from typing import Any

from aiohttp import web

from qms.services.exports import MOST, Booked, Span, Turn, booked, turns
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import STORE
from qms_gateway.dialects.videsk import wire
from qms_gateway.dialects.videsk.bodies import read
from qms_gateway.dialects.videsk.calendar_words import status_of
from qms_gateway.dialects.videsk.caller import admit
from qms_gateway.dialects.videsk.errors import BAD_REQUEST, Refusal
from qms_gateway.dialects.videsk.moments import read_moment, zone_of

HEADER = "X-API-Token"
ASSIGNED = "queue-assigned"
"""Why an entry left its queue that somebody answered."""

CANCELED = "canceled"
"""The vendor's spelling of a state."""

USUAL_LIMIT = 5000

Row = dict[str, Any]

QUEUES = (
    *("id", "ticketId", "segment", "branch", "poc", "agent", "startTime", "endTime", "duration"),
    *("assigned", "dismissed", "canceled", "canceledReason", "status"),
)
APPOINTMENTS = (
    *("id", "service", "segment", "branch", "agent", "startTime", "endTime", "duration"),
    *("canceled", "canceledReason", "status", "createdAt"),
)


@allows("videsk.exports")
async def export_queues(request: web.Request) -> web.Response:
    """Those who waited in queues."""
    return await _export(request, turns, QUEUES, _turn)


@allows("videsk.exports")
async def export_appointments(request: web.Request) -> web.Response:
    """The appointments."""
    return await _export(request, booked, APPOINTMENTS, _booked)


async def _export(
    request: web.Request,
    service: Callable[..., list[Any]],
    columns: tuple[str, ...],
    told: Callable[[Any, tzinfo], Row],
) -> web.Response:
    caller = await admit(request, header=HEADER)
    body = await read(request, wire.Export)
    where = zone_of(body.timezone)
    span = _span(body, where)
    names = _names(columns, body.keys)

    found = await request.app[STORE].read(partial(_rows, service, told, where), account=caller.account, span=span)
    data = [dict(zip(names, row, strict=True)) for row in found]
    return json_answer(wire.Exported(span.limit, names, data), 201).response()


def _rows(
    service: Callable[..., list[Any]], told: Callable[[Any, tzinfo], Row], where: tzinfo, tx: Any, **which: Any
) -> Any:
    """What a service finds, as it is told; beside the event loop, since it may be much."""
    return [tuple(told(one, where).values()) for one in service(tx, **which)]


def _turn(turn: Turn, where: tzinfo) -> Row:
    canceled = not turn.answered and turn.ended_at is not None
    reason = ASSIGNED if turn.answered else turn.end_reason if canceled else None
    values = (
        *(turn.id, turn.number, turn.queue, turn.branch, turn.poc, turn.agent),
        *_times(turn.began_at, turn.ended_at, where),
        *(turn.answered, turn.declined, canceled, reason, CANCELED if turn.state == "cancelled" else turn.state),
    )
    return dict(zip(QUEUES, values, strict=True))


def _booked(one: Booked, where: tzinfo) -> Row:
    canceled = one.state == "cancelled"
    values = (
        *(one.id, one.service, one.queue, one.branch, one.agent),
        *_times(one.starts_at, one.ends_at, where),
        *(canceled, one.end_reason if canceled else None, status_of(one.state), _local(one.created_at, where)),
    )
    return dict(zip(APPOINTMENTS, values, strict=True))


def _times(start: datetime, end: datetime | None, where: tzinfo) -> tuple[str, str | None, float | None]:
    if end is None:
        return _local(start, where), None, None
    return _local(start, where), _local(end, where), wire.plain(round((end - start) / timedelta(minutes=1), 3))


def _local(at: datetime, where: tzinfo) -> str:
    return at.astimezone(where).strftime("%Y-%m-%d %H:%M:%S")


def _span(body: wire.Export, where: tzinfo) -> Span:
    """The rows that are wanted.

    Raises:
        Refusal: no order, no times, or a limit that is none.
    """
    sort = str(body.sort)
    if isinstance(body.sort, bool) or sort not in ("1", "-1"):
        raise _wanted("$sort")
    start, end = _instant("start", body.start, where), _instant("end", body.end, where)
    if end <= start:
        raise _wanted("end")
    limit = _whole("$limit", body.limit, USUAL_LIMIT, least=1)
    return Span(
        start=start, end=end, newest_first=sort == "-1", limit=min(limit, MOST), skip=_whole("$skip", body.skip, 0)
    )


def _instant(name: str, value: object, where: tzinfo) -> datetime:
    """An instant; what says no offset is meant there, and a date alone is its midnight."""
    try:
        moment = read_moment(value)
        at = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001
        return (at if at.tzinfo is not None else at.replace(tzinfo=where)).astimezone(UTC)
    except (Refusal, OverflowError):
        raise _wanted(name) from None


def _whole(name: str, value: object, usual: int, least: int = 0) -> int:
    if value is None:
        return usual
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value < 2**31:
        raise _wanted(name)
    return value


def _names(columns: tuple[str, ...], keys: object) -> list[str]:
    """The columns by the names that they are to have; keys that are none of ours rename nothing.

    Raises:
        Refusal: no names, or two columns of one name.
    """
    if keys is None:
        return list(columns)
    if not isinstance(keys, Mapping) or not all(isinstance(name, str) and name for name in keys.values()):
        raise _wanted("keys")
    names = [str(keys.get(column, column)) for column in columns]
    if len(set(names)) < len(names):
        raise _wanted("keys")
    return names


def _wanted(name: str) -> Refusal:
    return Refusal(BAD_REQUEST, f'A valid "{name}" is required', name)

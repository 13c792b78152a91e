"""A playground for templates: what they make of a sample of an event, with nothing sent and no secret told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qms.domain.delivery import Rendered
from qms.domain.errors import Invalid
from qms.domain.templates import TemplateProblem
from qms.web.playground import Trial, Tried
from qms_gateway.dialects.videsk.custom import MASK, Request, compose
from qms_gateway.dialects.videsk.webhook import DATA, HEADERS

_AT = "2026-03-02T12:00:00+00:00"
_LATER = "2026-03-02T12:30:00+00:00"
_FORM = [
    {"name": "firstname", "type": "text", "label": "Nombre", "value": "Ana"},
    {"name": "rut", "type": "text", "label": "RUT", "value": "11111111-1"},
]

SAMPLE: Mapping[str, Any] = {
    "ticket": {
        "id": "652a1ae848880e168884e49b",
        "number": "A042",
        "state": "serving",
        "created_at": _AT,
        "called_at": _AT,
        "serving_since": _AT,
        "ended_at": _LATER,
        "end_reason": "left",
        "integration_data": {"reference": "42"},
    },
    "offer": {"id": "652a1ae848880e168884e49c", "answered_at": _AT},
    "queue": {"id": "652720d479497a1b62df2001", "name": "Trámites"},
    "branch": {
        "id": "652720d479497a1b62df288b",
        "name": "main",
        "label": "Main branch",
        "address": "1345 Main Street",
        "location": [7.0, 9.0],
    },
    "poc": {"id": "652720d479497a1b62df3001", "label": "Box 1"},
    "agent": {"id": "652720d479497a1b62df4001", "firstname": "John", "lastname": "Doe", "email": "jdoe@acme.example"},
    "session": {"id": "652720d479497a1b62df5001", "poc": {"id": "652720d479497a1b62df3001", "label": "Box 1"}},
    "form": _FORM,
    "submission": {"id": "652720d479497a1b62df6001", "kind": "base", "created_at": _AT},
    "subject": {"call": "652a1ae848880e168884e49c", "appointment": None},
    "appointment": {
        "id": "652720d479497a1b62df7001",
        "start_at": _AT,
        "end_at": _LATER,
        "timezone": "America/Santiago",
        "state": "scheduled",
        "cancel_reason": None,
        "service": {"id": "652720d479497a1b62df8001", "title": "Video visit", "description": "Half an hour"},
    },
}
"""What happened, as if all of it had happened at once: each event takes what is its own."""


class _Masked(dict[str, str]):
    """Secrets of whatever name; nobody learns one by trying."""

    def get(self, name: str, default: Any = None) -> Any:
        return MASK


def try_out(trial: Trial, now: datetime) -> Tried:
    """The request that templates make of an event.

    Raises:
        Invalid: no such event.
    """
    if trial.event not in DATA:
        raise Invalid("event", "one of " + ", ".join(DATA))
    data = DATA[trial.event](SAMPLE) if trial.data is None else trial.data
    request = Request(url=trial.url, custom=trial.custom, headers=trial.headers)
    default = Rendered(body=b"{}", headers=HEADERS)
    try:
        made = compose(request, {**data, "secrets": _Masked()}, default=default, now=now)
    except TemplateProblem as problem:
        return Tried(problem=str(problem), data=data)
    if made.withheld:
        return Tried(withheld=True, data=data)
    body = made.body.decode()
    return Tried(method=made.method, url=made.url, headers=made.headers, body=body, data=data)

"""The gateway as it is described to programs: its dialects, and webhooks of our own."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from qms.web.openapi.operation import Face, Webhook
from qms_gateway.dialects.auvious import api as auvious
from qms_gateway.dialects.videsk import api as videsk
from qms_gateway.dialects.voki import api as voki
from qms_gateway.webhook_native import EVENTS


class Event(Struct, kw_only=True):
    """Something that happened; `data` is a snapshot of what it happened to, its instants in ISO 8601."""

    type: Annotated[str, Meta(extra_json_schema={"enum": sorted(EVENTS.values())})]
    timestamp: datetime
    data: dict[str, Any]


FACES = (
    *videsk.FACES,
    *auvious.FACES,
    *voki.FACES,
    Face(
        name="Webhooks",
        about="What webhooks of the native dialect are sent, signed as Standard Webhooks has it.",
        operations=(),
        webhooks=(Webhook(event="event", summary="Something happened", body=Event),),
    ),
)

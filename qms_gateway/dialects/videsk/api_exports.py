"""The exports of this dialect as they are described to programs."""

from qms.web.openapi.operation import Operation, Scheme
from qms_gateway.dialects.videsk import wire
from qms_gateway.dialects.videsk.api_parts import BODY, ok, refusals
from qms_gateway.dialects.videsk.exports import HEADER
from qms_gateway.dialects.videsk.face import EXPORTS

API_TOKEN = Scheme(
    name="videskApiToken",
    schema={
        "type": "apiKey",
        "in": "header",
        "name": HEADER,
        "description": "`Bearer` and a key of the kind api-token; it may come in `Authorization`, too.",
    },
)


def _export(what: str, summary: str) -> Operation:
    return Operation(
        id=f"export_{what}",
        method="post",
        path=f"{EXPORTS}/{what}",
        summary=summary,
        body=wire.Export,
        replies={
            **ok(wire.Exported, "The rows, in order; times in the zone asked for, durations in minutes.", 201),
            **refusals(
                {413: BODY[413], 400: "No order, times or zone, or columns that cannot be called so."},
            ),
        },
        schemes=(API_TOKEN.name,),
    )


OPERATIONS = (
    _export("queues", "Those who waited in queues, as rows"),
    _export("appointments", "The appointments, as rows"),
)

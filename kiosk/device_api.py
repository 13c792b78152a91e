"""The kiosk as a device, as it is described to programs: what it is told to do, prints, and says of itself."""

from msgspec import Struct

from kiosk import prints, reading
from qms.web.about import About
from qms.web.openapi.operation import Operation, Parameter, Reply
from qms.web.openapi.problem import BODY, refusals


class Orders(Struct, kw_only=True):
    """How often each order was given: one is obeyed when its count has grown since the page began."""

    reload: int
    identify: int
    test: int


class DeviceState(Struct, kw_only=True):
    """How the kiosk is called, how loud it is in hundredths, and what it was told to do.

    `phone`: whether it asks for a telephone number to write to.
    """

    name: str
    volume: int
    phone: bool
    orders: Orders


DEVICE_OPERATIONS = (
    Operation(
        id="help",
        method="post",
        path="/kiosk/{token}/help",
        summary="Tell those who watch the branch that somebody at the kiosk needs help",
        replies={204: Reply(meaning="They are told."), **refusals(404)},
    ),
    Operation(
        id="print",
        method="post",
        path="/kiosk/{token}/prints",
        summary="Print a ticket on the kiosk's own printer: once, and again for each new word",
        body=prints.Print,
        replies={200: Reply(meaning="Whether it was printed.", shape=prints.Printed), **refusals(*BODY, 404)},
    ),
    Operation(
        id="printTest",
        method="post",
        path="/kiosk/{token}/test-prints",
        summary="Try the kiosk's own printer: once for each order",
        body=prints.Test,
        replies={200: Reply(meaning="Whether it was printed.", shape=prints.Printed), **refusals(*BODY, 404)},
    ),
    Operation(
        id="readAloud",
        method="get",
        path="/kiosk/{token}/aloud",
        summary="A text of the kiosk's page as a sound, for whoever cannot see it",
        parameters=(
            Parameter(name="language", where="query", meaning="Its language, as a tag.", required=True),
            Parameter(
                name="text",
                where="query",
                meaning="What is to be said.",
                schema={"type": "string", "maxLength": reading.LONGEST},
                required=True,
            ),
        ),
        replies={
            200: Reply(meaning="A WAV file.", content_type="audio/wav"),
            204: Reply(meaning="There is no voice for the language."),
            **refusals(404, 422),
        },
    ),
    Operation(
        id="report",
        method="post",
        path="/kiosk/{token}/report",
        summary="What the kiosk's page says of itself",
        body=About,
        body_optional=True,
        replies={204: Reply(meaning="It is noted."), **refusals(*BODY, 404)},
    ),
)

"""The screens as they are described to programs."""

from datetime import datetime

from msgspec import Struct

from qms.web.openapi.operation import LANGUAGE, SOCKET, Face, Operation, Parameter, Reply
from qms.web.openapi.problem import page, refusals


class Place(Struct, kw_only=True):
    """The branch."""

    id: str
    key: str
    name: str
    label: str
    timezone: str


class Clip(Struct, kw_only=True):
    """What a screen plays to say a call in a language."""

    language: str
    url: str


class Call(Struct, kw_only=True):
    """A number that was called; `poc` is the place's label. A recall raises `seq` and `recall`."""

    seq: int
    number: str
    poc: str | None
    queue: str
    called_at: datetime
    recall: int
    say: list[Clip]


class InLine(Struct, kw_only=True):
    """Somebody who waits."""

    number: str
    queue: str


class Wait(Struct, kw_only=True):
    """Minutes that half, and nine tenths, of those who join now wait at most."""

    p50: int
    p90: int


class Line(Struct, kw_only=True):
    """A queue."""

    name: str
    waiting: int
    wait_minutes: Wait | None


class Lobby(Struct, kw_only=True):
    """All that a screen shows. What is to be announced has a `seq` above the last one that was."""

    seq: int
    now: datetime
    branch: Place
    calls: list[Call]
    waiting: list[InLine]
    queues: list[Line]


OPERATIONS = (
    Operation(
        id="state",
        method="get",
        path="/screens/{token}/state",
        summary="The whole state of a screen",
        replies={200: Reply(meaning="What the screen shows.", shape=Lobby), **refusals(404)},
    ),
    Operation(
        id="socket",
        method="get",
        path="/screens/{token}/socket",
        summary="A socket that is told the whole state whenever it changes, and every few seconds",
        replies={
            101: Reply(
                meaning="Each message is a Lobby; the screen may report `{painted: seq, audio: played|blocked|off}`.",
                content_type=SOCKET,
            ),
            **refusals(400, 403, 404),
        },
    ),
    Operation(
        id="page",
        method="get",
        path="/screens/{token}",
        summary="The screen's page",
        parameters=(LANGUAGE,),
        replies=page(),
    ),
)

FACES = (
    Face(
        name="Screens",
        about="Lobby screens, each by the token in its address.",
        operations=OPERATIONS,
        parameters=(
            Parameter(
                name="token",
                where="path",
                meaning="The screen's token.",
                schema={"type": "string", "pattern": "^[A-Za-z0-9._~-]{1,200}$"},
            ),
        ),
    ),
)

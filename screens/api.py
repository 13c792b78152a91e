"""The screens as they are described to programs."""

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType

from qms.web.openapi.operation import LANGUAGE, SOCKET, Face, Operation, Parameter, Reply
from qms.web.openapi.problem import page, refusals
from screens.pairing import CodeShape, OutcomeShape


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
    """A number that was called; `poc` is the place's label. A recall raises `seq` and `recall`.

    `branch`: the branch's label, where several are shown; as of `waiting` and `queues`.
    """

    seq: int
    number: str
    poc: str | None
    queue: str
    called_at: datetime
    recall: int
    say: list[Clip]
    branch: str | UnsetType = UNSET


class InLine(Struct, kw_only=True):
    """Somebody who waits."""

    number: str
    queue: str
    branch: str | UnsetType = UNSET


class Wait(Struct, kw_only=True):
    """Minutes that half, and nine tenths, of those who join now wait at most."""

    p50: int
    p90: int


class Line(Struct, kw_only=True):
    """A queue."""

    name: str
    waiting: int
    wait_minutes: Wait | None
    branch: str | UnsetType = UNSET


class Medium(Struct, kw_only=True):
    """A picture or a film that the screen shows."""

    url: str
    type: str


class Orders(Struct, kw_only=True):
    """How often the screen was told to do something; it obeys what has grown since it began."""

    reload: int
    identify: int
    test: int


class Setup(Struct, kw_only=True):
    """How the screen is set up. `theme`: auto, light, dark, contrast; `closed`: dark, black, same.

    `closed_text`: what the screen says besides, outside opening hours, as it was written.
    """

    open: bool
    opens_at: datetime | None
    name: str
    languages: list[str]
    audio: bool
    voice: bool
    volume: int
    theme: str
    motion: bool
    closed: str
    closed_text: str
    show_counts: bool
    diagonal_inches: float | None
    farthest_metres: float | None
    media_seconds: int
    ticker: list[str]
    orders: Orders
    media: list[Medium]
    test: list[Clip]


class Lobby(Struct, kw_only=True):
    """All that a screen shows. What is to be announced has a `seq` above the last one that was.

    `branch` is where the screen stands. `branches`: those it shows, where there are several; their calls are counted
    together then, and from the start where other branches are shown than before.
    """

    seq: int
    now: datetime
    branch: Place
    calls: list[Call]
    waiting: list[InLine]
    queues: list[Line]
    screen: Setup
    branches: list[Place] | UnsetType = UNSET


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
                meaning="A message is a Lobby; the screen reports `{painted: seq, audio: played|blocked|off, device}`.",
                content_type=SOCKET,
            ),
            **refusals(400, 403, 404, 426),
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
    Operation(
        id="clip",
        method="get",
        path="/screens/say/{language}/{said}.{signature}.wav",
        summary="What a call sounds like, at an address that a screen was told",
        replies={200: Reply(meaning="A WAV file.", content_type="audio/wav"), **refusals(404)},
    ),
    Operation(
        id="medium",
        method="get",
        path="/screens/media/{account}/{version}/{name}",
        summary="A picture or a film, at an address that a screen was told",
        replies={200: Reply(meaning="The file.", content_type="application/octet-stream"), **refusals(404)},
    ),
    Operation(
        id="blankPage",
        method="get",
        path="/screens/",
        summary="The page of a screen that is nobody's yet: it shows a code",
        parameters=(LANGUAGE,),
        replies=page(),
    ),
    Operation(
        id="blank",
        method="get",
        path="/screens",
        summary="The same, as people type it",
        replies={
            302: Reply(meaning="It is at /screens/.", content_type="text/plain", headers={"Location": "/screens/"})
        },
    ),
    Operation(
        id="beginPairing",
        method="post",
        path="/screens/pairings",
        summary="A code for a device that is nobody's yet",
        replies={201: Reply(meaning="A code, good for fifteen minutes.", shape=CodeShape), **refusals(429, 503)},
    ),
    Operation(
        id="pairing",
        method="get",
        path="/screens/pairings/{secret}",
        summary="What a device has become",
        replies={
            200: Reply(meaning="Its address, once somebody has typed the code.", shape=OutcomeShape),
            **refusals(404),
        },
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
            *(
                Parameter(name=name, where="path", meaning=meaning, schema={"type": "string", "pattern": pattern})
                for name, meaning, pattern in (
                    ("language", "The language that is spoken.", "^[A-Za-z-]{2,8}$"),
                    ("said", "What is said, as we wrote it.", "^[A-Za-z0-9_-]{1,2000}$"),
                    ("signature", "That we wrote it.", "^[A-Za-z0-9_-]{16}$"),
                    ("account", "The account's slug.", "^[a-z0-9-]{1,63}$"),
                    ("version", "What changes with the content.", "^[0-9a-f]{16}$"),
                    ("name", "The file's name.", "^[^/]{1,200}$"),
                    ("secret", "What only the device knows.", "^[A-Za-z0-9_-]{32}$"),
                )
            ),
        ),
    ),
)

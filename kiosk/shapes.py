"""What the visitors' face says, as it is described to programs."""

from datetime import datetime

from msgspec import Struct

from kiosk.device_api import DeviceState


class Place(Struct, kw_only=True):
    """A branch."""

    id: str
    key: str
    name: str
    label: str
    timezone: str


class Queue(Struct, kw_only=True):
    """A queue."""

    id: str
    key: str
    name: str


class Poc(Struct, kw_only=True):
    """Where somebody is called to."""

    id: str
    key: str
    label: str


class OwnPoc(Poc, kw_only=True):
    """The point of contact whose device this is."""

    kind: str


class Wait(Struct, kw_only=True):
    """Minutes that half, and nine tenths, of those who join now wait at most."""

    p50: int
    p90: int


class Offered(Queue, kw_only=True):
    """A queue that can be chosen, if it is open; `classes` are what people may say they are of.

    `closed_for`: closed, unstaffed, full (so many wait), closing (who came now would not be served today). `room`: how
    many more can be given a number, where that is limited. `callback`: one may leave a number to be called.
    """

    open: bool
    closed_for: str | None
    callback: bool
    room: int | None
    opens_at: datetime | None
    waiting: int
    wait_minutes: Wait | None
    classes: list[str]


class Menu(Struct, kw_only=True):
    """What a kiosk shows before somebody takes a number, and what it is told to do."""

    seq: int
    now: datetime
    branch: Place
    languages: list[str]
    queues: list[Offered]
    device: DeviceState


class HandedOut(Struct, kw_only=True):
    """A ticket; `url` is its page, `receipt` what is printed."""

    id: str
    number: str
    queue: Queue
    ahead: int
    wait_minutes: Wait | None
    url: str
    receipt: str


class CallBack(Struct, kw_only=True):
    """A wish to be called; `state`: waiting, or ticketed where somebody has come meanwhile."""

    id: str
    state: str


class Ticket(Struct, kw_only=True):
    """A ticket as its holder sees it."""

    seq: int
    now: datetime
    id: str
    number: str
    state: str
    queue: Queue | None
    branch: Place | None
    ahead: int | None
    wait_minutes: Wait | None
    poc: Poc | None
    called_at: datetime | None
    recall: int
    language: str | None
    room_url: str | None
    can_leave: bool
    can_later: bool


class Visitor(Struct, kw_only=True):
    """Who has been called, or is being served."""

    number: str
    state: str


class Host(Struct, kw_only=True):
    """Who serves."""

    firstname: str


class PocState(Struct, kw_only=True):
    """What a point of contact's own device shows."""

    seq: int
    now: datetime
    poc: OwnPoc
    branch: Place
    ticket: Visitor | None
    agent: Host | None
    room_url: str | None

"""What a network file says, as values with every default filled in; `line` is where each was declared."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qms.domain.almanac import Holidays
from qms.domain.brand import NO_BRAND, Brand
from qms.domain.network import Custom
from qms.domain.network_file.problems import Problem
from qms.domain.options import Options
from qms.domain.period import Period
from qms.domain.weekly import Closure, WeeklyHours


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """Anything declared, at a line of the file."""

    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified(Declared):
    """Anything with a stable key and an id: the one given, or one derived from account, kind and key."""

    key: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationDecl(Identified):
    """An Auvious application; its id is an opaque text. `queue`: the key of the queue that its appointments join."""

    queue: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInDecl:
    """Where else people prove who they are: an OpenID provider, by its issuer; `name` stands on the button."""

    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDecl(Declared):
    """The tenant. `room_url`, `meeting_url`: templates of a call's address, and of a meeting's at a provider.

    `absences`: why agents may say that they are away; none: the usual ones. `receipt_footer`: how receipts end.
    """

    slug: str
    id: str
    name: str
    timezone: str
    languages: tuple[str, ...]
    applications: tuple[ApplicationDecl, ...]
    options: Options
    room_url: str | None = None
    meeting_url: str | None = None
    sign_in: SignInDecl | None = None
    closures: tuple[Closure, ...] = ()
    holidays: Holidays | None = None
    brand: Brand = NO_BRAND
    absences: tuple[str, ...] = ()
    receipt_footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesDecl(Declared):
    """How the account writes to people: in whose name, through which providers, in which words.

    `appointments` False: nothing is sent about them. `agents` False: agents are told nothing by message. `country` is
    that of telephone numbers which name none.
    """

    sender: str | None = None
    reply_to: str | None = None
    country: str | None = None
    appointments: bool = True
    agents: bool = True
    providers: tuple[Mapping[str, object], ...] = field(default=(), repr=False)
    templates: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PocDecl(Identified):
    """A point of contact of a branch, `booth` or `counter`. `token` None: one is to be made."""

    label: str
    kind: str
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchDecl(Identified):
    """A place. `location` is (latitude, longitude); no `hours`: always open.

    `holidays`: the account's unless told. `brand`: what is another one than the account's.
    """

    name: str
    label: str
    address: str
    location: tuple[float, float]
    timezone: str
    hours: tuple[WeeklyHours, ...] = ()
    closures: tuple[Closure, ...] = ()
    holidays: Holidays | None = None
    pocs: tuple[PocDecl, ...] = ()
    brand: Brand = NO_BRAND


@dataclass(frozen=True, slots=True, kw_only=True)
class OverflowDecl(Declared):
    """Where people go on to who have waited so long; at least one of `queue` and `branch`."""

    after_minutes: float
    queue: str | None = None
    branch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingDecl:
    """How a queue departs from plain first come, first served."""

    overflow: OverflowDecl | None = None
    rings: tuple[tuple[float, int], ...] = ()
    mix: int = 0
    hold_seconds: int = 0
    emergency: tuple[str, ...] = ()
    max_waiting: int = 0
    close_by_forecast: bool = False
    capacity: int = 1
    fill: str = "spread"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDecl:
    """What may come of a visit, as the agent notes it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueDecl(Identified):
    """What people wait for; `mode` booth or counter, `call` push or pull, `unstaffed` accept, refuse or callback."""

    name: str
    prefix: str
    branches: tuple[str, ...]
    mode: str
    call: str
    ring_seconds: int
    wrap_up_seconds: int
    decline_cooldown_seconds: int
    unstaffed: str
    target_minutes: float
    max_wait_minutes: float
    form: str | None = None
    contact_form: str | None = None
    survey: str | None = None
    credit_seconds: Mapping[str, int] = field(default_factory=dict)
    weight: int = 0
    routing: RoutingDecl = RoutingDecl()
    short_service_seconds: int = 15
    outcomes: tuple[OutcomeDecl, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentDecl(Identified):
    """Somebody who signs in. `queues`: the level, 1–10, for each queue's key; no `schedule`: always available.

    `capacity` None: as many people at once as the queues allow.
    """

    firstname: str
    lastname: str
    email: str | None
    role: str
    queues: Mapping[str, int]
    supervises: tuple[str, ...] = ()
    password: str | None = field(default=None, repr=False)
    password_hash: str | None = field(default=None, repr=False)
    schedule: tuple[WeeklyHours, ...] = ()
    closures: tuple[Closure, ...] = ()
    calendars: tuple[str, ...] = field(default=(), repr=False)
    capacity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceDecl(Identified):
    """Something that can be booked. Calendar parts of `lead` and `reminders` are in the zone of the branch."""

    title: str
    description: str
    queue: str
    branch: str | None
    agents: tuple[str, ...]
    automatic: bool
    duration_minutes: int
    step_minutes: int
    before_minutes: int
    after_minutes: int
    lead: Period
    horizon_days: int
    capacity: int
    early_minutes: int
    grace_minutes: int
    credit_minutes: int
    form: str | None = None
    survey: str | None = None
    reminders: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOption:
    """One of the answers that a field offers."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDecl(Declared):
    """One field of a form; `min` and `max` of a scale (nps, csat, ces, rate) are filled in."""

    id: str
    name: str
    type: str
    label: str
    hint: str
    placeholder: str
    required: bool
    readonly: bool
    maxlength: int | None = None
    minlength: int | None = None
    min: float | None = None
    max: float | None = None
    options: tuple[FieldOption, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDecl(Identified):
    """A form: what is asked before a call, when booking, or afterwards."""

    name: str
    description: str
    fields: tuple[FieldDecl, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDecl(Identified):
    """Where events are sent. `secret` None: one is to be made. With `custom`, what is sent is made of templates."""

    url: str
    events: tuple[str, ...]
    dialect: str
    active: bool
    max_concurrency: int
    ordered: bool = False
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secret: str | None = field(default=None, repr=False)
    custom: Custom | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenLooks:
    """How a lobby screen looks and sounds; what is None or empty is as every screen has it.

    `pronounce`: how labels of places are said, where they are said otherwise than written. `closed_text`: what is said
    besides outside opening hours.
    """

    voice: bool = True
    volume: int = 100
    theme: str = "auto"
    motion: bool = True
    closed: str = "dark"
    closed_text: str = ""
    show_counts: bool = True
    diagonal_inches: float | None = None
    farthest_metres: float | None = None
    ticker: tuple[str, ...] = ()
    media: bool = False
    media_seconds: int = 12
    pronounce: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenDecl(Identified):
    """A lobby screen. `branches` it shows besides the one where it stands. `token` None: one is to be made.

    `queues` it shows: those of its branches unless told.
    """

    name: str
    branch: str
    branches: tuple[str, ...]
    queues: tuple[str, ...]
    languages: tuple[str, ...]
    show_waiting: bool
    show_waits: bool
    audio: bool
    looks: ScreenLooks = ScreenLooks()
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskDecl(Identified):
    """A kiosk. `queues` it offers, in order; `classes` a visitor may say to be of. `token` None: one is to be made.

    `phone`: whether it asks for a telephone number to write to.
    """

    name: str
    branch: str
    queues: tuple[str, ...]
    languages: tuple[str, ...]
    classes: tuple[str, ...]
    phone: bool = False
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFile:
    """A whole organisation, free of contradictions. `warnings` are what is allowed and probably not meant."""

    filename: str
    account: AccountDecl
    messages: MessagesDecl = MessagesDecl()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    branches: tuple[BranchDecl, ...] = ()
    queues: tuple[QueueDecl, ...] = ()
    agents: tuple[AgentDecl, ...] = ()
    services: tuple[ServiceDecl, ...] = ()
    forms: tuple[FormDecl, ...] = ()
    webhooks: tuple[WebhookDecl, ...] = ()
    screens: tuple[ScreenDecl, ...] = ()
    kiosks: tuple[KioskDecl, ...] = ()
    warnings: tuple[Problem, ...] = ()

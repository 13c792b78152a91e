"""The network: branches, queues, points of contact, agents and what else is configured, as one snapshot per account."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, Protocol, TypeVar

from qms.domain.errors import NotFound
from qms.domain.hall import Hall
from qms.domain.ids import from_uuid
from qms.domain.own_texts import OwnTexts

ROLES = ("attendant", "supervisor", "manager", "owner")
"""From least to most rights; a higher one may do all that a lower one may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """Anything that a network file declares. `id` is unique in the installation.

    `given_id` is set where the file's own id was taken by another account: callers know the thing by that one.
    """

    id: str
    account_id: str
    key: str
    given_id: str | None = None

    @property
    def public_id(self) -> str:
        """The id that callers see and send."""
        return self.given_id or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A tenant. `version` grows with every change of its network, keys or options.

    `messages`: how it writes to people. `meeting_url`: the template of a meeting's address at a provider's.
    `sign_in`: the OpenID provider through which people may sign in.
    `email_verified`: the address that it has proved to be its own. `brand`: how it looks to its visitors.
    `translations`: its own texts by language, and by how they were written.
    `absences`: why its agents may say that they are away. `receipt_footer`: what its receipts end with.
    """

    id: str
    slug: str
    name: str
    timezone: str
    options: Mapping[str, Any]
    version: int
    closures: tuple[Mapping[str, Any], ...] = ()
    holidays: Mapping[str, Any] | None = None
    room_url: str | None = None
    languages: tuple[str, ...] = ("en",)
    messages: Mapping[str, Any] | None = field(default=None, repr=False)
    meeting_url: str | None = None
    sign_in: Mapping[str, Any] | None = field(default=None, repr=False)
    email_verified: str | None = None
    brand: Mapping[str, Any] | None = None
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    absences: tuple[str, ...] = ()
    receipt_footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An Auvious grouping inside an account; its id is an opaque text."""

    id: str
    account_id: str
    key: str
    queue_id: str | None = None

    @property
    def public_id(self) -> str:
        """The id that callers see and send."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(Configured):
    """A physical place with points of contact. `hours` None: always open."""

    domain_id: str
    name: str
    label: str
    address: str
    latitude: float
    longitude: float
    timezone: str
    hours: Any = None
    closures: tuple[Mapping[str, Any], ...] = ()
    holidays: Mapping[str, Any] | None = None
    brand: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poc(Configured):
    """A point of contact: the counter or booth that a person is sent to; `token` opens its own page."""

    branch_id: str
    label: str
    kind: Literal["booth", "counter"]
    token: str
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue(Configured):
    """What people wait for. `mode` booth: offers ring; counter: numbers are called."""

    domain_id: str
    name: str
    prefix: str
    mode: Literal["booth", "counter"] = "booth"
    call: Literal["push", "pull"] = "push"
    ring_seconds: int = 20
    wrap_up_seconds: int = 10
    decline_cooldown_seconds: int = 30
    unstaffed: Literal["accept", "refuse", "callback"] = "accept"
    target_minutes: float = 10
    max_wait_minutes: float = 45
    form_id: str | None = None
    contact_form_id: str | None = None
    credit_seconds: Mapping[str, int] = field(default_factory=dict)
    branch_ids: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    rank: int = 0

    @property
    def outcomes(self) -> Mapping[str, str]:
        """What may come of a visit: the name of each outcome by its key, in the order of the network file."""
        return {one["key"]: one["name"] for one in self.settings.get("outcomes", ())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent(Configured):
    """Somebody who serves, or supervises. `queues` maps queue id to skill level, 1–10.

    `calendars`: secret addresses of iCalendar feeds that say when else he is busy. `capacity`: at most so many people
    at once, whatever the queues allow.
    """

    domain_id: str
    firstname: str
    lastname: str
    email: str | None
    role: Literal["attendant", "supervisor", "manager", "owner"]
    supervises: tuple[str, ...] = ()
    """The branches of a supervisor; none named: all."""

    password_once: bool = False
    """The password lets him in once, to choose another."""

    password_hash: str | None = None
    schedule: Any = None
    closures: tuple[Mapping[str, Any], ...] = ()
    calendars: tuple[str, ...] = field(default=(), repr=False)
    queues: Mapping[str, int] = field(default_factory=dict)
    capacity: int | None = None

    @property
    def name(self) -> str:
        """First and last name, as shown to colleagues."""
        return f"{self.firstname} {self.lastname}".strip()

    def at_least(self, role: str) -> bool:
        """Whether the agent has this role or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Configured):
    """A form; `fields` as in contracts.md §4.1, each with its `_id`."""

    name: str
    description: str
    fields: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Configured):
    """Something that can be booked; `rules` holds durations, step, lead, horizon and the like."""

    title: str
    description: str
    queue_id: str
    branch_id: str | None
    form_id: str | None
    automatic: bool
    agent_ids: tuple[str, ...]
    rules: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Custom:
    """What a webhook sends in its own words: templates, of the event's data, for one event.

    `parameters` go behind the address; no `body` is the dialect's; `condition` must come to "true".
    """

    method: str = "POST"
    parameters: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    condition: str | None = None
    verify_tls: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook(Configured):
    """Where events go. `state`: active, or disabled with the reason.

    `ordered`: of one ticket, nothing later goes out before what is earlier has arrived or was given up. Until
    `previous_until` (business time) the secret before counts too.
    """

    url: str
    events: tuple[str, ...]
    dialect: Literal["videsk", "auvious", "voki", "native"]
    secret: str
    headers: Mapping[str, str] = field(default_factory=dict)
    state: str = "active"
    disabled_reason: str | None = None
    max_concurrency: int = 4
    ordered: bool = False
    custom: Custom | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    previous_secret: str | None = field(default=None, repr=False)
    previous_until: datetime | None = None

    def signing_secrets(self, now: datetime) -> tuple[str, ...]:
        """The secrets that count at a business time, the newest first."""
        before = self.previous_secret
        if before is None or self.previous_until is None or now >= self.previous_until:
            return (self.secret,)
        return (self.secret, before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen(Configured):
    """A lobby screen; the token is its address."""

    branch_id: str
    token: str
    languages: tuple[str, ...] = ("en",)
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def branch_ids(self) -> tuple[str, ...]:
        """The branches that it shows: the one where it stands, then the others."""
        return tuple(dict.fromkeys((self.branch_id, *self.settings.get("branches", ()))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kiosk(Configured):
    """A kiosk; the token is its address, `queue_ids` what it offers, in order."""

    branch_id: str
    token: str
    queue_ids: tuple[str, ...]
    languages: tuple[str, ...] = ("en",)
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def branch_ids(self) -> tuple[str, ...]:
        """Its branch: a kiosk stands in one, and is for that one."""
        return (self.branch_id,)


class Keyed(Protocol):
    """Anything configured: it has an id and a stable key."""

    @property
    def id(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def public_id(self) -> str: ...


T = TypeVar("T", bound=Keyed)


class Shelf(Mapping[str, T]):
    """Things of one kind by id, in the order of the network file; `find` takes an id or a key."""

    def __init__(self, kind: str, things: Iterable[T] = ()) -> None:
        self.kind = kind
        self._by_id = {thing.id: thing for thing in things}
        self._by_key = {thing.key: thing for thing in self._by_id.values()}
        self._by_given = {thing.public_id: thing for thing in self._by_id.values()}
        self._places = {id: place for place, id in enumerate(self._by_id)}

    def __getitem__(self, id: str) -> T:
        return self._by_id[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def some(self, ids: Iterable[str]) -> list[T]:
        """Those of these ids that are here, in the order of the network file."""
        return [self._by_id[id] for id in sorted(self._places.keys() & set(ids), key=self._places.__getitem__)]

    def known(self, id: str) -> T | None:
        """The thing with this id, ours or the one that callers know; None where there is none."""
        return self._by_given.get(id) or self._by_id.get(id)

    def find(self, id_or_key: str) -> T:
        """The thing with this id (in either spelling) or key.

        Raises:
            NotFound: there is none.
        """
        found = self._by_given.get(id_or_key) or self._by_key.get(id_or_key) or self._by_id.get(id_or_key)
        if found is None and (spelled := from_uuid(id_or_key)):
            found = self._by_given.get(spelled)
        if found is None:
            raise NotFound(self.kind, id_or_key)
        return found


@dataclass(frozen=True, kw_only=True)
class Network:
    """All that is configured for one account, as it stood at `account.version`. Retired things are not in it."""

    account: Account
    branches: Shelf[Branch]
    pocs: Shelf[Poc]
    queues: Shelf[Queue]
    agents: Shelf[Agent]
    forms: Shelf[Form]
    services: Shelf[Service]
    webhooks: Shelf[Webhook]
    screens: Shelf[Screen]
    kiosks: Shelf[Kiosk]
    applications: Shelf[Application]
    put_up: Mapping[str, str] = field(default_factory=dict)
    """What its brand is made of: the names of files, with the digest of each."""

    @cached_property
    def own_texts(self) -> OwnTexts:
        """The texts that the account wrote itself."""
        return OwnTexts.of(self.account.translations, self.account.languages)

    @cached_property
    def agents_by_queue(self) -> Mapping[str, tuple[Agent, ...]]:
        """Who serves a queue, by its id; a queue that nobody serves is missing."""
        found: dict[str, list[Agent]] = {}
        for agent in self.agents.values():
            for queue in agent.queues:
                found.setdefault(queue, []).append(agent)
        return {queue: tuple(agents) for queue, agents in found.items()}

    @cached_property
    def pocs_by_branch(self) -> Mapping[str, tuple[Poc, ...]]:
        """The points of contact of a branch, in the order of the network file."""
        found: dict[str, list[Poc]] = {}
        for poc in self.pocs.values():
            found.setdefault(poc.branch_id, []).append(poc)
        return {branch: tuple(pocs) for branch, pocs in found.items()}

    @cached_property
    def branches_by_domain(self) -> Mapping[str, tuple[Branch, ...]]:
        """The branches of a routing domain, by its id."""
        found: dict[str, list[Branch]] = {}
        for branch in self.branches.values():
            found.setdefault(branch.domain_id, []).append(branch)
        return {domain: tuple(branches) for domain, branches in found.items()}

    @cached_property
    def screens_by_branch(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the screens that show a branch, wherever they stand."""
        found: dict[str, list[str]] = {}
        for screen in self.screens.values():
            for branch in screen.branch_ids:
                found.setdefault(branch, []).append(screen.id)
        return {branch: tuple(screens) for branch, screens in found.items()}

    def branches_of(self, screen: Screen) -> tuple[Branch, ...]:
        """The branches that a screen shows, the one where it stands first."""
        return tuple(self.branches[id] for id in screen.branch_ids if id in self.branches)

    def hall_of(self, screen: Screen) -> Hall | None:
        """The hall in which a screen announces; None where it shows one branch."""
        branches = self.branches_of(screen)
        return Hall.of(screen.account_id, (branch.id for branch in branches)) if len(branches) > 1 else None

    @cached_property
    def queues_by_branch(self) -> Mapping[str, tuple[Queue, ...]]:
        """The queues attached to a branch, in the order of the network file."""
        found: dict[str, list[Queue]] = {}
        for queue in self.queues.values():
            for branch in queue.branch_ids:
                found.setdefault(branch, []).append(queue)
        return {branch: tuple(queues) for branch, queues in found.items()}

    @cached_property
    def pushed_queues(self) -> frozenset[str]:
        """The ids of the queues whose tickets are offered by the distributor."""
        return frozenset(queue.id for queue in self.queues.values() if queue.call == "push")

    @cached_property
    def pushing_domains(self) -> frozenset[str]:
        """The ids of the routing domains where the distributor has anything to offer."""
        return frozenset(self.queues[id].domain_id for id in self.pushed_queues)

    @cached_property
    def queue_names(self) -> Mapping[str, str]:
        """What queues are called, by id."""
        return {queue.id: queue.name for queue in self.queues.values()}

    @cached_property
    def memo(self) -> dict[object, Any]:
        """What has been worked out from this snapshot and is worth keeping with it."""
        return {}

    def queue_at(self, branch: str, queue: str) -> tuple[Branch, Queue]:
        """A branch and a queue attached to it, each by id or key.

        Raises:
            NotFound: no such branch, no such queue, or the queue is not attached to the branch.
        """
        place = self.branches.find(branch)
        line = self.queues.find(queue)
        if place.id not in line.branch_ids:
            raise NotFound("queue", queue)
        return place, line

    def zone_of(self, branch: Branch | None) -> str:
        """The time zone of a branch, or the account's where there is none."""
        return branch.timezone if branch is not None else self.account.timezone

"""An open transaction: its connection, its time, the domain it holds, and what it will tell after the commit."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa

from qms.domain import ids
from qms.domain.audit import Note
from qms.domain.errors import DomainMoved
from qms.domain.event import Event
from qms.domain.network import Account, Network, Webhook
from qms.store.statements import Statements
from qms.store.vault import Vault

Naming = str | Callable[[Webhook, Account], Sequence[str]]
"""A dialect's name for an event; or names, where that is up to the account or to who wants them."""


class Networks(Protocol):
    """Gives the configuration of an account as it stands in a transaction."""

    def current(self, connection: sa.Connection, account: str) -> Network: ...


class Mark(NamedTuple):
    """What was told and known when a command began."""

    events: int
    notes: int
    topics: set[str]
    known: dict[str, Network]
    kept: dict[object, Any]


class Tx(Statements):
    """What a service works with. It never commits: whoever opened it does, or rolls everything back.

    `now` is business time, stamped once after the lock is held; `machine_now` is real time, for heartbeats and leases.
    `kept` is what was looked up and still holds; a command that is refused leaves it as it was, so its values are put
    anew and never changed.
    """

    def __init__(
        self,
        connection: sa.Connection,
        *,
        now: datetime,
        machine_now: datetime,
        networks: Networks,
        vault: Vault,
        event_names: Mapping[str, Mapping[str, Naming]],
        epochs: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(connection)
        self.now = now
        self.machine_now = machine_now
        self.event_names = event_names
        self._networks = networks
        self.vault = vault
        self._epochs = dict(epochs or {})
        self._arrivals = 0
        self._siblings = ids.Siblings(now)
        self._known: dict[str, Network] = {}
        self.kept: dict[object, Any] = {}
        self.events: list[Event] = []
        self.traceparent: str | None = None
        self.traceparents: list[str | None] = []
        self.notes: list[Note] = []
        self.topics: set[str] = set()

    @property
    def domains(self) -> frozenset[str]:
        """The routing domains that this transaction holds."""
        return frozenset(self._epochs)

    def hold(self, domain: str) -> None:
        """Insist that the domain is held.

        Raises:
            DomainMoved: it is not; the command is run again under it.
        """
        if domain not in self._epochs:
            raise DomainMoved(domain)

    def epoch(self, domain: str) -> int:
        """How often the domain has been locked: it grows with every transaction."""
        return self._epochs[domain]

    def next_seq(self, domain: str) -> int:
        """The next number of arrival in the domain: later arrivals have greater ones, across restarts."""
        self._arrivals += 1
        return (self._epochs[domain] << 20) | self._arrivals

    def network(self, account: str) -> Network:
        """The account's configuration as it stands in this transaction."""
        if account not in self._known:
            self._known[account] = self._networks.current(self.connection, account)
        return self._known[account]

    def network_changed(self, account: str) -> None:
        """The account's configuration has been changed: its version grows, and every process will look again."""
        self.raw("UPDATE account SET version = version + 1 WHERE id = :id", {"id": account})
        self._known.pop(account, None)
        self.tell(f"network:{account}")

    @property
    def networks_seen(self) -> list[Network]:
        """The configurations that this transaction has read."""
        return list(self._known.values())

    def mark(self) -> Mark:
        """Begin a command: what it tells can be kept, or gone back on."""
        mark = Mark(len(self.events), len(self.notes), self.topics, self._known, self.kept)
        self.topics, self._known, self.kept = set(), dict(self._known), dict(self.kept)
        return mark

    def keep(self, mark: Mark) -> None:
        """The command since the mark has been carried out."""
        mark.topics.update(self.topics)
        self.topics = mark.topics

    def back_to(self, mark: Mark) -> None:
        """The command since the mark was refused: it has told nothing."""
        del self.events[mark.events :]
        del self.traceparents[mark.events :]
        del self.notes[mark.notes :]
        self.topics, self._known, self.kept = mark.topics, mark.known, mark.kept

    def new_id(self) -> str:
        """A fresh id, stamped with the transaction's time."""
        return self._siblings.new_id()

    def emit(self, event: Event) -> None:
        """Record that something happened: journal and deliveries are written with this transaction."""
        self.events.append(event)
        self.traceparents.append(self.traceparent)

    def note(self, account: str, actor: str, action: str, object: str, data: Any = None) -> None:
        """Write down in the audit log who has done what; nothing personal goes there but ids."""
        note = Note(account=account, actor=actor, action=action, object=object, data={} if data is None else data)
        self.notes.append(note)

    def tell(self, *topics: str) -> None:
        """Wake whoever waits on these topics, after the commit."""
        self.topics.update(topics)

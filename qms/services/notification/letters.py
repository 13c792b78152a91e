"""Letters: messages with all that it takes to word and to send them, read in a few statements for many at a time."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qms.domain.appointment import OVER, Appointment
from qms.domain.customer import Customer
from qms.domain.message import NOTIFICATIONS, TURNS, Message
from qms.domain.network import Agent, Network
from qms.domain.participant import Party
from qms.domain.summons import Summons
from qms.services.booking import waiting_rooms
from qms.services.booking.waiting_rooms import WaitingRoom
from qms.services.logos import Logo, logo
from qms.services.sender_verification import proved_sender
from qms.services.summoning import telling
from qms.store import appointments, messages, participants
from qms.store.tx import Tx

_ROOM = re.compile(r"\{\{\s*roomLink\s*\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message; where it is about an appointment, with that, with who is told, and with the words that are given.

    `template` None: the words are ours. `sender`: the account's own address, once proved. `provider`: who sends over
    its channel, if that is not e-mail. `summons`: of a turn, who wants to be told. `logo`: of whoever writes by e-mail.
    """

    message: Message
    network: Network | None = None
    appointment: Appointment | None = None
    party: Party | None = None
    person: Customer | Agent | None = None
    customer: Customer | None = None
    template: Mapping[str, Any] | None = None
    room: WaitingRoom | None = None
    sender: str | None = None
    reply_to: str | None = None
    provider: Mapping[str, Any] | None = field(default=None, repr=False)
    summons: Summons | None = field(default=None, repr=False)
    logo: Logo | None = field(default=None, repr=False)

    @property
    def has_sender(self) -> bool:
        """Whether anybody sends over its channel; of e-mail the worker knows."""
        return self.message.channel in ("EMAIL", "PUSH") or self.provider is not None


def letters(tx: Tx, found: Sequence[Message], *, public_url: str) -> tuple[list[Letter], list[Message]]:
    """The letters of some messages, and those messages that are stale: what they would say is not so any more."""
    desk = _Desk(tx, found, public_url)
    written, stale = [], []
    for one in found:
        letter = desk.letter(one)
        if letter is None or (one.until is not None and tx.now >= one.until):
            stale.append(one)
        else:
            written.append(letter)
    return written, stale


class _Desk:
    """What is known of some messages, read at once."""

    def __init__(self, tx: Tx, found: Iterable[Message], public_url: str) -> None:
        self._tx, self._public_url = tx, public_url
        self._turns = telling.standing(tx, [one for one in found if one.kind in TURNS])
        about = sorted({one.appointment_id for one in found if one.appointment_id is not None})
        self._appointments = messages.appointments_of(tx, about)
        self._there = participants.of_all(tx, about) if about else {}
        people = {party.id for parties in self._there.values() for party in parties if party.kind == "CUSTOMER"}
        people |= {party.id for one in found if (party := _party(one)) is not None and party.kind == "CUSTOMER"}
        self._customers = appointments.customers_by_id(tx, sorted(people)) if people else {}

    def letter(self, message: Message) -> Letter | None:
        """The letter; None where it is stale."""
        account = message.account_id or self._only_account()
        network = self._tx.network(account) if account is not None else None
        about = self._about(message, network) if message.appointment_id is not None else {}
        summons = self._turns.get(message.id)
        if about is None or (message.kind in TURNS and summons is None):
            return None
        said = network.account.messages or {} if network is not None else {}
        provider = next((one for one in said.get("providers", ()) if one["channel"] == message.channel), None)
        sender = proved_sender(network.account) if network is not None else None
        reply_to = said.get("reply_to")
        known: dict[str, Any] = {"network": network, "sender": sender, "reply_to": reply_to, "provider": provider}
        return Letter(message=message, summons=summons, logo=self._logo(message, network, about), **known, **about)

    def _logo(self, message: Message, network: Network | None, about: Mapping[str, Any]) -> Logo | None:
        if network is None or message.channel != "EMAIL":
            return None
        branch = about["appointment"].branch_id if about else message.data.get("branch_id")
        return logo(self._tx, network=network, branch=network.branches.get(branch or ""))

    def _only_account(self) -> str | None:
        """In whose name it is said that nobody said in whose name, where there is no choice."""
        accounts = self._tx.raw("SELECT id FROM account LIMIT 2", {})
        return str(accounts[0][0]) if len(accounts) == 1 else None

    def _about(self, message: Message, network: Network | None) -> dict[str, Any] | None:
        it, party = self._appointments.get(message.appointment_id or ""), _party(message)
        if it is None or party is None or network is None:
            return None
        there = self._there.get(it.id, ())
        if not is_current(message, it) or (party in there) is bool(message.data.get("removed")):
            return None
        template, ours = _template(message, it, network), message.data.get("source") == "ours"
        if template is None and not ours:
            return None
        customer = self._customers.get(it.customer_id or "") or next(
            (self._customers[one.id] for one in there if one.id in self._customers), None
        )
        return {
            "appointment": it,
            "party": party,
            "person": self._customers.get(party.id) or network.agents.get(party.id),
            "customer": customer,
            "template": template,
            "room": None if message.data.get("removed") else self._room(it, template, message.kind),
        }

    def _room(self, it: Appointment, template: Mapping[str, Any] | None, kind: str) -> WaitingRoom | None:
        """The room, where the words name it: it is there before it is opened."""
        named = kind == "ROOM" if template is None else any(_ROOM.search(str(text)) for text in template.values())
        if not named:
            return None
        if it.state in OVER:
            return waiting_rooms.of_appointment(self._tx, it.id)
        return waiting_rooms.reserve(self._tx, it, self._public_url)


def is_current(message: Message, it: Appointment) -> bool:
    """Whether what a message tells of an appointment is still so."""
    if message.version != it.token_generation:
        return False
    match message.kind:
        case "CANCELLED":
            return it.state == "cancelled" or bool(message.data.get("removed"))
        case "FOLLOW_UP":
            return it.state == "completed"
        case "REMINDER":
            return it.is_awaited
        case _:
            return it.state not in OVER


def _party(message: Message) -> Party | None:
    if message.kind not in NOTIFICATIONS or "party" not in message.data:
        return None
    kind, id = message.data["party"]
    return Party(kind, id)


def _template(message: Message, it: Appointment, network: Network) -> Mapping[str, Any] | None:
    """The words that the appointment or the account gives, in the language that fits best."""
    source = str(message.data.get("source"))
    if source.startswith("own:"):
        own, n = it.data.get("notifications") or (), int(source.removeprefix("own:"))
        if n >= len(own):
            return None
        one = own[n]
        return {"subject": one.get("subject"), "text": one.get("textBody"), "html": one.get("htmlBody")}
    if source != "account":
        return None
    party = str(message.data["party"][0]).lower()
    given: list[Mapping[str, Any]] = [
        one
        for one in (network.account.messages or {}).get("templates", ())
        if one["kind"] == message.kind and one["channel"] == message.channel and one["to"] in (party, "all")
    ]
    return min(given, key=lambda one: _distance(one.get("language"), message.locale), default=None)


def _distance(language: str | None, wanted: str | None) -> int:
    """How far a template's language is from the one wanted: the same, its kin, for any language, another."""
    if language is None:
        return 2
    has, want = (text.replace("_", "-").lower() for text in (language, wanted or ""))
    if has == want:
        return 0
    return 1 if has.partition("-")[0] == want.partition("-")[0] else 3

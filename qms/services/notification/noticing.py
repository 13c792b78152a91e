"""What happened to appointments becomes messages to those who take part, in the same transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from qms.domain.contact import is_email
from qms.domain.customer import Customer
from qms.domain.message import Message
from qms.domain.network import Agent, Network
from qms.domain.participant import Party
from qms.services.notification.occasions import AFTERWARDS, Occasion, Source, sources
from qms.services.notification.phones import e164
from qms.store import appointments, messages, participants
from qms.store.tx import Tx


def notice(tx: Tx, occasions: Iterable[Occasion]) -> int:
    """Put down a message for everybody who is to be told; one that is there already is not put down again."""
    wanted = [(one, list(sources(tx.network(one.appointment.account_id), one))) for one in occasions]
    wanted = [(one, found) for one, found in wanted if found]
    if not wanted:
        return 0
    there = participants.of_all(tx, [one.appointment.id for one, _ in wanted])
    told = [(one, found, one.parties(there.get(one.appointment.id, ()))) for one, found in wanted]
    ids = {party.id for _, _, parties in told for party in parties if party.kind == "CUSTOMER"}
    customers = appointments.customers_by_id(tx, sorted(ids)) if ids else {}
    new = [m for one, found, parties in told for m in _messages(tx, one, found, parties, customers)]
    if new:
        messages.add(tx, new)
        tx.tell("outbox")
    return len(new)


def _messages(
    tx: Tx, one: Occasion, found: Sequence[Source], parties: Sequence[Party], customers: Mapping[str, Customer]
) -> Iterator[Message]:
    network = tx.network(one.appointment.account_id)
    for source in found:
        for party in parties:
            if not source.concerns(party):
                continue
            person = customers.get(party.id) or network.agents.get(party.id)
            contact = _contact(person, source.channel)
            if contact:
                yield _message(tx, network, one, source, party, contact)


def _message(tx: Tx, network: Network, one: Occasion, source: Source, party: Party, contact: str) -> Message:
    it, country = one.appointment, (network.account.messages or {}).get("country")
    recipient = contact if source.channel == "EMAIL" else e164(contact, country)
    good = recipient is not None and (source.channel != "EMAIL" or is_email(recipient))
    return Message(
        id=tx.new_id(),
        account_id=it.account_id,
        kind=one.kind or "",
        channel=source.channel,
        recipient=recipient or contact,
        created_at=tx.now,
        due_at=tx.now,
        locale=it.locale or next(iter(network.account.languages), None),
        data={"party": list(party), "source": source.name, **_removed(one)},
        appointment_id=it.id,
        version=it.token_generation,
        occasion=one.name,
        state="pending" if good else "dead",
        last_error=None if good else "bad_recipient",
        until=one.until or tx.now + AFTERWARDS,
    )


def _removed(one: Occasion) -> dict[str, bool]:
    return {"removed": True} if one.what == "participant_removed" else {}


def _contact(person: Customer | Agent | None, channel: str) -> str | None:
    """How somebody is reached over a channel; agents by e-mail only."""
    if person is None:
        return None
    contact = person.email if channel == "EMAIL" else getattr(person, "phone", None)
    return (contact or "").strip() or None

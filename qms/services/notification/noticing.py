"""What happened to appointments becomes messages to those who take part, in the same transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from qms.domain.appointment import Appointment
from qms.domain.contact import is_email, normal
from qms.domain.message import Message
from qms.domain.network import Network
from qms.domain.participant import Party
from qms.services.notification.occasions import AFTERWARDS, Occasion, Source, sources
from qms.services.notification.phones import e164
from qms.store import messages
from qms.store.messages import Reached
from qms.store.tx import Tx

PROVED = "proved"
"""Under this name an appointment's data has the contact, in its normal form, that whoever made it has proved his."""


def notice(tx: Tx, occasions: Iterable[Occasion]) -> int:
    """Put down a message for everybody who is to be told; one that is there already is not put down again."""
    wanted = [(one, list(sources(tx.network(one.appointment.account_id), one))) for one in occasions]
    wanted = [(one, found) for one, found in wanted if found]
    if not wanted:
        return 0
    there = messages.parties(tx, [one.appointment.id for one, _ in wanted])
    new = [m for one, found in wanted for m in _messages(tx, one, found, there.get(one.appointment.id, {}))]
    if new:
        messages.add(tx, new)
        tx.tell("outbox")
    return len(new)


def _messages(tx: Tx, one: Occasion, found: Sequence[Source], there: Mapping[Party, Reached]) -> Iterator[Message]:
    network = tx.network(one.appointment.account_id)
    for party in one.parties(tuple(there)):
        reached = _reached(tx, network, party, there)
        for source in found:
            contact = (reached.email if source.channel == "EMAIL" else reached.phone) or ""
            if contact.strip() and source.concerns(party) and _may_be_written(one.appointment, source, party, contact):
                yield _message(tx, network, one, source, party, contact.strip())


def _may_be_written(it: Appointment, source: Source, party: Party, contact: str) -> bool:
    """Whether somebody may be written to there: what a stranger wants, or says of himself, goes where he proved it."""
    proved = it.data.get(PROVED)
    his = source.name.startswith("own:") or party.id == it.customer_id
    return proved is None or not his or normal(contact) == proved


def _reached(tx: Tx, network: Network, party: Party, there: Mapping[Party, Reached]) -> Reached:
    """How somebody can be written to: agents by e-mail only, whoever has gone as he could be before."""
    if party.kind == "AGENT":
        agent = network.agents.get(party.id)
        return Reached(email=agent.email if agent is not None else None)
    return there.get(party) or messages.customers(tx, [party.id]).get(party.id, Reached())


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
        locale=_locale(network, it, source, party),
        data={"party": list(party), "source": source.name, **_removed(one)},
        appointment_id=it.id,
        version=it.token_generation,
        occasion=one.name,
        state="pending" if good else "dead",
        last_error=None if good else "bad_recipient",
        until=one.until or tx.now + AFTERWARDS,
    )


def _locale(network: Network, it: Appointment, source: Source, party: Party) -> str | None:
    """The appointment's language; of our own words to an agent the account's, who may not speak the visitor's."""
    ours = next(iter(network.account.languages), None)
    return ours if source.name == "ours" and party.kind == "AGENT" else it.locale or ours


def _removed(one: Occasion) -> dict[str, bool]:
    return {"removed": True} if one.what == "participant_removed" else {}

"""The shapes of people and places in the desk's JSON."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

import msgspec
from msgspec import Struct

from qms.domain.network import Agent, Branch, Network, Poc, Queue
from qms.domain.options import Options
from qms.domain.ticket import Ticket
from qms.services.desk_view import Visit
from qms.services.rooms import room_url


class AgentShape(Struct, kw_only=True):
    id: str
    name: str
    role: str

    @classmethod
    def of(cls, agent: Agent) -> "AgentShape":
        return cls(id=agent.public_id, name=agent.name, role=agent.role)


class Named(Struct, kw_only=True):
    """A branch or a queue."""

    id: str
    key: str
    name: str
    label: str

    @classmethod
    def of(cls, thing: Branch | Queue | None) -> "Named | None":
        if thing is None:
            return None
        label = thing.label if isinstance(thing, Branch) else thing.name
        return cls(id=thing.public_id, key=thing.key, name=thing.name, label=label)


class PocShape(Struct, kw_only=True):
    id: str
    key: str
    label: str

    @classmethod
    def of(cls, poc: Poc | None) -> "PocShape | None":
        return None if poc is None else cls(id=poc.public_id, key=poc.key, label=poc.label)


class Answer(Struct, kw_only=True):
    """What the visitor said in a field of the form."""

    name: str
    label: str
    type: str
    value: Any
    options: Any


class OwnName(Struct, kw_only=True):
    """What the account calls something; `translations` are that in other languages, `written_in` is its first one."""

    name: str
    translations: Mapping[str, str]
    written_in: str | None

    @classmethod
    def of(cls, name: str, network: Network, **more: str) -> Self:
        texts = network.own_texts
        known = {tag: said[name] for tag, said in texts.translations.items() if name in said}
        return cls(name=name, translations=known, written_in=texts.written_in, **more)


def absences(network: Network) -> list[OwnName]:
    """Why agents may say that they are away; nothing where the account has no words of its own."""
    return [OwnName.of(name, network) for name in network.account.absences]


class OutcomeShape(OwnName, kw_only=True):
    """What may come of a visit."""

    key: str

    @classmethod
    def chosen(cls, ticket: Ticket, network: Network) -> "OutcomeShape | None":
        """The one that a ticket had; by its key where the queue has it no more."""
        if ticket.outcome is None:
            return None
        queue = network.queues.get(ticket.queue_id)
        known = queue.outcomes if queue is not None else {}
        return cls.of(known.get(ticket.outcome, ticket.outcome), network, key=ticket.outcome)


class TicketShape(Struct, kw_only=True):
    """A person. At a desk `poc`, `called_at` and `serving_since` say where and since when; `call` is on the screens.

    `room_url` is where the agent meets somebody whom he serves by video. `integration_data` is null unless the
    account's `integration_data_at_desk` shows it. `note` and `outcome` are what was noted of the visit, `outcomes`
    what may come of it.
    """

    id: str
    number: str
    state: str
    branch: Named | None
    queue: Named | None
    poc: PocShape | None
    called_at: datetime | None
    serving_since: datetime | None
    customer: Mapping[str, Any] | None
    appointment: Mapping[str, Any] | None
    created_at: datetime
    place: str
    language: str | None
    ticket_class: str | None = msgspec.field(name="class")
    recall: int
    call: int | None
    form: list[Answer]
    integration_data: Any
    room_url: str | None
    note: str | None
    outcome: OutcomeShape | None
    outcomes: list[OutcomeShape]

    @classmethod
    def of(cls, visit: Visit, network: Network) -> "TicketShape":
        ticket = visit.ticket
        queue = network.queues.get(ticket.queue_id)
        return cls(
            id=ticket.id,
            number=ticket.number,
            state=ticket.state,
            branch=Named.of(network.branches.get(ticket.branch_id or "")),
            queue=Named.of(queue),
            poc=PocShape.of(network.pocs.get(ticket.poc_id or "")),
            called_at=ticket.called_at,
            serving_since=ticket.serving_since,
            customer=customer(visit),
            appointment=visit.appointment,
            created_at=ticket.enqueued_at,
            place=ticket.place,
            language=ticket.language,
            ticket_class=ticket.ticket_class,
            recall=ticket.recall,
            call=visit.call,
            form=[_answer(field) for field in visit.form],
            integration_data=_sent_along(ticket, network),
            room_url=_room(ticket, network),
            note=ticket.note,
            outcome=OutcomeShape.chosen(ticket, network),
            outcomes=_outcomes(queue, network) if queue is not None else [],
        )


def _outcomes(queue: Queue, network: Network) -> list[OutcomeShape]:
    return [OutcomeShape.of(name, network, key=key) for key, name in queue.outcomes.items()]


def customer(visit: Visit) -> Mapping[str, Any] | None:
    """Who it is, as far as we were told: what came with the ticket, with a name; else the name from the form."""
    known = dict(visit.ticket.customer or {})
    said = {field["name"]: field.get("value") for field in visit.form if field.get("name") in ("firstname", "lastname")}
    parts = [known.get("firstname") or said.get("firstname"), known.get("lastname") or said.get("lastname")]
    name = known.get("name") or " ".join(str(part) for part in parts if part)
    return {**known, "name": name} if known or name else None


def _sent_along(ticket: Ticket, network: Network) -> msgspec.Raw | None:
    said = ticket.integration_data
    if said is None or not Options(network.account.options).flag("integration_data_at_desk"):
        return None
    return msgspec.Raw(said.encode())


def _room(ticket: Ticket, network: Network) -> str | None:
    queue, agent = network.queues.get(ticket.queue_id), network.agents.get(ticket.agent_id or "")
    if ticket.place != "remote" and (queue is None or queue.mode != "booth"):
        return None
    return room_url(network, ticket, role="agent", name=agent.firstname if agent is not None else "")


def _answer(field: Mapping[str, Any]) -> Answer:
    return Answer(
        name=field.get("name", ""),
        label=field.get("label", ""),
        type=field.get("type", ""),
        value=field.get("value"),
        options=field.get("options", []),
    )

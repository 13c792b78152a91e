"""Rooms: where agent and visitor meet by video. Who carries it is not ours; we fill in the address."""

import hashlib
import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote, urlsplit

from qms.domain.appointment import Appointment
from qms.domain.network import Network
from qms.domain.ticket import Ticket
from qms.store.columns import micros

_FIELD = re.compile(r"\{(\w+)\}")


def room_url(network: Network, ticket: Ticket, *, role: Literal["agent", "visitor"], name: str = "") -> str | None:
    """The address of the room in which a ticket is being served, for one who enters it; None where there is none.

    The account's template names, in braces: `room` (secret, another one for every service), `account`, `branch`,
    `queue`, `poc`, `agent` (keys), `ticket` (the id), `number`, `language`, `name` and `role` (of the reader).
    """
    template = network.account.room_url
    if template is None or ticket.state != "serving" or ticket.serving_since is None:
        return None
    url = filled(template, {**_said(network, ticket), "name": name, "role": role})
    return url if urlsplit(url).scheme in ("http", "https") else None


def meeting_url(network: Network, appointment: Appointment, code: str) -> str | None:
    """The address of an appointment's meeting at the provider that the account uses; None where it uses none.

    The account's template names, in braces: `room` (secret), `account`, `branch`, `queue`, `agent` (keys),
    `appointment` (the id), `language`.
    """
    template = network.account.meeting_url
    if template is None:
        return None
    branch, queue = network.branches.get(appointment.branch_id or ""), network.queues.get(appointment.queue_id or "")
    agent = network.agents.get(appointment.agent_id or "")
    said = {
        "room": hashlib.sha256(f"meeting\0{appointment.id}\0{code}".encode()).hexdigest()[:32],
        "account": network.account.slug,
        "branch": branch.key if branch else "",
        "queue": queue.key if queue else "",
        "agent": agent.key if agent else "",
        "appointment": appointment.id,
        "language": appointment.locale or "",
    }
    url = filled(template, said)
    return url if urlsplit(url).scheme in ("http", "https") else None


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template with its names replaced by values, each encoded so that it stays inside its part of the address."""
    return _FIELD.sub(lambda match: quote(values.get(match[1], ""), safe=""), template)


def room(ticket: Ticket) -> str:
    """The secret name of the room of a ticket's present service: nobody can guess it, and it is never used again."""
    since = micros(ticket.serving_since) if ticket.serving_since is not None else 0
    return hashlib.sha256(f"room\0{ticket.link}\0{since}".encode()).hexdigest()[:32]


def visitor_name(ticket: Ticket) -> str:
    """What a visitor is called in a room: the first name where we know it, else the number."""
    name = (ticket.customer or {}).get("firstname")
    return name if isinstance(name, str) and name else ticket.number


def _said(network: Network, ticket: Ticket) -> Mapping[str, str]:
    branch, queue = network.branches.get(ticket.branch_id or ""), network.queues.get(ticket.queue_id)
    poc, agent = network.pocs.get(ticket.poc_id or ""), network.agents.get(ticket.agent_id or "")
    return {
        "room": room(ticket),
        "account": network.account.slug,
        "branch": branch.key if branch else "",
        "queue": queue.key if queue else "",
        "poc": poc.key if poc else "",
        "agent": agent.key if agent else "",
        "ticket": ticket.id,
        "number": ticket.number,
        "language": ticket.language or "",
    }

"""Check-in: somebody with an appointment is there, and gets a ticket in the queue that everybody waits in.

At a kiosk by the code of the confirmation, its QR or the link to join; at a desk by whoever works there; and from afar
by the link to join, for a meeting by video.
"""

from dataclasses import replace

from acd.engine import appointment_key
from qms.domain.appointment import Appointment
from qms.domain.errors import CheckedInElsewhere, Conflict, Gone, NotFound
from qms.domain.network import Agent, Branch, Network, Queue
from qms.domain.slots import Rules
from qms.domain.ticket import LIVE, Place, Ticket
from qms.services import devices
from qms.services.admission import TakeTicket
from qms.services.booking import tokens
from qms.services.booking.finding import found
from qms.services.booking.told import appointment_event
from qms.services.check_in_codes import code_in, coded, meant
from qms.services.check_in_times import (
    HERE,
    MAY_CHECK_IN,
    coming,
    counter_of,
    joining,
    on_its_day,
    rules_for,
)
from qms.services.intake import take_ticket
from qms.services.kiosk_tickets import Taken, placed
from qms.store import appointments, tickets, times
from qms.store.tx import Tx


def check_in(tx: Tx, *, token: str, code: str, language: str | None = None, secret: bytes | None = None) -> Taken:
    """Turn an appointment into a ticket at a kiosk, all day long; asked again, the same one.

    `code` is the short code, an address that ends with it (the QR of the confirmation), or the link to join.

    Raises:
        NotFound: no kiosk has this token, or no appointment at its branch this code.
        Conflict: the appointment is for another day, or over. CheckedInElsewhere: he is in line at another branch,
        where he is called. BranchClosed, NoAgentAvailable: as for any ticket.
    """
    network, branch, kiosk = devices.kiosk(tx, token=token)
    booked = meant(tx, network, branch, code, secret)
    spoken = language or booked.locale or next(iter(kiosk.languages), None)
    ticket = _arrive(tx, network, booked, branch, language=spoken)
    if ticket.branch_id not in (None, branch.id):
        there = network.branches.get(ticket.branch_id or "")
        raise CheckedInElsewhere(there.label if there is not None else "")
    return placed(tx, ticket)


def check_in_at_desk(tx: Tx, *, account: str, agent: str, code: str, branch: str | None = None) -> Ticket:
    """Check somebody in who says it at a desk: by the appointment's code or id; also while the branch is closed.

    Raises:
        NotFound: no such appointment, or it is given at another branch. Conflict: it is for another day, or over.
    """
    network = tx.network(account)
    network.agents.find(agent)
    place = network.branches.find(branch) if branch is not None else None
    booked = coded(tx, network, place, code_in(code)) or found(tx, account, code.strip())
    place = network.branches.get(booked.branch_id or "") or place
    if place is None:
        raise NotFound("branch", "")
    return _arrive(tx, network, booked, place, language=booked.locale, source="desk")


def join(tx: Tx, *, token: tokens.AppointmentToken, language: str | None = None) -> Ticket:
    """Come to an appointment from afar by its link; the ticket waits for an agent only. Asked again, the same one.

    Raises:
        Gone: the link is dead, or it is too late. Conflict: it is too early.
        NotFound: the appointment is for no queue.
    """
    booked = tokens.opened(tx, token=token)
    network = tx.network(booked.account_id)
    first, last = joining(network, booked)
    if booked.state not in HERE and tx.now < first:
        raise Conflict("appointment", "too early")
    if booked.state not in HERE and tx.now > last:
        raise Gone("appointment", "over")
    return _arrive(tx, network, booked, None, language=language or booked.locale, place="remote")


def come(tx: Tx, *, token: tokens.AppointmentToken, language: str | None = None) -> Ticket:
    """Check in by the link oneself: for an appointment at a counter there, all day long; for any other as `join`.

    Raises:
        Gone, Conflict, NotFound: as for `join`. BranchClosed: the branch is not open.
    """
    booked = tokens.opened(tx, token=token)
    network = tx.network(booked.account_id)
    branch = counter_of(network, booked)
    if branch is None:
        return join(tx, token=token, language=language)
    return _arrive(tx, network, booked, branch, language=language or booked.locale)


def enter(tx: Tx, *, appointment: str, language: str | None = None) -> Ticket:
    """Come to an appointment through its waiting room, when it is time; asked again, the same ticket.

    Raises:
        Conflict: it is too early, or over. NotFound: it is for no queue. BranchClosed: the branch is not open.
    """
    booked = appointments.get(tx, appointment)
    if booked is None:
        raise NotFound("appointment", appointment)
    network = tx.network(booked.account_id)
    opens, ends = coming(network, booked)
    if not opens <= tx.now < ends:
        raise Conflict("appointment", "too early" if tx.now < opens else "over")
    branch, spoken = counter_of(network, booked), language or booked.locale
    if branch is not None:
        return _arrive(tx, network, booked, branch, language=spoken)
    return _arrive(tx, network, booked, None, language=spoken, place="remote")


def _arrive(
    tx: Tx,
    network: Network,
    booked: Appointment,
    branch: Branch | None,
    *,
    language: str | None,
    place: Place = "onsite",
    source: str = "appointment",
) -> Ticket:
    """The ticket of an appointment whose visitor is there: the one he has, or a new one."""
    queue, rules = _queue(network, booked, branch), rules_for(network, booked)
    tx.hold(queue.domain_id)
    ticket = tickets.get(tx, booked.ticket_id) if booked.ticket_id is not None else None
    if ticket is not None and (ticket.state in LIVE or booked.state != "no_show"):
        return ticket
    entered = booked.state == "active" and ticket is None  # its room was opened, and nobody is in line for it yet
    if booked.state not in MAY_CHECK_IN and not entered:
        raise Conflict("appointment", booked.state)
    if branch is not None and not on_its_day(tx, booked, branch, rules):
        raise Conflict("appointment", "another day")
    walk_in = TakeTicket(
        account=network.account.id,
        branch=branch.id if branch else None,
        queue=queue.id,
        source=source,
        language=language,
        place=place,
        open_only=source != "desk",
    )
    taken = take_ticket(tx, _in_his_turn(tx, network, booked, rules, walk_in))
    arrived = booked.changed(tx.now, ticket_id=taken.id) if entered else booked.check_in(tx.now, ticket=taken.id)
    after = appointments.save(tx, booked, arrived)
    appointment_event(tx, "checked_in", after, ticket=taken.id, came_after_all=booked.state == "no_show")
    return taken


def _in_his_turn(tx: Tx, network: Network, booked: Appointment, rules: Rules, walk_in: TakeTicket) -> TakeTicket:
    """The same place as whoever is booked takes it: where in the line, for whom, and from whom."""
    key, eligible_from = appointment_key(booked.starts_at, tx.now, rules.credit, rules.grace, rules.early)
    return replace(
        walk_in,
        customer=_customer(tx, booked),
        customer_id=booked.customer_id,
        appointment=booked.id,
        preferred_agent=_agent(tx, network, booked),
        key=key,
        eligible_from=eligible_from,
    )


def _queue(network: Network, booked: Appointment, branch: Branch | None) -> Queue:
    service = network.services.get(booked.service_id or "")
    queue = network.queues.get(booked.queue_id or (service.queue_id if service is not None else ""))
    if queue is None or (branch is not None and branch.id not in queue.branch_ids):
        raise NotFound("appointment", "code")
    return queue


def _agent(tx: Tx, network: Network, booked: Appointment) -> str | None:
    """The agent whose time is taken, if it is one."""
    agents: list[Agent | None] = [network.agents.get(time.agent_id) for time in times.times_of(tx, booked.id)]
    return agents[0].id if len(agents) == 1 and agents[0] is not None else None


def _customer(tx: Tx, booked: Appointment) -> dict[str, str] | None:
    customer = appointments.get_customer(tx, booked.customer_id) if booked.customer_id is not None else None
    return (customer.known() or None) if customer is not None else None

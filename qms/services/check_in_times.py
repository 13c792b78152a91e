"""When and where somebody may check in for an appointment."""

from datetime import date, datetime, timedelta

from qms.domain.appointment import Appointment
from qms.domain.network import Branch, Network
from qms.domain.options import Options
from qms.domain.slots import Rules, first_instant
from qms.domain.zones import wall_time, zone
from qms.services.booking.bookables import rules_of
from qms.store.tx import Tx

MAY_CHECK_IN = ("scheduled", "confirmed", "no_show")
"""Whoever was marked as a no-show and comes after all is a walk-in, by being late."""

HERE = ("checked_in", "active")
"""States of somebody who has come, and has a ticket as a rule: his link leads to it at any time."""

LASTING = (*MAY_CHECK_IN, *HERE)
"""States in which a code or link still leads to a ticket."""


def counter_of(network: Network, booked: Appointment) -> Branch | None:
    """The branch to whose counter one has to come; None: it can be joined from afar, by video."""
    branch, queue = network.branches.get(booked.branch_id or ""), network.queues.get(booked.queue_id or "")
    return branch if branch is not None and queue is not None and queue.mode == "counter" else None


def has_line(network: Network, booked: Appointment) -> bool:
    """Whether there is a queue in which one waits for it."""
    service = network.services.get(booked.service_id or "")
    return (booked.queue_id or (service.queue_id if service is not None else "")) in network.queues


def joining(network: Network, booked: Appointment) -> tuple[datetime, datetime]:
    """From when until when a meeting may be joined, as the account's options say: [first, last]."""
    options = Options(network.account.options)
    early, late = options.number("join_before_minutes"), options.number("join_after_minutes")
    return booked.starts_at - timedelta(minutes=early), booked.ends_at + timedelta(minutes=late)


def coming(network: Network, booked: Appointment) -> tuple[datetime, datetime]:
    """From when until when one may check in by the link: [first, last)."""
    branch, rules = counter_of(network, booked), rules_for(network, booked)
    if branch is None:
        first, last = joining(network, booked)
        return first, last + timedelta(microseconds=1)
    where, day = zone(branch.timezone), _day(branch, booked)
    morning, night = first_instant(day, where), first_instant(day + timedelta(days=1), where)
    late = max(booked.ends_at, booked.starts_at + rules.grace)
    return min(morning, booked.starts_at - rules.early), max(night, late)


def rules_for(network: Network, booked: Appointment) -> Rules:
    """The rules of its service; those of the network file for an appointment that is of none."""
    service = network.services.get(booked.service_id or "")
    return rules_of(network, service) if service is not None else Rules()


def on_its_day(tx: Tx, booked: Appointment, branch: Branch, rules: Rules) -> bool:
    """Whether one may check in now: on the appointment's date at the branch, or from its early minutes to its end."""
    return _day(branch, booked) == wall_time(tx.now, zone(branch.timezone)).date() or (
        booked.starts_at - rules.early <= tx.now < max(booked.ends_at, booked.starts_at + rules.grace)
    )


def _day(branch: Branch, booked: Appointment) -> date:
    return wall_time(booked.starts_at, zone(branch.timezone)).date()

"""Mutants: the house with one thing wrong in it, as a careless change might leave it. The rules have to notice each."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

from qms.domain.ticket import Ticket
from qms.services import distribution, events, idempotency, intake, lines, offering, opening, serving, timers, transfer
from qms.services.booking import following
from qms.store import calls, outbox, sessions, tickets
from qms.store.schema.outbox import idempotency as kept_answers

EPOCH, FAR = datetime(2026, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
Mutation = Callable[[], AbstractContextManager[Any]]

as_waiting, ticket_event = lines.as_waiting, events.ticket_event
count_on, deliveries, get_offer, session_due = tickets.count_on, outbox._deliveries, sessions.get_offer, timers._session
once, requeue, move, undo_finish = idempotency.once, Ticket.requeue, Ticket.move, Ticket.undo_finish


def _waiting(**changes: Callable[[Any], Any]) -> AbstractContextManager[Any]:
    """The distributor sees something else of those who wait."""

    def changed(*given: Any, **more: Any) -> Any:
        seen = as_waiting(*given, **more)
        return replace(seen, **{name: change(seen) for name, change in changes.items()})

    return patch.object(lines, "as_waiting", changed)


def matching_ignores_skills() -> AbstractContextManager[Any]:
    return _waiting(level_rings=lambda _: ())


def declined_tickets_come_back_at_once() -> AbstractContextManager[Any]:
    return _waiting(cooldowns=lambda _: {})


def nobody_is_held_for_the_preferred_agent() -> AbstractContextManager[Any]:
    return _waiting(preferred_until=lambda _: None)


def the_last_goes_first() -> AbstractContextManager[Any]:
    return _waiting(seq=lambda one: -one.seq, key=lambda one: FAR - (one.key - EPOCH))


def the_distributor_forgets_that_agents_are_taken() -> AbstractContextManager[Any]:
    return patch.object(distribution, "_open_to_more", list)


def occupied_booths_are_free() -> AbstractContextManager[Any]:
    return patch.object(sessions, "occupied_pocs", lambda tx, domain: frozenset())


def expired_offers_ring_on() -> AbstractContextManager[Any]:
    return patch.object(offering, "miss", lambda tx, offer: None)


def whom_nobody_answered_is_not_put_back() -> AbstractContextManager[Any]:
    return patch.object(offering, "_back_in_line", lambda tx, ticket, offer, cooldown=None: ticket)


def whom_nobody_answered_goes_to_the_end() -> AbstractContextManager[Any]:
    def later(ticket: Ticket, **changes: Any) -> Ticket:
        return replace(requeue(ticket, **changes), key=ticket.key + timedelta(minutes=5))

    return patch.object(Ticket, "requeue", later)


def late_answers_count() -> AbstractContextManager[Any]:
    def patient(tx: Any, id: str) -> Any:
        offer = get_offer(tx, id)
        return (offer and offer.deadline and replace(offer, deadline=offer.deadline + timedelta(hours=1))) or offer

    return patch.object(sessions, "get_offer", patient)


def numbers_are_not_counted() -> AbstractContextManager[Any]:
    return patch.object(tickets, "count_on", lambda tx, counter, by: count_on(tx, counter, 0) + by)


def numbers_have_gaps() -> AbstractContextManager[Any]:
    return patch.object(tickets, "count_on", lambda tx, counter, by: count_on(tx, counter, by + 1))


def numbers_begin_anew_at_midnight_in_greenwich() -> AbstractContextManager[Any]:
    return patch.object(intake, "zone", lambda name: UTC)


def closed_branches_give_numbers() -> AbstractContextManager[Any]:
    return patch.object(opening, "is_open", lambda network, branch, now: True)


def transfer_loses_the_ticket() -> AbstractContextManager[Any]:
    def lost(tx: Any, before: Ticket, after: Ticket) -> Ticket:
        return after

    return patch.object(transfer, "tickets", _Instead(tickets, save=lost))


def overflow_puts_people_last() -> AbstractContextManager[Any]:
    def moved(ticket: Ticket, **to: Any) -> Ticket:
        return replace(move(ticket, **to), key=ticket.key + timedelta(minutes=5))

    return patch.object(Ticket, "move", moved)


def undo_brings_back_another_state() -> AbstractContextManager[Any]:
    return patch.object(Ticket, "undo_finish", lambda ticket: replace(undo_finish(ticket), state="called"))


def wrap_ups_never_end() -> AbstractContextManager[Any]:
    def skipped(tx: Any, session: Any) -> None:
        if session.state != "wrap_up":
            session_due(tx, session)

    return patch.object(timers, "_session", skipped)


def nobody_is_escalated() -> AbstractContextManager[Any]:
    return patch.object(timers, "_escalate", lambda tx, network, domain: None)


def the_end_is_not_told() -> AbstractContextManager[Any]:
    def told(tx: Any, name: str, *given: Any, **more: Any) -> None:
        if name != "ticket.done":
            ticket_event(tx, name, *given, **more)

    return patch.object(serving, "ticket_event", told)


def webhooks_miss_new_tickets() -> AbstractContextManager[Any]:
    def some(tx: Any, n: int, event: Any) -> Any:
        return [] if event.name == "ticket.created" else deliveries(tx, n, event)

    return patch.object(outbox, "_deliveries", some)


def calls_are_not_announced() -> AbstractContextManager[Any]:
    def silent(tx: Any, ticket: Ticket) -> int:
        return 1

    return patch.object(calls, "announce", silent)


def idempotency_forgets() -> AbstractContextManager[Any]:
    def forgetful(tx: Any, *, scope: str, key: str, **more: Any) -> Any:
        tx.execute(kept_answers.delete())
        return once(tx, scope=scope, key=key, **more)

    return patch.object(idempotency, "once", forgetful)


def appointments_do_not_follow_their_tickets() -> AbstractContextManager[Any]:
    return patch.object(following, "follow", lambda tx, ticket: None)


class _Instead:
    """A module with something of it done otherwise."""

    def __init__(self, module: Any, **other: Any) -> None:
        self._module = module
        self.__dict__.update(other)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


MUTANTS: tuple[Mutation, ...] = (
    matching_ignores_skills,
    declined_tickets_come_back_at_once,
    nobody_is_held_for_the_preferred_agent,
    the_last_goes_first,
    the_distributor_forgets_that_agents_are_taken,
    occupied_booths_are_free,
    expired_offers_ring_on,
    whom_nobody_answered_is_not_put_back,
    whom_nobody_answered_goes_to_the_end,
    late_answers_count,
    numbers_are_not_counted,
    numbers_have_gaps,
    numbers_begin_anew_at_midnight_in_greenwich,
    closed_branches_give_numbers,
    transfer_loses_the_ticket,
    overflow_puts_people_last,
    undo_brings_back_another_state,
    wrap_ups_never_end,
    nobody_is_escalated,
    the_end_is_not_told,
    webhooks_miss_new_tickets,
    calls_are_not_announced,
    idempotency_forgets,
    appointments_do_not_follow_their_tickets,
)

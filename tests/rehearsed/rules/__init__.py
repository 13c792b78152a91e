"""The rules of a house: every invariant of the design, asked of what each statement and each transaction has done.

A rule yields a sentence for each breach. `moments` look at each version of a row as it was written, `endings` at what a
transaction has left behind. None of them asks the services: they read rows, and say once more what must be true.
"""

from collections.abc import Callable, Iterator

from tests.rehearsed.mirror import Version
from tests.rehearsed.rules import bookings, events, numbers, offers, sessions, tickets
from tests.rehearsed.sight import Sight

MOMENTS: dict[str, tuple[Callable[[Sight, Version], Iterator[str]], ...]] = {
    "ticket": (tickets.goes_on_by_the_rules, numbers.is_next),
    "offer": (offers.goes_on_by_the_rules, offers.is_allowed),
    "session": (sessions.goes_on_by_the_rules,),
    "appointment": (bookings.goes_on_by_the_rules,),
    "call": (events.calls_without_gaps,),
    "delivery": (events.arrives,),
}

ENDINGS: tuple[Callable[[Sight, list[Version]], Iterator[str]], ...] = (
    tickets.moves_are_told,
    offers.one_each,
    offers.nobody_is_passed_over,
    sessions.are_explained,
    numbers.agree_with_the_counter,
    events.are_sent,
    bookings.follow_their_tickets,
    bookings.take_no_time_twice,
)

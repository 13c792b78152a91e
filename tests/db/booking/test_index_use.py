"""What has happened long ago costs nothing: no statement of the calendar reads a table of history from end to end."""

import re

import pytest

from qms.services import overdue, passes
from qms.services.booking import availability, bookings, ending, holds, moving, offers, timers, turns
from qms.services.booking.offers import Wanted
from tests.db.booking.clinic import SANTIAGO, TUESDAY, on
from tests.db.marks import on_sqlite

pytestmark = on_sqlite  # its plans name what is scanned, however few rows there are

HISTORY = re.compile(
    r"SCAN (appointment|claim|ticket|offer|journal|reminder)"
    r"(?! USING (COVERING )?INDEX ix_\w+_(waiting|live|hold|deadline))"  # these hold nothing that is over
)


@pytest.fixture
def scans(clinic):
    """`scans(service, **arguments)`: the scans of such tables in a service's statements, which are then undone."""

    def scans(asked, /, **arguments):
        seen: list[str] = []

        def tried(tx):
            driver = tx.connection.connection.driver_connection
            driver.set_trace_callback(seen.append)
            try:
                asked(tx, **arguments)
            finally:
                driver.set_trace_callback(None)
            said = [text for text in seen if re.match(r"(?i)\s*(select|insert|update|delete|with)\b", text)]
            plans = [row[3] for text in said for row in driver.execute(f"EXPLAIN QUERY PLAN {text}")]
            return len(said), [plan for plan in plans if HISTORY.match(plan)]

        return clinic.store.write(tried, domain=clinic.domains)

    return scans


def test_nobody_who_looks_books_moves_or_cancels_reads_all_of_the_past(clinic, scans):
    booked = clinic.book("09:00", "any")
    day = {"service": "any", "day": TUESDAY, "where": SANTIAGO}

    found = {
        "days": scans(availability.days, account=clinic.account, **day),
        "starts": scans(availability.starts, account=clinic.account, **day),
        "page": scans(offers.offers, account=clinic.account, wanted=Wanted(service="any", day=TUESDAY)),
        "hold": scans(holds.hold, account=clinic.account, wish=clinic.wish("10:00", "any")),
        "book": scans(bookings.book, account=clinic.account, wish=clinic.wish("10:00", "any")),
        "move": scans(moving.move, account=clinic.account, appointment=booked.id, starts_at=on("11:00")),
        "cancel": scans(ending.cancel, account=clinic.account, appointment=booked.id),
    }

    assert {name: plans for name, (_, plans) in found.items() if plans} == {}
    assert all(asked for asked, _ in found.values())


@pytest.mark.parametrize("asked", [timers.due, turns.due, overdue.domains, passes.due_domains])
def test_no_timer_reads_a_whole_table(scans, asked):
    count, plans = scans(asked)

    assert (count > 0, plans) == (True, [])


def test_a_month_is_looked_through_by_a_few_statements_however_many_starts_it_has(clinic, scans):
    wanted = {"account": clinic.account, "service": "minute", "day": TUESDAY, "where": SANTIAGO}

    asked, _ = scans(availability.days, **wanted)

    assert asked <= 5

"""Joining from afar by the link: in time, and as early and late as the account says."""

import pytest

from qms.domain.errors import Conflict, Gone
from qms.services import check_in
from qms.services.booking import tokens
from tests.clock import MONDAY_NOON
from tests.db.booking.clinic import CLINIC
from tests.db.marks import on_sqlite

pytestmark = on_sqlite  # decisions in plain Python; the statements are tried on both databases elsewhere

SECRET = b"a secret of at least thirty-two bytes"


@pytest.fixture
def clinic(clinic, clock):
    """The clinic on Tuesday at a quarter to ten."""
    clock.move(hours=21, minutes=45)
    return clinic


def join(clinic, booked):
    """The link to join is followed."""
    token = tokens.read(tokens.issue(booked, "access", secret=SECRET), secret=SECRET, now=MONDAY_NOON)
    return clinic.store.write(check_in.join, domain=clinic.domains, token=token)


def test_one_joins_from_afar_in_time(clinic, clock):
    booked = clinic.book("11:00", "minute")
    with pytest.raises(Conflict, match="too early"):
        join(clinic, booked)
    clock.move(minutes=70)

    ticket = join(clinic, booked)

    assert (ticket.place, ticket.branch_id, ticket.appointment_id) == ("remote", None, booked.id)
    assert join(clinic, booked) == ticket
    clinic.cancel(booked)
    with pytest.raises(Gone):
        join(clinic, booked)


def test_one_joins_no_later_than_half_an_hour_after_the_end(clinic, clock):
    booked = clinic.book("10:00", "minute")
    clock.move(minutes=15 + 30 + 31)

    with pytest.raises(Gone):
        join(clinic, booked)


def test_an_account_says_how_early_and_how_late_one_joins(clinic, clock):
    options = "options = { join_before_minutes = 15, join_after_minutes = 31 }"
    clinic.apply(CLINIC.replace("[account]\n", f"[account]\n{options}\n", 1))
    early, late = clinic.book("10:00", "minute"), clinic.book("11:00", "minute")

    assert join(clinic, early).appointment_id == early.id
    with pytest.raises(Conflict, match="too early"):
        join(clinic, late)
    clock.move(minutes=15 + 60 + 30 + 31)
    assert join(clinic, late).appointment_id == late.id

"""Several at a time with one agent: appointments of one service overlap up to its capacity, and with nothing else."""

import pytest

from qms.domain.errors import Conflict


def test_so_many_fit_and_no_more(clinic):
    for _ in range(3):
        assert "10:00" in clinic.offered("class")
        clinic.book("10:00", "class")

    assert clinic.offered("class") == ["09:00", "11:00"]
    for start in ("09:30", "10:00", "10:30"):
        with pytest.raises(Conflict):
            clinic.book(start, "class")


def test_what_counts_is_how_many_are_there_at_once(clinic):
    for start in ("09:00", "09:30", "10:00", "10:30"):  # never more than two together
        clinic.book(start, "class")

    clinic.book("09:30", "class")  # three from 09:30 to 10:30

    assert clinic.offered("class") == ["10:30", "11:00"]


def test_other_services_of_the_agent_keep_away_and_are_kept_away(clinic):
    clinic.book("10:00", "class")
    clinic.book("11:30", "single")

    assert clinic.offered("single") == ["09:00", "09:15", "09:30", "11:00"]
    assert clinic.offered("class") == ["09:00", "09:30", "10:00", "10:30"]
    with pytest.raises(Conflict):
        clinic.book("10:30", "single")


def test_a_cancelled_place_is_free_again(clinic):
    booked = [clinic.book("10:00", "class") for _ in range(3)]

    clinic.cancel(booked[1])

    assert clinic.book("10:00", "class").state == "scheduled"

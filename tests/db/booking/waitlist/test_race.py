"""Many wait, many cancel, many pass by, on two processes at once: nobody is passed over, nothing is given twice."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from qms.domain.errors import Conflict, Gone, Refused
from qms.services.booking import waitlist
from qms.store.schema.booking import appointment
from qms.store.schema.waitlist import waitlist_entry
from tests.db.booking.clinic import CLINIC, Clinic, every, on
from tests.db.booking.waitlist.line import Line, filled

NAMES = ("ada", "bea", "cleo", "dora", "eva", "fay")


@pytest.fixture
def processes(open_store):
    """Two processes with the same full day, and six people in line for it."""
    lines = [Line(Clinic(open_store(writers=8), CLINIC)) for _ in range(2)]
    filled(lines[0].clinic)
    for name in NAMES:
        lines[0].joins(name)
    lines[1].links = lines[0].links
    return lines


def at_once(*deeds):
    """Do things at the same moment; what came of each."""
    start = threading.Barrier(len(deeds))

    def do(deed):
        start.wait(30)
        try:
            return deed()
        except (Refused, Conflict) as refused:
            return refused

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def entries(line):
    return {row.person["firstname"]: row for row in line.clinic.store.read(every, of=waitlist_entry)}


def live(line):
    """The starts that are taken or held, each as often as it is."""
    rows = line.clinic.store.read(every, of=appointment)
    return sorted(row.starts_at for row in rows if row.state in ("held", "scheduled"))


def test_four_cancellations_at_once_go_to_the_first_four_in_line(processes):
    here, there = processes
    booked = here.clinic.booked
    passing = [lambda: here.clinic.book("08:00", "early"), lambda: there.clinic.book("11:00", "early")]

    outcomes = at_once(
        lambda: here.clinic.cancel(booked[0]),
        lambda: there.clinic.cancel(booked[1]),
        lambda: here.clinic.cancel(booked[2]),
        lambda: there.clinic.cancel(booked[3]),
        *passing,
    )

    found = entries(here)
    assert [found[name].state for name in NAMES] == ["offered"] * 4 + ["waiting"] * 2
    assert len({found[name].offered_start for name in NAMES[:4]}) == 4
    assert all(isinstance(outcome, Conflict) for outcome in outcomes[4:])
    assert live(here) == [on(f"{hour:02}:00") for hour in (8, 9, 10, 11)]


def test_one_offer_is_taken_once_however_often_it_is_accepted(processes):
    here, there = processes
    here.clinic.cancel(here.clinic.booked[0])

    outcomes = at_once(*[lambda line=line: line.does(waitlist.accept, "ada") for line in (here, there) * 4])

    assert sum(isinstance(outcome, Gone) for outcome in outcomes) == 7
    assert entries(here)["ada"].state == "accepted"
    assert len(live(here)) == 4


def test_taking_and_leaving_at_once_has_one_outcome(processes):
    here, there = processes
    here.clinic.cancel(here.clinic.booked[0])

    at_once(lambda: here.does(waitlist.accept, "ada"), lambda: there.does(waitlist.leave, "ada"))

    found = entries(here)
    assert (found["ada"].state, found["bea"].state) in {("accepted", "waiting"), ("left", "offered")}
    assert len(live(here)) == 4


def test_the_same_person_joining_twice_at_once_stands_in_line_once(processes):
    here, there = processes

    outcomes = at_once(*[lambda line=line: line.joins("gil") for line in (here, there) * 3])

    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 5
    assert len(entries(here)) == 7


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_happens_offers_are_held_and_nobody_is_passed_over(processes, clock, seed):
    here, there = processes
    dice = random.Random(seed)

    def somebody(line):
        name = dice.choice(NAMES)
        return lambda: line.does(dice.choice([waitlist.accept, waitlist.decline, waitlist.leave]), name)

    def anybody(line):
        booked = line.clinic.appointments("scheduled")
        return lambda: line.clinic.cancel(dice.choice(booked)) if booked else None

    for _ in range(8):
        clock.move(minutes=dice.choice([1, 16]))
        deeds = [dice.choice([somebody, anybody])(line) for line in (here, there, here)]
        at_once(*deeds, there.clinic.run_timers, here.clinic.run_timers)
        here.clinic.run_timers()
        here.clinic.run_timers()

        found = entries(here).values()
        held = {row.id: row for row in here.clinic.store.read(every, of=appointment) if row.state == "held"}
        offered = {entry.appointment_id for entry in found if entry.state == "offered"}
        assert len(offered) == sum(entry.state == "offered" for entry in found)
        assert offered == held.keys()
        assert len(live(here)) == len(set(live(here)))
        free = here.clinic.offered("early")
        waiting = [entry for entry in found if entry.state == "waiting"]
        for entry in waiting:
            passed = {start[11:16] for start in entry.passed_up}
            assert {f"{int(start[:2]) + 3:02}{start[2:]}" for start in free} <= passed

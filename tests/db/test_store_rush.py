"""A rush: on SQLite the writer waits for those who are about to come again, and never for those who are not."""

import random
import time
from concurrent.futures import Future, wait

import pytest

from qms.domain.errors import DomainMoved
from qms.store import store as writing
from tests.db.notes import note, notes
from tests.db.waiting import PATIENCE, Gate, held_up, in_threads, refusals, submit

RUSH = 40


@pytest.fixture
def rushed(store):
    """A store whose last transaction served a rush."""
    with held_up(store):
        futures = [submit(store, note, name=f"rush {n}") for n in range(RUSH)]
    refusals(futures)
    while store._running:  # all are answered, and not yet counted
        time.sleep(0.001)
    return store


def test_a_rush_that_is_back_is_served_at_once(rushed, monkeypatch):
    monkeypatch.setattr(writing, "BACK_SECONDS", PATIENCE)

    futures = in_threads(lambda n: submit(rushed, note, name=f"again {n}"), RUSH)

    assert refusals(futures) == [None] * RUSH


def test_two_halves_of_a_rush_become_one(rushed, monkeypatch):
    monkeypatch.setattr(writing, "BACK_SECONDS", PATIENCE)
    groups = []
    run = rushed._transactions.run

    def counted(engine, commands):
        groups.append(len(commands))
        return run(engine, commands)

    monkeypatch.setattr(rushed._transactions, "run", counted)
    half = Gate()
    one = [submit(rushed, half), *(submit(rushed, note, name=f"one {n}") for n in range(RUSH - 1))]
    assert half.entered.wait(PATIENCE)
    other = [submit(rushed, note, name=f"other {n}") for n in range(RUSH)]
    half.open()
    told = refusals(one)
    again = [submit(rushed, note, name=f"one again {n}") for n in range(RUSH)]

    assert [*told, *refusals(other), *refusals(again)] == [None] * 3 * RUSH
    assert groups == [RUSH, 2 * RUSH] if rushed.engine.dialect.name == "sqlite" else sum(groups) == 3 * RUSH


def test_whoever_comes_alone_after_a_rush_is_served(rushed):
    assert submit(rushed, note, name="alone").result(PATIENCE) == "alone"


def test_who_come_one_by_one_after_a_rush_are_not_kept_until_they_are_as_many(rushed, monkeypatch):
    monkeypatch.setattr(writing, "BACK_SECONDS", 0.2 / RUSH)
    first = submit(rushed, note, name="first")
    others: list[Future[str]] = []

    while len(others) < RUSH and not wait([first], 0.025).done:
        others.append(submit(rushed, note, name=f"later {len(others)}"))

    assert len(others) < RUSH / 2
    assert refusals([first, *others]) == [None] * (1 + len(others))


def test_closing_does_not_wait_for_a_rush(rushed, monkeypatch):
    monkeypatch.setattr(writing, "BACK_SECONDS", PATIENCE)
    last = submit(rushed, note, name="last")
    wait([last], 0.05)  # on SQLite the writer waits for the others by now

    rushed.close()

    assert last.result(0) == "last"


def test_nothing_to_do_is_nothing_wrong(store):
    store.submit()

    assert store.write(note, name="a") == "a"


def test_nobody_is_forgotten_whenever_he_comes(store, monkeypatch):
    monkeypatch.setattr(writing, "CROWD", 3)

    moved = set()

    def moving(tx, *, name):
        if name not in moved:
            moved.add(name)
            raise DomainMoved("elsewhere")
        return note(tx, name=name)

    def many(thread):
        dice, asked = random.Random(thread), []
        for turn in range(30):
            names = [f"{thread}-{turn}-{n}" for n in range(dice.randrange(1, 6))]
            futures = [submit(store, dice.choice((note, note, moving)), name=name) for name in names]
            assert [future.result(PATIENCE) for future in futures] == names
            asked += names
        return asked

    asked = [name for names in in_threads(many, 6) for name in names]

    assert store.read(notes) == sorted(asked)

"""Answers kept by idempotency key: a repeated command changes nothing, and is answered as before."""

import threading

import pytest

from qms.domain.errors import Conflict, IdempotencyInFlight, IdempotencyMismatch
from qms.services.idempotency import Kept, once
from tests.db.marks import on_postgresql
from tests.db.notes import note, note_and_refuse, notes
from tests.db.waiting import PATIENCE, submit


def command(act=note, *, name="a", fingerprint="f", key="k"):
    """The arguments of one command."""
    return {
        "scope": "somebody POST /notes",
        "key": key,
        "fingerprint": fingerprint,
        "act": lambda tx: act(tx, name=name),
        "answer": lambda value: Kept(status=201, headers={"Content-Type": "text/plain"}, body=str(value)),
    }


def test_the_same_key_gives_the_same_answer_and_does_nothing_again(store):
    first = store.write(once, **command())

    again = store.write(once, **command(name="b"))

    assert first == again == Kept(status=201, headers={"Content-Type": "text/plain"}, body="a")
    assert store.read(notes) == ["a"]


def test_another_request_with_the_key_is_refused(store):
    store.write(once, **command())

    with pytest.raises(IdempotencyMismatch):
        store.write(once, **command(fingerprint="another"))


def test_a_refusal_is_not_kept(store):
    with pytest.raises(Conflict):
        store.write(once, **command(note_and_refuse))

    assert store.write(once, **command()).body == "a"


def test_a_key_is_forgotten_after_a_day(store, clock):
    store.write(once, **command())
    clock.move(hours=24)

    assert store.write(once, **command(name="b", fingerprint="another")).body == "b"


@on_postgresql
def test_two_processes_with_one_key_do_it_once(open_store):
    together = threading.Barrier(2)

    def meet(tx, *, name):
        together.wait(PATIENCE)
        return note(tx, name=name)

    futures = [submit(open_store(), once, **command(meet, name=name)) for name in ("a", "b")]
    outcomes = [future.exception(PATIENCE) or future.result() for future in futures]

    refused = [outcome for outcome in outcomes if isinstance(outcome, IdempotencyInFlight)]
    (given,) = [outcome for outcome in outcomes if isinstance(outcome, Kept)]
    assert len(refused) == 1
    assert open_store().read(notes) == [given.body]


@on_postgresql
def test_a_command_that_another_process_has_done_meanwhile_is_taken_back(open_store):
    here, there = open_store(), open_store()

    def overtaken(tx, *, name):
        submit(there, once, **command(name="b")).result(PATIENCE)
        return note(tx, name=name)

    late = submit(here, once, **command(overtaken, name="a"))

    assert isinstance(late.exception(PATIENCE), IdempotencyInFlight)
    assert here.read(notes) == ["b"]

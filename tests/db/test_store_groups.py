"""Group commit: commands that wait together share a transaction, and each still has an answer of its own."""

import threading
from types import SimpleNamespace

import pytest

from qms.domain.errors import Conflict, NotFound, Unavailable
from qms.domain.event import Event
from qms.store.command import TRACEPARENT
from tests.db.notes import events, note, note_and_refuse, notes
from tests.db.waiting import PATIENCE, held_up, in_threads, refusals, submit, submit_item


def test_every_thread_gets_its_own_answer(store):
    def many(thread):
        return [store.write(note, name=f"{thread}-{n}") for n in range(20)]

    answers = in_threads(many, 12)

    assert answers == [[f"{thread}-{n}" for n in range(20)] for thread in range(12)]
    assert len(store.read(notes)) == 240


def test_commands_that_wait_together_share_a_transaction(store):
    with held_up(store):
        futures = [submit(store, lambda tx: tx) for _ in range(20)]

    assert len({future.result(PATIENCE) for future in futures}) == 1


def test_they_run_in_the_order_they_came(store):
    order = []
    with held_up(store):
        for n in range(20):
            submit(store, lambda tx, n=n: order.append(n))
        last = submit(store, notes)

    last.result(PATIENCE)
    assert order == list(range(20))


def test_a_refused_command_leaves_the_others_untouched(store):
    told, deliver = [], store.on_commit

    def overhear(outcomes, topics):
        told.append(topics)
        deliver(outcomes, topics)

    store.on_commit = overhear
    with held_up(store):
        futures = [submit(store, note, name="a"), submit(store, note_and_refuse, name="b"),
                   submit(store, note, name="c")]  # fmt: skip

    errors = refusals(futures)

    assert [type(error) for error in errors] == [type(None), Conflict, type(None)]
    assert store.read(notes) == ["a", "c"]
    assert store.read(events) == ["a", "c"]
    assert told[-1] == {"note:a", "note:c"}


def test_a_command_that_breaks_leaves_the_others_untouched(store):
    def broken(tx):
        tx.raw("SELECT * FROM nowhere", {})

    with held_up(store):
        futures = [submit(store, note, name="a"), submit(store, broken), submit(store, note, name="c")]

    errors = refusals(futures)

    assert [error is None for error in errors] == [True, False, True]
    assert not isinstance(errors[1], Unavailable)
    assert store.read(notes) == ["a", "c"]


def test_a_command_whose_event_cannot_be_written_falls_alone(store):
    def unspeakable(tx):
        tx.emit(Event(name="note", at=tx.now, account_id="a", entity="b", data={"what": object()}))

    with held_up(store):
        futures = [submit(store, note, name="a"), submit(store, unspeakable), submit(store, note, name="c")]

    assert [type(error) for error in refusals(futures)] == [type(None), TypeError, type(None)]
    assert store.read(notes) == store.read(events) == ["a", "c"]


class Batches:
    """A batch service that remembers how it was called; a bad item breaks it, a refused one is refused."""

    def __init__(self):
        self.calls = []

    def __call__(self, tx, items):
        self.calls.append(list(items))
        for item in items:
            note(tx, name=item)
        if "bad" in items:
            raise ValueError("bad")
        return [NotFound("item", item) if item == "refused" else item.upper() for item in items]


def test_alike_items_share_one_call(store):
    service = Batches()
    with held_up(store):
        futures = [submit_item(store, service, item) for item in ("a", "refused", "c")]

    assert [future.exception(PATIENCE) or future.result() for future in futures[::2]] == ["A", "C"]
    assert isinstance(futures[1].exception(), NotFound)
    assert service.calls == [["a", "refused", "c"]]


def test_a_failed_batch_is_replayed_one_by_one(store):
    service = Batches()
    with held_up(store):
        futures = [submit_item(store, service, item) for item in ("a", "bad", "c")]

    assert [type(error) for error in refusals(futures)] == [type(None), ValueError, type(None)]
    assert service.calls == [["a", "bad", "c"], ["a"], ["bad"], ["c"]]
    assert store.read(notes) == store.read(events) == ["a", "c"]


def test_a_batch_service_called_as_a_whole_is_not_mixed_with_its_items(store):
    service = Batches()
    with held_up(store):
        item, whole = submit_item(store, service, "a"), submit(store, service, items=["b", "c"])

    assert item.result(PATIENCE) == "A"
    assert whole.result(PATIENCE) == ["B", "C"]


def test_an_answer_comes_after_the_commit(store):
    seen = []
    deliver = store.on_commit

    def look_first(outcomes, topics):
        seen.append(store.read(notes))
        deliver(outcomes, topics)

    store.on_commit = look_first

    store.write(note, name="a")

    assert seen == [["a"]]


def test_a_writer_survives_whoever_cannot_be_answered(store):
    deliver, broke = store.on_commit, threading.Event()

    def break_down(outcomes, topics):
        store.on_commit = deliver
        broke.set()
        raise RuntimeError

    store.on_commit = break_down
    submit(store, note, name="a")
    assert broke.wait(PATIENCE)

    answer = store.write(note, name="b")

    assert answer == "b"
    assert store.read(notes) == ["a", "b"]


def test_closing_finishes_what_was_submitted(store):
    with held_up(store):
        futures = [submit(store, note, name=str(n)) for n in range(5)]

    store.close()

    assert refusals(futures) == [None] * 5
    with pytest.raises(Unavailable):
        store.write(note, name="late")
    with pytest.raises(Unavailable):
        store.read_later(notes)


def test_an_error_reaches_only_the_thread_it_belongs_to(store):
    def act(n):
        try:
            return store.write(note if n % 3 else note_and_refuse, name=str(n))
        except Conflict as conflict:
            return conflict.what

    assert in_threads(act, 30) == [str(n) for n in range(30)]
    assert store.read(notes) == sorted(str(n) for n in range(30) if n % 3)


def test_what_a_batch_tells_goes_with_the_trace_of_whoever_asked_for_it(store):
    ran = []

    def service(tx, items):
        ran.append(tx)
        for item in (*items, "beside"):
            note(tx, name=item)
        return [SimpleNamespace(id=item) for item in items]

    with held_up(store):
        for item in ("a", "b", "c"):
            token = TRACEPARENT.set(None if item == "b" else f"of {item}")
            last = submit_item(store, service, item)
            TRACEPARENT.reset(token)

    last.result(PATIENCE)
    (tx,) = ran
    assert [event.entity for event in tx.events] == ["a", "b", "c", "beside"]
    assert tx.traceparents == ["of a", None, "of c", None]

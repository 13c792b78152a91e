"""Reading: in a snapshot, blocking nobody and blocked by nobody; what is not committed is not there."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from qms.bus.memory import MemoryBus
from qms.domain.errors import Conflict
from qms.store.aio import AsyncStore
from qms.store.schema.network import account, queue
from tests.db.house import House
from tests.db.marks import on_postgresql
from tests.db.networks import TWO_TOWNS
from tests.db.notes import note, note_and_refuse, notes
from tests.db.waiting import PATIENCE, Gate, held_up, submit


def test_nothing_is_seen_before_the_commit(store):
    gate = Gate()

    def note_and_wait(tx):
        note(tx, name="a")
        gate(tx)

    future = submit(store, note_and_wait)
    assert gate.entered.wait(PATIENCE)

    before = store.read(notes)
    gate.open()
    future.result(PATIENCE)

    assert before == []
    assert store.read(notes) == ["a"]


def test_a_long_read_sees_what_was_there_when_it_began_while_writes_go_on(store):
    gate, seen = Gate(), []

    def read_twice(tx):
        seen.append(notes(tx))
        gate(tx)
        seen.append(notes(tx))

    reading = threading.Thread(target=store.read, args=(read_twice,))
    reading.start()
    assert gate.entered.wait(PATIENCE)

    for name in "abc":
        store.write(note, name=name)
    gate.open()
    reading.join(PATIENCE)

    assert seen == [[], []]
    assert store.read(notes) == ["a", "b", "c"]


def test_readers_by_the_dozen_leave_the_writers_their_connections(store):
    gate, inside = Gate(), threading.Semaphore(0)

    def linger(tx):
        notes(tx)
        inside.release()
        gate(tx)

    with ThreadPoolExecutor(12) as pool:
        readers = [pool.submit(store.read, linger) for _ in range(12)]
        for _ in range(6):
            assert inside.acquire(timeout=PATIENCE)
        store.write(note, name="a")
        gate.open()

    assert [reader.exception() for reader in readers] == [None] * 12


def test_a_long_write_does_not_keep_readers_waiting(store):
    store.write(note, name="a")
    with held_up(store):
        assert store.read(notes) == ["a"]
        assert store.read_later(notes).result(PATIENCE) == ["a"]


def test_a_read_cannot_write(store):
    with pytest.raises(Exception, match=r"read-?only|attempt to write"):
        store.read(note, name="a")

    assert store.read(notes) == []


# -- networks --------------------------------------------------------------------------------------------------------


def names(tx, *, account):
    return [queue.name for queue in tx.network(account).queues.values()]


def rename(tx, *, account):
    tx.execute(sa.update(queue).where(queue.c.account_id == account).values(name="renamed"))
    tx.network_changed(account)
    return names(tx, account=account)


@pytest.fixture
def towns(store):
    return House(store, TWO_TOWNS).account


def test_a_network_is_read_once_per_version(store, towns):
    first, again = (store.read(lambda tx: tx.network(towns)) for _ in range(2))
    store.write(rename, account=towns)
    changed = store.read(lambda tx: tx.network(towns))

    assert again is first
    assert changed is not first
    assert changed.account.version == first.account.version + 1


def test_a_changed_network_is_seen_at_once_by_those_who_come_later_in_the_group(store, towns):
    store.read(names, account=towns)
    with held_up(store):
        before = submit(store, names, account=towns)
        submit(store, rename, account=towns)
        after = submit(store, names, account=towns)

    assert before.result(PATIENCE) == ["north-cash", "south-cash", "south-video"]
    assert after.result(PATIENCE) == ["renamed"] * 3


def test_a_network_that_was_changed_by_a_refused_command_is_forgotten(store, towns):
    def rename_and_refuse(tx):
        rename(tx, account=towns)
        raise Conflict("queue", "no")

    with held_up(store):
        refused = submit(store, rename_and_refuse)
        after = submit(store, names, account=towns)

    assert isinstance(refused.exception(PATIENCE), Conflict)
    assert after.result(PATIENCE) == store.read(names, account=towns) == ["north-cash", "south-cash", "south-video"]


def test_another_process_sees_a_changed_network(open_store, store, towns):
    other = open_store()
    before = other.read(names, account=towns)
    store.write(rename, account=towns)

    assert before == ["north-cash", "south-cash", "south-video"]
    assert other.read(names, account=towns) == other.write(names, account=towns) == ["renamed"] * 3


def test_a_network_that_a_dry_run_has_made_is_not_kept(store, towns):
    version = store.read(lambda tx: tx.network(towns).account.version)

    def half(tx):
        tx.execute(sa.update(account).where(account.c.id == towns).values(name="half"))
        tx._known.clear()
        assert tx.network(towns).account.version == version
        raise Conflict("account", "no")

    with pytest.raises(Conflict):
        store.write(half)

    assert store.read(lambda tx: tx.network(towns).account.name) == "towns"


# -- on an event loop ------------------------------------------------------------------------------------------------


@pytest.fixture
async def shell(store):
    return AsyncStore(store, MemoryBus())


async def test_answers_arrive_on_the_loop(shell):
    answers = await asyncio.gather(*(shell.write(note, name=str(n)) for n in range(50)))

    assert answers == [str(n) for n in range(50)]
    assert len(await shell.read(notes)) == 50


async def test_a_refusal_is_raised_where_it_is_awaited(shell):
    results = await asyncio.gather(
        shell.write(note, name="a"), shell.write(note_and_refuse, name="b"), return_exceptions=True
    )

    assert results[0] == "a"
    assert isinstance(results[1], Conflict)


async def test_whoever_is_woken_finds_what_was_committed(store):
    bus = MemoryBus()
    shell = AsyncStore(store, bus)
    with bus.listen("note:*") as listener:
        await shell.write(note, name="a")
        heard = await listener.wait(PATIENCE)

    assert set(heard) == {"note:a"}
    assert await shell.read(notes) == ["a"]


async def test_nobody_is_woken_by_what_was_refused(store):
    bus = MemoryBus()
    shell = AsyncStore(store, bus)
    with bus.listen("note:*") as listener:
        with pytest.raises(Conflict):
            await shell.write(note_and_refuse, name="a")
        await shell.write(note, name="b")
        heard = await listener.wait(PATIENCE)

    assert set(heard) == {"note:b"}


async def test_whoever_no_longer_waits_disturbs_nobody(shell, store):
    gate = Gate()
    held = submit(store, gate)
    waiting = asyncio.create_task(shell.write(note, name="a"))
    other = asyncio.create_task(shell.write(note, name="b"))
    await asyncio.sleep(0)
    waiting.cancel()
    gate.open()

    assert await other == "b"
    assert held.exception(PATIENCE) is None
    assert await shell.read(notes) == ["a", "b"]


async def test_nor_does_whoever_no_longer_waits_for_one_item_of_many(shell, store):
    def told(tx, items):
        return [note(tx, name=item) for item in items]

    gate = Gate()
    held = submit(store, gate)
    gone, patient, other = (shell.take(told, item) for item in ("a", "b", "c"))
    for waiting in (gone, asyncio.shield(patient)):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(waiting, 0.01)
    gate.open()

    assert [await patient, await other] == ["b", "c"]
    assert held.exception(PATIENCE) is None
    assert await shell.read(notes) == ["a", "b", "c"]


@on_postgresql
def test_whoever_reads_while_the_tests_move_their_clocks_is_not_left_behind(store, clock, monkeypatch):
    move_there = clock.move_there

    def now(tx):
        return tx.now

    def moved_under_a_reader(at):
        store.read(now)
        move_there(at)
        store.read(now)

    monkeypatch.setattr(clock, "move_there", moved_under_a_reader)

    clock.move(hours=22)

    assert store.read(now) == clock.at

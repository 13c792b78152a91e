"""Routing domains: locked in order, one transaction at a time, each with a stamp that never goes back."""

import random
import threading
from itertools import pairwise

import pytest

from qms.domain.errors import Unavailable
from qms.store.schema.network import account, routing_domain
from tests.db.marks import on_postgresql
from tests.db.notes import note, notes
from tests.db.waiting import PATIENCE, Gate, held_up, in_threads, submit

DOMAINS = ["a", "b", "c", "d"]


@pytest.fixture
def domains(store):
    """Four routing domains of one account."""

    def make(tx):
        row = {"id": "x", "slug": "x", "name": "x", "timezone": "UTC", "options": {}, "closures": [], "languages": []}
        tx.execute(account.insert(), row)
        tx.execute(routing_domain.insert(), [{"id": id, "account_id": "x"} for id in DOMAINS])

    store.write(make)
    return DOMAINS


def held(tx):
    return sorted(tx.domains)


def now(tx):
    return tx.now


# -- one at a time ---------------------------------------------------------------------------------------------------


def test_a_domain_has_one_transaction_at_a_time_whatever_process_it_comes_from(domains, open_store):
    stores, inside, most = [open_store(), open_store()], [0], [0]

    def enter(tx):
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        tx.raw("SELECT id FROM account WHERE id = :id", {"id": "x"})
        inside[0] -= 1

    in_threads(lambda n: [stores[n % 2].write(enter, domain="a") for _ in range(20)], 8)

    assert most[0] == 1


@on_postgresql
def test_domains_run_in_parallel(domains, store):
    meeting = threading.Barrier(2)

    def meet(tx):
        meeting.wait(PATIENCE)

    futures = [submit(store, meet, "a"), submit(store, meet, "b")]

    assert [future.exception(PATIENCE) for future in futures] == [None, None]


@on_postgresql
def test_a_domain_that_is_held_up_holds_up_no_other(domains, store):
    with held_up(store, "a"):
        assert store.write(held, domain="b") == ["b"]


@on_postgresql
def test_what_another_process_has_done_is_seen_once_the_lock_is_held(domains, open_store):
    one, other = open_store(), open_store()
    gate = Gate()

    def note_and_wait(tx):
        note(tx, name="first")
        gate(tx)

    first = submit(one, note_and_wait, "a")
    assert gate.entered.wait(PATIENCE)
    second = submit(other, notes, "a")
    gate.open()

    assert second.result(PATIENCE) == ["first"]
    first.result(PATIENCE)


# -- several domains -------------------------------------------------------------------------------------------------


def test_a_group_holds_all_that_its_commands_want(domains, store):
    with held_up(store, "a"):
        futures = [submit(store, held, wanted) for wanted in (["a", "c"], "a", ["d", "a"])]

    assert [future.result(PATIENCE) for future in futures] == [["a", "c", "d"]] * 3


def test_groups_that_want_the_same_domains_crosswise_do_not_wait_for_ever(domains, open_store):
    stores = [open_store(), open_store()]

    def many(n):
        chance = random.Random(n)
        for _ in range(15):
            futures = [
                submit(stores[n % 2], held, chance.sample(domains, chance.randint(1, 4)))
                for _ in range(chance.randint(1, 4))
            ]
            for future in futures:
                future.result(PATIENCE)

    in_threads(many, 8)


def test_a_domain_that_is_not_there_is_not_held(domains, store):
    assert store.write(held, domain=["a", "nowhere"]) == ["a"]


def test_a_command_follows_the_domain_it_needs(domains, store):
    seen = []

    def need_c(tx, *, name):
        seen.append(held(tx))
        note(tx, name=name)
        tx.hold("c")
        return name

    answer = store.write(need_c, domain="b", name="found")

    assert answer == "found"
    assert seen == [["b"], ["b", "c"]]
    assert store.read(notes) == ["found"]


def test_a_command_that_never_finds_its_domain_gives_up(domains, store):
    def need_what_is_not_there(tx):
        tx.hold("nowhere")

    with pytest.raises(Unavailable, match="keeps moving"):
        store.write(need_what_is_not_there, domain="a")


def test_a_command_that_followed_is_answered_even_while_the_store_closes(domains, store):
    def need_c(tx):
        tx.hold("c")
        return "found"

    with held_up(store, "b"):
        future = submit(store, need_c, "b")
        closing = threading.Thread(target=store.close)
        closing.start()

    closing.join(PATIENCE)
    assert future.result(PATIENCE) == "found"


# -- epochs and arrivals ---------------------------------------------------------------------------------------------


def test_an_epoch_grows_with_every_transaction(domains, open_store):
    stores = [open_store(), open_store()]

    epochs = [stores[n % 2].write(lambda tx: tx.epoch("a"), domain="a") for n in range(6)]

    assert epochs == [1, 2, 3, 4, 5, 6]


def test_arrivals_are_numbered_in_the_order_they_came(domains, open_store):
    def arrive(tx):
        return [tx.next_seq("a"), tx.next_seq("a")]

    store = open_store()
    with held_up(store, "a"):
        futures = [submit(store, arrive, wanted) for wanted in ("a", ["a", "b"], "a", ["c", "a"])]
    seqs = [seq for future in futures for seq in future.result(PATIENCE)]
    store.close()
    seqs += open_store().write(arrive, domain="a")

    assert seqs == sorted(set(seqs))
    assert len(seqs) == 10


# -- time ------------------------------------------------------------------------------------------------------------


def test_time_is_the_clock_s(domains, store, clock):
    clock.move(seconds=7)

    assert store.write(now, domain="a") == clock.at
    assert store.write(now) == clock.at


def test_time_is_stamped_once_the_lock_is_held(domains, open_store, clock):
    one, other = open_store(), open_store()
    with held_up(one, "a"):
        later = submit(other, now, "a")
        clock.move(seconds=3)

    assert later.result(PATIENCE) == clock.at


def test_time_stands_still_where_the_clock_is_set_back_a_little(domains, open_store, clock):
    before = open_store().write(now, domain="a")
    clock.move(minutes=-5)

    stamps = [open_store().write(now, domain="a"), open_store().write(now, domain=["b", "a"])]

    assert stamps == [before, before]
    assert open_store().write(now, domain="b") == before
    assert open_store().write(now, domain="c") == clock.at


def test_time_goes_on_once_the_clock_has_caught_up(domains, store, clock):
    store.write(now, domain="a")
    clock.move(minutes=-5)
    clock.move(minutes=5, seconds=1)

    assert store.write(now, domain="a") == clock.at


def test_a_clock_that_is_set_back_a_lot_is_believed(domains, store, clock):
    store.write(now, domain="a")
    clock.move(days=-400)

    assert store.write(now, domain="a") == clock.at


def test_time_never_goes_back_while_processes_with_unequal_clocks_work(domains, open_store, clock):
    stores = [open_store(), open_store(), open_store()]
    seen = []

    def work(n):
        chance = random.Random(n)
        for _ in range(15):
            if chance.random() < 0.3:
                clock.move(milliseconds=chance.randint(-900, 1000))
            stores[n % 3].write(lambda tx: seen.append((tx.epoch("a"), tx.now)), domain="a")

    in_threads(work, 6)

    assert all(earlier[1] <= later[1] for earlier, later in pairwise(sorted(seen)))
    assert len({epoch for epoch, _ in seen}) <= len(seen) == 90

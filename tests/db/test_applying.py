"""Applying a network file: the database becomes what it says, in one transaction, or stays as it was."""

import threading

import pytest
import sqlalchemy as sa

from qms.domain.errors import Conflict
from qms.domain.network_file import read_network
from qms.services.applying import DryRun, apply_network, written
from qms.store.schema import metadata
from qms.store.tx import Tx
from tests.bench.growth.country import country
from tests.db.house import House
from tests.db.networks import TWO_TOWNS, apply, other_acme, told, without
from tests.db.waiting import in_threads
from tests.unit.network.samples import ACME


def contents(store, *, but=()):
    """Everything in the database."""

    def dump(tx):
        tables = [table for table in metadata.sorted_tables if table.name not in ("routing_domain", *but)]
        return {table.name: sorted(map(repr, tx.execute(sa.select(table)))) for table in tables}

    return store.read(dump)


def test_the_first_run_adds_what_the_file_says_and_the_second_has_nothing_to_do(store):
    first = apply(store, ACME)
    before = contents(store)
    second = apply(store, ACME)

    assert {str(change).split()[0] for change in first.changes} == {"add"}
    assert {change.kind for change in first.changes} == {
        "account", "branch", "poc", "queue", "agent", "service", "form", "webhook", "screen", "kiosk", "application",
    }  # fmt: skip
    assert (second.changes, second.unmentioned) == ([], [])
    assert contents(store) == before


def test_what_has_changed_is_told_with_its_fields(store):
    apply(store, TWO_TOWNS)

    changed = TWO_TOWNS.replace('slug = "towns"', 'slug = "towns"\nname = "Two"')
    changed = changed.replace('prefix = "N"', 'prefix = "NN"\nwrap_up_seconds = 3')

    applied = apply(store, changed)

    assert told(applied) == ["change account towns (name)", "change queue north-cash (prefix, wrap_up_seconds)"]
    assert apply(store, changed).changes == []


def test_another_order_is_a_change_too(store):
    house = House(store, TWO_TOWNS)
    sven = '[[agent]]\nkey = "sven"\nqueues = ["south-cash", "south-video"]\n\n'

    applied = house.apply(TWO_TOWNS.replace(sven, "") + "\n" + sven)

    assert told(applied) == ["change agent susi (order)", "change agent sven (order)"]
    assert [agent.key for agent in house.network.agents.values()] == ["nora", "susi", "sven"]


def test_a_dry_run_says_the_same_and_changes_nothing(store):
    apply(store, TWO_TOWNS)
    before, version = contents(store), House(store, TWO_TOWNS).network.account.version
    changed = ACME.replace('slug = "acme"', 'slug = "towns"')

    with pytest.raises(DryRun) as dry:
        apply(store, changed, dry_run=True, prune=True)

    assert contents(store) == before
    assert House(store, TWO_TOWNS).network.account.version == version
    assert told(dry.value.applied) == told(apply(store, changed, prune=True))


def test_a_dry_run_shows_no_secret_that_will_never_be(store):
    with pytest.raises(DryRun) as dry:
        apply(store, ACME, dry_run=True)

    assert dry.value.applied.tokens == {"screen": {"lobby": "lobby-screen-secret"}, "kiosk": {"door": "kiosk-secret"}}
    assert dry.value.applied.secrets == {"webhook": {}}


def test_a_file_that_is_refused_leaves_nothing(store):
    apply(store, ACME)
    before = contents(store)
    with pytest.raises(Conflict, match="the token of door is in use by another kiosk"):
        apply(store, other_acme().replace("other-kiosk-secret", "kiosk-secret"))

    assert contents(store) == before


def test_a_change_reaches_every_process(open_store, store):
    house, other = House(store, TWO_TOWNS), open_store()
    seen = other.read(lambda tx: tx.network(house.account).queues.find("north-cash").prefix)
    house.apply(TWO_TOWNS.replace('prefix = "N"', 'prefix = "Q"'))

    assert seen == "N"
    assert other.read(lambda tx: tx.network(house.account).queues.find("north-cash").prefix) == "Q"


def test_two_who_apply_at_once_leave_one_account(open_store):
    stores = [open_store(), open_store()]
    together, file = threading.Barrier(2), read_network(TWO_TOWNS, "network.toml")

    def go(n):
        together.wait()
        try:  # no copy of what an earlier test has applied: two copies would meet in the middle
            return len(stores[n].write(apply_network, file=file, hashes={}).changes)
        except Conflict as conflict:
            return conflict

    in_threads(go, 2)

    assert apply(stores[0], TWO_TOWNS).changes == []
    assert len(House(stores[1], TWO_TOWNS).domains) == 2


def test_what_every_domain_holds_is_asked_for_even_if_nobody_thought_of_it(store):
    apply(store, TWO_TOWNS)
    file = read_network(TWO_TOWNS.replace('prefix = "N"', 'prefix = "Q"'), "network.toml")

    applied = store.write(apply_network, file=file, hashes={})

    assert told(applied) == ["change queue north-cash (prefix)"]


def test_what_the_file_leaves_out_stays_and_is_told(store):
    house = House(store, TWO_TOWNS)

    applied = house.apply(without(TWO_TOWNS, 'key = "susi"'))

    assert (applied.changes, applied.unmentioned) == ([], [("agent", "susi")])
    assert "susi" in [agent.key for agent in house.network.agents.values()]


def test_what_is_pruned_is_retired_and_comes_back_as_itself(store):
    house = House(store, TWO_TOWNS)
    before = house.network.agents.find("susi")

    pruned = house.apply(without(TWO_TOWNS, 'key = "susi"'), prune=True)
    without_him = [agent.key for agent in house.network.agents.values()]
    again = house.apply(without(TWO_TOWNS, 'key = "susi"'), prune=True)
    restored = house.apply(TWO_TOWNS)

    assert told(pruned) == ["retire agent susi"]
    assert without_him == ["nora", "sven"]
    assert again.changes == []
    assert told(restored) == ["restore agent susi"]
    assert house.network.agents.find("susi").id == before.id


def test_a_large_network_is_applied_by_no_more_statements_than_a_small_one(store, asked):
    small = asked("".join(country(2)))
    large = asked("".join(country(12)).replace('"country"', '"empire"').replace("-of-the-country", "-of-the-empire"))

    assert 0 < large <= small


def test_what_takes_several_statements_is_the_same(store, monkeypatch):
    text = "".join(country(4))
    monkeypatch.setattr(written, "AT_ONCE", 3)

    apply(store, text)
    monkeypatch.undo()

    assert apply(store, text).changes == []
    assert len({branch.domain_id for branch in House(store, text).network.branches.values()}) == 4


@pytest.fixture
def asked(store, monkeypatch):
    """`asked(text)`: how many statements it takes to apply a file."""
    seen = []

    def counted(whole):
        def count(tx, *args):
            seen.append(args)
            return whole(tx, *args)

        return count

    for name in ("execute", "raw", "insert_many"):
        monkeypatch.setattr(Tx, name, counted(getattr(Tx, name)))

    def asked(text):
        seen.clear()
        apply(store, text)
        return len(seen)

    return asked


def test_pruning_leaves_other_accounts_alone(store):
    apply(store, ACME)
    house = House(store, TWO_TOWNS)

    house.apply('[account]\nslug = "towns"\ntimezone = "America/Santiago"\n', prune=True)

    assert len(house.network.branches) == len(house.network.queues) == len(house.network.agents) == 0
    assert apply(store, ACME).changes == []

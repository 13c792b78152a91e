"""Rows that are written many at a time are those that were given, in their order, whatever they have in common."""

from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms.store import bare
from qms.store.schema.work import journal

NAMES = ("id", "account_id", "entity", "seq", "name", "at", "data")


def written(store, rows):
    """The rows as they are read back after they were written together."""

    def write(tx):
        tx.raw("DELETE FROM journal", {})
        tx.insert_many("journal", NAMES, rows)
        return [tuple(row) for row in tx.raw(f"SELECT {', '.join(NAMES)} FROM journal ORDER BY seq", {})]

    return store.write(write)


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9, 15, 63, 64, 255, 256, 257, 700])
def test_as_many_are_written_as_were_given(store, count):
    rows = [(f"{n:024x}", "a", f"e{n}", n, "noted", 7, "{}") for n in range(count)]

    assert written(store, rows) == rows


FEW = st.sampled_from(["", "0", "1", "noted", "Zoë", "'", "\N{SNOWMAN}"])


@given(st.lists(st.tuples(FEW, FEW, st.integers(-(2**62), 2**62), FEW), min_size=1, max_size=40))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_they_have_in_common_is_theirs_all_the_same(store, parts):
    rows = [(f"{n:024x}", a, e, n, name, at, "{}") for n, (a, e, at, name) in enumerate(parts)]

    assert written(store, rows) == rows


def test_rows_that_are_all_alike_are_as_many_rows(store):
    def write(tx):
        tx.raw("CREATE TEMPORARY TABLE mark (who TEXT, how TEXT)", {})
        tx.insert_many("mark", ("who", "how"), [("we", None)] * 20)
        return tx.raw("SELECT who, how, COUNT(*) FROM mark GROUP BY who, how", {})

    assert [tuple(row) for row in store.write(write)] == [("we", None, 20)]


def test_equal_values_that_are_two_things_in_json_stay_two_things():
    plan = bare.planned(journal, ("id", "data"))
    same = {"n": 1}
    values = [
        SimpleNamespace(id=str(n), data=data) for n, data in enumerate((same, same, {"n": True}, {"n": 1.0}, None))
    ]

    assert bare.columns(plan, values)[1] == ['{"n":1}', '{"n":1}', '{"n":true}', '{"n":1.0}', None]

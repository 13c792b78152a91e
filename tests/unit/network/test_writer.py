"""A network as plain tables: written so that it reads as it was, compared, its secrets kept, its fields known."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.domain.errors import Conflict
from qms.domain.network_file.difference import differences
from qms.domain.network_file.fields import fields_of
from qms.domain.network_file.kept import KEPT, restored
from qms.domain.network_file.writer import KINDS, SINGLE, write_network

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(TEXTS, inside, max_size=4),
    max_leaves=10,
)
TABLES = st.dictionaries(TEXTS, VALUES, max_size=5)


@settings(max_examples=60)
@given(account=TABLES, queues=st.lists(TABLES, min_size=1, max_size=3))
def test_whatever_is_written_reads_as_it_was(account, queues):
    document = {"account": account, "queue": queues}

    assert tomllib.loads(write_network(document)) == document


def test_a_difference_names_what_came_went_changed_and_moved():
    pocs = [{"key": "1", "label": "Box 1"}, {"key": "2", "label": "Box 2"}]
    before = {"account": {"slug": "a"}, "branch": [{"key": "x", "pocs": pocs}, {"key": "y"}], "queue": [{"key": "q"}]}
    moved = [{"key": "n"}, {"key": "y"}, {"key": "x", "pocs": [{**pocs[1], "label": "Box B"}]}]
    after = {"account": {"slug": "a", "name": "A"}, "branch": moved}

    found = differences(before, after)

    assert [(one.action, one.kind, one.key) for one in found] == [
        ("change", "account", ""),
        ("change", "branch", "x"),
        ("add", "branch", "n"),
        ("order", "branch", ""),
        ("retire", "queue", "q"),
    ]
    assert [(value.path, value.before, value.after) for value in found[1].values] == [
        (("pocs", "1", "key"), "1", None),
        (("pocs", "1", "label"), "Box 1", None),
        (("pocs", "2", "label"), "Box 2", "Box B"),
    ]
    assert differences(before, before) == []


def test_what_is_kept_comes_from_how_it_was_wherever_it_stands_now():
    before = {"providers": [{"channel": "SMS", "headers": {"A": "one"}}, {"channel": "FAX", "headers": {"A": "two"}}]}
    wanted = {"providers": [{"channel": "FAX", "headers": {"A": KEPT, "B": "new"}}], "from": "x"}

    assert restored(wanted, before, "account") == {
        "providers": [{"channel": "FAX", "headers": {"A": "two", "B": "new"}}],
        "from": "x",
    }
    with pytest.raises(Conflict, match="nothing is kept"):
        restored(wanted, {"providers": []}, "account")


def test_the_fields_of_a_kind_are_what_its_reader_asks_for():
    queue = {field.name: field for field in fields_of("queue")}
    webhook = {field.name for field in fields_of("webhook")}

    assert (queue["mode"].shape, queue["mode"].choices) == ("choice", ("booth", "counter"))
    assert (queue["ring_seconds"].least, queue["ring_seconds"].most, queue["ring_seconds"].default) == (1, 3600, 20)
    assert (queue["branches"].shape, queue["branches"].names) == ("references", "branch")
    assert [field.name for field in queue["overflow"].inside] == ["after_minutes", "queue", "branch"]
    assert {"url", "method", "body", "verify_tls", "secrets"} <= webhook
    assert all(fields_of(kind) for kind in (*SINGLE, *KINDS))

"""Answers to a form, field type by field type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.domain.answers import check_answers
from qms.domain.errors import FieldInvalid, UnknownField


def field(type="text", options=None, **properties):
    offered = [{"value": value, "label": value} for value in options or ()]
    return {"_id": "f", "type": type, "name": "f", "label": "F", "properties": properties, "options": offered}


def fault(value, **kind):
    """The rule and limit that a value breaks, or None."""
    try:
        check_answers([field(**kind)], [{"_id": "f", "value": value}])
    except FieldInvalid as broken:
        return broken.rule, broken.limit
    return None


@pytest.mark.parametrize(
    ("type", "value"),
    [
        ("text", "x"),
        ("textarea", "one\ntwo"),
        ("email", "eva@bank.example"),
        ("url", "https://bank.example/?a=b"),
        ("tel", "+56 (2) 2345-6789"),
        ("date", "2026-03-02"),
        ("date", "2026-03-02T10:00:00Z"),
        ("number", 7),
        ("number", 7.5),
        ("number", "-7.5"),
        ("number", 10**400),
        ("nps", 0),
        ("csat", 5),
        ("ces", 7),
        ("rate", 3),
        ("checkbox", True),
        ("checkbox", "on"),
        ("something new", "x"),
    ],
)
def test_a_value_of_its_fields_type_will_do(type, value):
    assert fault(value, type=type) is None


@pytest.mark.parametrize(
    ("type", "value"),
    [
        ("text", 7),
        ("text", ["x"]),
        ("text", {"a": 1}),
        ("text", "a\0b"),
        ("email", "eva@bank"),
        ("email", "eva bank.example"),
        ("email", "@bank.example"),
        ("url", "javascript:alert(1)"),
        ("url", "https://"),
        ("url", "https://[1"),
        ("tel", "call me"),
        ("tel", "+-()"),
        ("date", "2026-02-30"),
        ("date", "soon"),
        ("number", "1e5"),
        ("number", "1_000"),
        ("number", "nan"),
        ("number", float("inf")),
        ("number", True),
        ("number", [1]),
        ("checkbox", 7),
        ("checkbox", ["x"]),
        ("select", {"a": 1}),
        ("select", True),
    ],
)
def test_a_value_of_another_type_will_not(type, value):
    assert fault(value, type=type) == ("type", None)


@pytest.mark.parametrize(
    ("value", "kind", "broken"),
    [
        ("12345", {"maxlength": "5"}, None),
        ("123456", {"maxlength": "5"}, ("maxlength", 5)),
        ("123456", {"maxlength": 5}, ("maxlength", 5)),
        ("12", {"minlength": 3}, ("minlength", 3)),
        (7, {"type": "number", "max": 7}, None),
        (7.5, {"type": "number", "max": 7}, ("maximum", 7)),
        ("8", {"type": "number", "max": 7}, ("maximum", 7)),
        (1, {"type": "number", "min": 2}, ("minimum", 2)),
        (11, {"type": "nps"}, ("maximum", 10)),
        (0, {"type": "csat"}, ("minimum", 1)),
        (8, {"type": "ces"}, ("maximum", 7)),
        (8, {"type": "csat", "max": 9}, None),
        ("x", {"maxlength": "many"}, None),
    ],
)
def test_limits_hold(value, kind, broken):
    assert fault(value, **kind) == broken


@pytest.mark.parametrize(
    ("value", "type", "broken"),
    [
        ("a", "select", None),
        ("1", "radio", None),
        (1, "radio", None),
        ("z", "select", ("option", None)),
        (["a", "1"], "multiple", None),
        ("a", "multiple", None),
        (["a", "z"], "checkbox", ("option", None)),
    ],
)
def test_a_choice_is_among_the_options(value, type, broken):
    assert fault(value, type=type, options=["a", "1"]) == broken


@pytest.mark.parametrize("value", [None, "", "  ", [], False])
def test_nothing_said_is_no_fault_unless_the_field_is_required(value):
    assert fault(value, type="number", minlength=9) is None
    assert fault(value, type="checkbox", required=True) == ("required", None)


def test_a_required_field_may_not_be_left_out():
    with pytest.raises(FieldInvalid, match="required"):
        check_answers([field(required=True)], [])


@pytest.mark.parametrize(
    "answers", [None, "f", 7, {"_id": "f"}, [None], ["f"], [{"_id": "g", "value": 1}], [{"_id": "f"}]]
)
def test_what_is_no_answer_belongs_to_no_field(answers):
    with pytest.raises(UnknownField):
        check_answers([field()], answers)


def test_a_field_is_answered_once():
    with pytest.raises(UnknownField):
        check_answers([field()], [{"_id": "f", "value": "a"}, {"_id": "f", "value": "b"}])


def test_a_deleted_field_is_no_field():
    with pytest.raises(UnknownField):
        check_answers([{**field(required=True), "deleted": True}], [{"_id": "f", "value": "a"}])


def test_only_id_and_value_are_kept():
    kept = check_answers([field()], [{"_id": "f", "value": "a", "more": "b"}])

    assert kept == ({"_id": "f", "value": "a"},)


ANY = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=4)
TYPES = ["text", "email", "url", "tel", "date", "number", "nps", "select", "multiple", "checkbox", "other"]


@given(type=st.sampled_from(TYPES), value=ANY, properties=st.dictionaries(st.sampled_from(["min", "maxlength"]), ANY))
def test_any_value_is_taken_or_refused(type, value, properties):
    broken = fault(value, type=type, options=["a"], **properties)

    assert broken is None or isinstance(broken[0], str)

"""Values that are quick to make are as good as frozen ones."""

from dataclasses import dataclass, fields, replace

import pytest

from qms.domain.value import value


@value(frozen=True, slots=True, kw_only=True)
class Quick:
    name: str
    rank: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    name: str
    rank: int = 3


def test_a_quick_value_is_compared_hashed_and_replaced_like_a_frozen_one():
    quick, guarded = Quick(name="A001"), Guarded(name="A001")

    changed = replace(quick, rank=4)

    assert quick == Quick(name="A001", rank=3) != changed
    assert hash(quick) == hash(guarded)
    assert [field.name for field in fields(Quick)] == [field.name for field in fields(Guarded)]
    assert repr(changed) == "Quick(name='A001', rank=4)"


def test_a_quick_value_takes_its_fields_by_name_and_no_others():
    with pytest.raises(TypeError):
        Quick("A001")  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Quick(name="A001").other = 1  # type: ignore[attr-defined]

"""Functions that compare: a value with what the body says."""

import operator
from collections.abc import Callable, Mapping
from typing import Any

from qms.domain.templates.places import text_of
from qms.domain.templates.rendering import Block

Compare = Callable[[float, float], bool]


def is_equal(block: Block) -> bool:
    """Whether the value, as text, is the body; a list or a table never is."""
    value = block.first
    return not isinstance(value, Mapping | list | tuple) and text_of(value) == block.text(block.this)


def is_not(block: Block) -> bool:
    """Whether it is not."""
    return not is_equal(block)


def _body_first(compare: Compare) -> Callable[[Block], bool]:
    return lambda block: _compared(compare, block.text(block.this), block.first)


def _value_first(compare: Compare) -> Callable[[Block], bool]:
    return lambda block: _compared(compare, block.first, block.text(block.this))


def _compared(compare: Compare, one: Any, other: Any) -> bool:
    try:
        return compare(float(text_of(one)), float(text_of(other)))
    except ValueError:
        return False


BLOCKS: Mapping[str, Callable[[Block], Any]] = {
    "isEqual": is_equal,
    "isNot": is_not,
    "gt": _body_first(operator.gt),
    "gte": _body_first(operator.ge),
    "lt": _body_first(operator.lt),
    "lte": _body_first(operator.le),
    "greater": _value_first(operator.gt),
    "lower": _value_first(operator.lt),
}
"""`gt` and its like ask about the body; the older `greater` and `lower` about the value (decision D-22)."""

"""Functions of lists and tables."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from qms.domain.templates.places import Raw, json_of, text_of
from qms.domain.templates.problem import TemplateProblem
from qms.domain.templates.rendering import Block, found, listed


def array(block: Block) -> Raw:
    """A list: as it is, of each item's value of a key, or of what the body makes of each."""
    items, literal = listed(block.first), block.literal
    if literal is None or literal.startswith(("{", "[")):
        return _json([block.data(item) for item in items])
    return _json([found(item, literal.split(".")) for item in items] if literal else items)


def object_(block: Block) -> Raw:
    """A table: as it is, some of its keys, or one that a list of pairs makes."""
    value, keys = _plain(block.first), [key.strip() for key in (block.literal or "").split(",") if key.strip()]
    if not keys:
        return _json(value)
    if isinstance(value, list | tuple):
        if len(keys) != 2:
            raise TemplateProblem("of a list, {{#object}} wants two keys")
        return _json({text_of(found(item, [keys[0]])): found(item, [keys[1]]) for item in value})
    return _json({key: found(value, [key]) for key in keys})


def filter_(block: Block) -> Raw:
    """The items of which all conditions hold."""
    return _json([item for item in listed(block.first) if block.holds(item)])


def find(block: Block) -> Any:
    """The first of them."""
    item = next((item for item in listed(block.first) if block.holds(item)), None)
    return _json(item) if isinstance(item, Mapping | list | tuple) else item


def some(block: Block) -> bool:
    """Whether all conditions hold of an item."""
    return any(block.holds(item) for item in listed(block.first))


def every(block: Block) -> bool:
    """Whether they hold of each."""
    return all(block.holds(item) for item in listed(block.first))


def includes(block: Block) -> bool:
    """Whether a list has something in it."""
    wanted = block.text(block.this)
    return any(text_of(item) == wanted for item in listed(block.first) if not isinstance(item, Mapping | list))


def get(block: Block) -> Any:
    """The value of a key of what the body makes."""
    value = found(block.data(block.this), text_of(block.first).split("."))
    return _json(value) if isinstance(value, Mapping | list) else value


def concat(block: Block) -> Raw:
    """Two lists, one behind the other."""
    more = block.data(block.this)
    if not isinstance(more, list):
        raise TemplateProblem("what is in {{#concat}} is not a list")
    return _json([*listed(block.first), *more])


def _plain(value: Any) -> Any:
    return json.loads(value) if isinstance(value, Raw) else value


def _json(value: Any) -> Raw:
    return Raw(json_of(value))


BLOCKS: Mapping[str, Callable[[Block], Any]] = {
    "array": array,
    "object": object_,
    "filter": filter_,
    "find": find,
    "some": some,
    "every": every,
    "includes": includes,
    "get": get,
    "concat": concat,
}

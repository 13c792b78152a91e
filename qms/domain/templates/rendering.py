"""Rendering: a tree and values into a text, within bounds."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qms.domain.templates.places import MOST_CHARACTERS, Data, Plain, Raw, text_of
from qms.domain.templates.problem import TemplateProblem
from qms.domain.templates.syntax import BlockNode, Call, Constant, Expression, Path, Template

MOST_STEPS = 20_000
"""So much work a delivery's templates may be, all together."""

Inline = Callable[["Rendering", Sequence[Any]], Any]


@dataclass(frozen=True, slots=True)
class Functions:
    """What templates may call."""

    inline: Mapping[str, Inline]
    blocks: Mapping[str, Callable[["Block"], Any]]


class Rendering:
    """One rendering of any number of templates with the same values; `now` is for functions of time."""

    def __init__(self, root: Mapping[str, Any], functions: Functions, now: datetime) -> None:
        self.root = root
        self.now = now
        self._functions = functions
        self._steps = MOST_STEPS
        self._room = MOST_CHARACTERS

    def render(self, template: Template, place: Plain) -> str:
        """What a template comes to at a place.

        Raises:
            TemplateProblem: too much work, too long, or a function that cannot do what it is asked.
        """
        self.write(template, self.root, place)
        return place.text()

    def spend(self, steps: int) -> None:
        """Count work.

        Raises:
            TemplateProblem: it is too much.
        """
        self._steps -= steps
        if self._steps < 0:
            raise TemplateProblem("the template does too much")

    def write(self, template: Template, this: Any, place: Plain) -> None:
        """Write a piece of template about `this`."""
        for node in template:
            self.spend(1)
            before = len(place.parts)
            if isinstance(node, str):
                place.literal(node)
            elif not isinstance(node, BlockNode):
                place.value(self.value(node.value, this))
            elif node.name in ("if", "each"):
                self._control(node, this, place)
                continue
            else:
                place.value(self._block(node, this))
            self._room -= sum(map(len, place.parts[before:]))
            if self._room < 0:
                raise TemplateProblem(f"more than {MOST_CHARACTERS} characters come of it")

    def value(self, expression: Expression, this: Any) -> Any:
        """What an expression comes to."""
        self.spend(1)
        match expression:
            case Constant(value):
                return value
            case Path(steps, from_root):
                return found(self.root if from_root else this, steps)
            case Call(name, arguments):
                return self._functions.inline[name](self, [self.value(one, this) for one in arguments])

    def _control(self, node: BlockNode, this: Any, place: Plain) -> None:
        value = self.value(node.arguments[0], this) if node.arguments else None
        if node.name == "if":
            self.write(node.body if value is True or value == "true" else node.otherwise, this, place)
            return
        items = listed(value)
        for item in items:
            self.write(node.body, item, place)
        if not items:
            self.write(node.otherwise, this, place)

    def _block(self, node: BlockNode, this: Any) -> Any:
        arguments = tuple(self.value(one, this) for one in node.arguments)
        return self._functions.blocks[node.name](Block(self, node, arguments, this))


@dataclass(frozen=True, slots=True)
class Block:
    """A block as its function sees it: its arguments, and its body about one thing or another."""

    rendering: Rendering
    node: BlockNode
    arguments: tuple[Any, ...]
    this: Any

    @property
    def first(self) -> Any:
        """The first argument, if there is one."""
        return self.arguments[0] if self.arguments else None

    @property
    def literal(self) -> str | None:
        """The body, where it is nothing but text."""
        body = self.node.body
        return "".join(str(node) for node in body).strip() if all(isinstance(node, str) for node in body) else None

    def text(self, this: Any) -> str:
        """The body as text, about something."""
        place = Plain()
        self.rendering.write(self.node.body, this, place)
        return place.text().strip()

    def data(self, this: Any) -> Any:
        """The body as the JSON that it is, about something.

        Raises:
            TemplateProblem: it is none.
        """
        place = Data()
        self.rendering.write(self.node.body, this, place)
        try:
            return json.loads(place.text())
        except ValueError:
            raise TemplateProblem(f"what is in {{{{#{self.node.name}}}}} is not JSON") from None

    def holds(self, this: Any) -> bool:
        """Whether all conditions of the body are true of something."""
        said = self.text(this).replace("true", " true ").replace("false", " false ").split()
        return bool(said) and set(said) == {"true"}


def found(value: Any, steps: Sequence[str]) -> Any:
    """What lies at the end of a way through tables and lists; None where it leads nowhere."""
    for step in steps:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list | tuple):
            value = value[int(step)] if step.isascii() and step.isdecimal() and int(step[:6]) < len(value) else None
        else:
            return None
    return value


def listed(value: Any) -> Sequence[Any]:
    """A list; of anything else none. JSON that another function made counts as what it says."""
    if isinstance(value, Raw):
        value = json.loads(value)
    if isinstance(value, Mapping):
        return list(value.values())
    return value if isinstance(value, list | tuple) else []


__all__ = ["Block", "Functions", "Raw", "Rendering", "found", "listed", "text_of"]

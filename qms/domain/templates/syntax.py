"""The syntax of templates: text into a tree, or a problem with its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qms.domain.complaint import Complaint, complaint, numbered
from qms.domain.templates.problem import TemplateProblem
from qms.domain.templates.words import BLOCKS, INLINE

LONGEST = 32_000
"""Characters of a template."""

DEEPEST = 32
"""Blocks within blocks, calls within calls."""

_TOKEN = re.compile(
    r"""\s+|(?P<text>"[^"]*"|'[^']*')|(?P<open>\()|(?P<close>\))|(?P<number>-?\d+(?:\.\d+)?(?=[\s()]|$))"""
    r"""|(?P<name>@?[^\s"'(){}=@/\\]+)"""
)
_TOO_DEEP = numbered(
    "more than %(count)s block within each other", "more than %(count)s blocks within each other", DEEPEST
)
_ODD_TAG = complaint("expected a name between {{ and }}; a brace of the text stands apart, with a blank")
_CONSTANTS = {"true": True, "false": False, "null": None, "undefined": None}


@dataclass(frozen=True, slots=True)
class Constant:
    """A text, a number, true, false, null."""

    value: Any


@dataclass(frozen=True, slots=True)
class Path:
    """The way to a value: from the whole, or from what the block around is about."""

    steps: tuple[str, ...]
    from_root: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A function of values."""

    name: str
    arguments: tuple["Expression", ...]


Expression = Constant | Path | Call


@dataclass(frozen=True, slots=True)
class Output:
    """A value that is written."""

    value: Expression


@dataclass(frozen=True, slots=True)
class BlockNode:
    """A function of values and of a piece of template."""

    name: str
    arguments: tuple[Expression, ...]
    body: "Template"
    otherwise: "Template"


Node = str | Output | BlockNode
Template = Sequence[Node]


def parse(text: str) -> Template:
    """A template's tree.

    Raises:
        TemplateProblem: it is not understood, too long or too deep, or names a function that there is not.
    """
    if len(text) > LONGEST:
        raise TemplateProblem(numbered("longer than %(count)s character", "longer than %(count)s characters", LONGEST))
    return _Parser(text).template()


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def template(self) -> Template:
        nodes, end = self._nodes(0)
        if end is not None:
            raise self._wrong(complaint("%(tag)s closes nothing", tag=f"{{{{{end}}}}}"))
        return nodes

    def _nodes(self, depth: int) -> tuple[list[Node], str | None]:
        """What comes until a tag that ends a block, which is said too."""
        if depth > DEEPEST:
            raise self._wrong(_TOO_DEEP)
        nodes: list[Node] = []
        while True:
            start = self._text.find("{{", self._at)
            literal = self._text[self._at : start if start >= 0 else len(self._text)]
            if literal:
                nodes.append(literal)
            if start < 0:
                self._at = len(self._text)
                return nodes, None
            tag = self._tag(start)
            if tag == "else" or tag.startswith("/"):
                return nodes, tag
            if not tag.startswith("!"):
                nodes.append(self._block(tag[1:], depth) if tag.startswith("#") else Output(self._expression(tag)))

    def _tag(self, start: int) -> str:
        self._at = start
        end = self._text.find("}}", start)
        if end < 0:
            raise self._wrong(complaint("%(missing)s is missing", missing="}}"))
        tag = self._text[start + 2 : end].strip()
        if not tag or tag.startswith("{"):
            raise self._wrong(_ODD_TAG)
        self._at = end + 2
        return tag

    def _block(self, tag: str, depth: int) -> BlockNode:
        name, *arguments = self._expressions(tag)
        if not isinstance(name, Path) or (called := ".".join(name.steps)) not in BLOCKS:
            raise self._wrong(complaint("no block is called so"))
        body, end = self._nodes(depth + 1)
        otherwise: list[Node] = []
        if end == "else":
            otherwise, end = self._nodes(depth + 1)
        if end is None or end == "else" or end[1:].strip() != called:
            raise self._wrong(complaint("%(missing)s is missing", missing=f"{{{{/{called}}}}}"))
        return BlockNode(called, tuple(arguments), body, otherwise)

    def _expression(self, tag: str) -> Expression:
        return self._called(self._expressions(tag))

    def _called(self, found: Sequence[Expression]) -> Expression:
        if not found:
            raise self._wrong(complaint("expected a value"))
        first, *arguments = found
        name = ".".join(first.steps) if isinstance(first, Path) else ""
        if name in INLINE:
            return Call(name, tuple(arguments))
        if arguments:
            raise self._wrong(complaint("no function is called so"))
        return first

    def _expressions(self, tag: str) -> list[Expression]:
        stack: list[list[Expression]] = [[]]
        at = 0
        while at < len(tag):
            found = _TOKEN.match(tag, at)
            if found is None:
                raise self._wrong(complaint("not understood"))
            at = found.end()
            kind = found.lastgroup
            if kind == "open":
                stack.append([])
            elif kind == "close" and len(stack) > 1:
                done = self._called(stack.pop())
                stack[-1].append(done)
            elif kind == "close" or len(stack) > DEEPEST:
                raise self._wrong(complaint("parentheses do not match"))
            elif kind is not None:
                stack[-1].append(self._atom(kind, found[0]))
        if len(stack) > 1:
            raise self._wrong(complaint("parentheses do not match"))
        return stack[0]

    def _atom(self, kind: str, text: str) -> Expression:
        if kind == "text":
            return Constant(text[1:-1])
        if kind == "number":
            return Constant(float(text) if "." in text else int(text))
        if text in _CONSTANTS:
            return Constant(_CONSTANTS[text])
        steps = tuple(step.strip("[]") for step in text.split(".") if step)
        if steps[:1] == ("@root",):
            return Path(steps[1:], from_root=True)
        if text.startswith("@"):
            raise self._wrong(complaint("only @root begins with @"))
        return Path(steps[1:] if steps[:1] == ("this",) else steps, from_root=False)

    def _wrong(self, said: Complaint) -> TemplateProblem:
        line = self._text.count("\n", 0, self._at) + 1
        return TemplateProblem(complaint("line %(line)s: %(complaint)s", line=line, complaint=said))

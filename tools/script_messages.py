"""Find the messages in our scripts, for Babel.

Babel's own extractor loses its way where a template literal stands inside another (html`… ${list.map(x => html`…`)}`),
which is what our live pages are made of: it then misses messages without a word. This one keeps a stack instead. It
knows strings, comments, regular expressions and nested templates, and no more of the language than that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from typing import IO, Any, NamedTuple

TOKEN = re.compile(
    r"""
      (?P<space>    \s+ )
    | (?P<comment>  //[^\n]* | /\*.*?\*/ )
    | (?P<string>   "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
    | (?P<name>     [^\W\d] [\w$]* | [$#] [\w$]* )
    | (?P<number>   \d[\w.]* )
    | (?P<sign>     => | \+\+ | -- | \?\?= | \?\? | \?\. | \.\.\. | [^\s\w] )
    """,
    re.VERBOSE | re.DOTALL,
)
REGEX = re.compile(r"/(?!\*)(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
BEFORE_OPERAND = {*"(,=:[!&|?{};+-*%<>~^", "=>", "return", "typeof", "case", "in", "of"}
"""After one of these a slash begins a regular expression; elsewhere it divides."""
ESCAPE = re.compile(r"\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\n|.)", re.DOTALL)
NAMED = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}


class Token(NamedTuple):
    """A piece of a script; the value of a string is what it says, without quotes and escapes."""

    kind: str
    value: str
    line: int


class NotALiteral(ValueError):
    """A message is put together while the program runs, and so nobody could have translated it."""


def extract(
    fileobj: IO[bytes], keywords: Mapping[str, Any] | Collection[str], comment_tags: Collection[str], options: Any
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Yield line, function, messages and translators' comments, as Babel asks of an extractor."""
    tokens = list(tokens_of(fileobj.read().decode()))
    for at, (token, bracket) in enumerate(pairwise(tokens)):
        if token.kind != "name" or token.value not in keywords or bracket.value != "(" or declared(tokens, at):
            continue
        messages = tuple(arguments(tokens, at + 2))
        if tokens[at + 2].kind == "template":
            source = getattr(fileobj, "name", "script")
            raise NotALiteral(f"{source}:{token.line}: a message must not have ${{}} in it; use %(name)s")
        if messages and messages[0] is not None:
            yield token.line, token.value, messages, comments_above(tokens, at, comment_tags)


def declared(tokens: list[Token], at: int) -> bool:
    """Say whether a name is defined here rather than called."""
    return at > 0 and tokens[at - 1].value == "function"


def arguments(tokens: list[Token], at: int) -> Iterator[str | None]:
    """Yield a call's arguments: a text where one is a string (or several joined by +), else None."""
    depth, literal = 0, True
    parts: list[str] = []
    for token in tokens[at:]:
        if depth == 0 and token.value in (",", ")") and token.kind == "sign":
            if parts:
                yield "".join(parts) if literal else None
            parts, literal = [], True
            if token.value == ")":
                return
            continue
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(token.value, 0) if token.kind == "sign" else 0
        if token.kind == "comment":
            continue
        literal = literal and (token.kind == "string" or token == Token("sign", "+", token.line))
        parts.append(token.value if token.kind == "string" else "" if token.value == "+" else "?")


def comments_above(tokens: list[Token], at: int, tags: Collection[str]) -> list[str]:
    """Return what a comment on the line before, or the same line, says to translators."""
    line = tokens[at].line
    texts = [t.value.strip("/* \n") for t in tokens[:at] if t.kind == "comment" and line - 1 <= t.line <= line]
    return [text for text in texts if text.startswith(tuple(tags))] if tags else []


def tokens_of(source: str) -> Iterator[Token]:
    """Yield a script's tokens; the parts of a template literal come as a string, and its expressions after it."""
    at, line, before = 0, 1, "("
    braces: list[str] = []  # for each open brace: "{" of the code, or "`" of a template's expression
    while at < len(source):
        if source[at] == "`" or (source[at] == "}" and braces and braces[-1] == "`"):
            if source[at] == "}":
                braces.pop()
            end, opens = template_part(source, at + 1)
            if source[at] == "`" and not opens:
                yield Token("string", unescaped(source[at + 1 : end - 1]), line)
            else:
                yield Token("template", "", line)
            before = "(" if opens else "x"
            braces += ["`"] if opens else []
        else:
            found = (before in BEFORE_OPERAND and REGEX.match(source, at)) or TOKEN.match(source, at)
            if not found:
                raise SyntaxError(f"line {line}: {source[at : at + 20]!r}")
            kind = getattr(found, "lastgroup", None) or "regex"
            if kind == "string":
                yield Token(kind, unescaped(found[0][1:-1]), line)
            elif kind != "space":
                yield Token(kind, found[0], line)
            if kind == "sign" and found[0] in "{}":
                braces = [*braces, "{"] if found[0] == "{" else braces[:-1]
            before = before if kind in ("space", "comment") else found[0]
            end = found.end()
        line += source.count("\n", at, end)
        at = end


def template_part(source: str, at: int) -> tuple[int, bool]:
    """Return where the text of a template literal ends, and whether an expression opens there."""
    while at < len(source):
        if source[at] == "\\":
            at += 2
        elif source[at] == "`":
            return at + 1, False
        elif source.startswith("${", at):
            return at + 2, True
        else:
            at += 1
    raise SyntaxError("a template literal does not end")


def unescaped(text: str) -> str:
    """Return what a literal says."""

    def said(found: re.Match[str]) -> str:
        code = found[1]
        if code[0] in "ux" and len(code) > 1:
            return chr(int(code[1:].strip("{}"), 16))
        return NAMED.get(code, code)

    return ESCAPE.sub(said, text)

"""Replacing by pattern, where the pattern is a customer's: what might take long is refused before it begins."""

import re
from importlib import import_module
from typing import Any

from qms.domain.templates.problem import TemplateProblem

parser: Any = import_module("re._parser")
codes: Any = import_module("re._constants")

MOST_WORK = 2_000_000
"""So many places a pattern may have to look at, at worst."""

_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "u": 0, "g": 0}


def replaced(text: str, pattern: str, replacement: str, flags: str) -> str:
    """A text with what matches replaced; `$1` in the replacement is what the first group matched.

    Raises:
        TemplateProblem: no such pattern, or one that takes long for a text of this length.
    """
    try:
        flag = 0
        for letter in flags:
            flag |= _FLAGS[letter]
        compiled = re.compile(pattern[:500], flag)
        work = _work(parser.parse(pattern[:500], flag), len(text) + 1) * (len(text) + 1)
    except (re.error, KeyError, RecursionError, OverflowError):
        raise TemplateProblem(f"Error: Invalid regex pattern: {pattern[:100]}") from None
    if work > MOST_WORK or len(pattern) > 500:
        raise TemplateProblem("Error: Invalid regex pattern: it may take too long")
    return compiled.sub(lambda match: _filled(match, replacement), text)


def _work(nodes: Any, length: int) -> float:
    """How much there may be to try at one place: the product of all repetitions and branches."""
    ways = 1.0
    for code, about in nodes:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, most, body = about
            inner, most = _work(body, length), min(int(most), length)
            if inner > 1 and most > 1:
                raise TemplateProblem("Error: Invalid regex pattern: a repetition within a repetition")
            ways *= max(1, most, most - int(least) + 1) * inner
        elif code is codes.BRANCH:
            ways *= sum(_work(branch, length) for branch in about[1])
        elif code is codes.SUBPATTERN:
            ways *= _work(about[-1], length)
        elif code not in (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY, codes.AT):
            raise TemplateProblem("Error: Invalid regex pattern: it looks around or back")
    return ways


def _filled(match: re.Match[str], replacement: str) -> str:
    def group(found: re.Match[str]) -> str:
        number = int(found[1])
        return (match[number] or "") if number <= (match.re.groups or 0) else found[0]

    return re.sub(r"\$(\d)", group, replacement)

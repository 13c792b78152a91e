"""What is wrong with a network file: every problem with its line, not only the first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing that is wrong, or odd: where (line from 1, path such as `queue[0].mode`) and what."""

    line: int
    path: str
    message: str

    def text(self, filename: str) -> str:
        """The problem as a compiler would print it: file, line, path, message."""
        return f"{filename}:{self.line}: {self.path + ': ' if self.path else ''}{self.message}"


class NetworkFileErrors(Exception):
    """A network file that cannot be applied; `problems` are in the order of their lines."""

    def __init__(self, filename: str, problems: Sequence[Problem]) -> None:
        super().__init__(filename, problems)
        self.filename = filename
        self.problems = tuple(sorted(problems))

    def __str__(self) -> str:
        return "\n".join(problem.text(self.filename) for problem in self.problems)


def hint(word: str, known: Iterable[str]) -> str:
    """` (did you mean "…"?)` with the nearest of the known words, or nothing where none is near."""
    by_fold = {one.casefold(): one for one in known}
    near = get_close_matches(word.casefold(), by_fold, n=1)
    return f' (did you mean "{by_fold[near[0]]}"?)' if near else ""

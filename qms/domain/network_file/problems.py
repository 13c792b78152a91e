"""What is wrong with a network file: every problem with its line, not only the first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qms.domain.complaint import Complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, or odd: where (line from 1, path such as `queue[0].mode`) and what."""

    line: int
    path: str
    complaint: Complaint

    @property
    def message(self) -> str:
        """What it is, in English."""
        return str(self.complaint)

    def text(self, filename: str) -> str:
        """The problem as a compiler would print it: file, line, path, message."""
        return f"{self.place(filename)}: {self.message}"

    def place(self, filename: str) -> str:
        """Where it is, as a compiler would print it."""
        return f"{filename}:{self.line}: {self.path}" if self.path else f"{filename}:{self.line}"


class NetworkFileErrors(Exception):
    """A network file that cannot be applied; `problems` are in the order of their lines."""

    def __init__(self, filename: str, problems: Sequence[Problem]) -> None:
        super().__init__(filename, problems)
        self.filename = filename
        self.problems = in_order(problems)

    def __str__(self) -> str:
        return "\n".join(problem.text(self.filename) for problem in self.problems)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems from the first line to the last."""
    return tuple(sorted(problems, key=lambda one: (one.line, one.path, one.message)))

"""Network files for tests: the whole of Acme Bank, and the least that is one."""

from pathlib import Path

from qms.domain.network_file import NetworkFileErrors, Problem, read_network

ACME = (Path(__file__).parent / "acme.toml").read_text("utf-8")
FILENAME = "acme.toml"
LEAST = '[account]\nslug = "acme"\n'


def problems(text: str) -> list[Problem]:
    """Everything that is wrong with a file; nothing if it can be read."""
    try:
        read_network(text, FILENAME)
    except NetworkFileErrors as errors:
        return list(errors.problems)
    return []


def only_problem(text: str) -> Problem:
    """The one thing that is wrong with a file."""
    found = problems(text)
    assert len(found) == 1, found
    return found[0]


def changed(old: str, new: str) -> str:
    """Acme's file with its first occurrence of something written otherwise."""
    assert old in ACME, old
    return ACME.replace(old, new, 1)


def line_of(text: str, needle: str) -> int:
    """The line, from 1, on which something first stands."""
    return text[: text.index(needle)].count("\n") + 1

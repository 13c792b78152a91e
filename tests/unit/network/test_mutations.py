"""Whatever a file says, reading it gives a network or a list of problems, and never another error."""

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from qms.domain.complaint import complaint
from qms.domain.network_file import NetworkFileErrors, Problem, read_network
from tests.unit.network.samples import ACME, FILENAME

LINES = ACME.splitlines()
VALUES = [
    *("true", "0", "-1", "1.5", "nan", "-inf", "1e400", "9223372036854775808", "[]", "{}", '""', "''", "[[]]", "[{}]"),
    *('"x"', "2026-12-25", "2026-12-25T10:00:00Z", "07:32:00", '["x", "x"]', "{ a = 1 }", "[1, true]", '"\\u0000"'),
    *('"24:00-24:00"', '"48:00-00:00"', '"P1D"', '"P99999M"', '"{"', '"{}"', '"http://["', '"http://a:b"', "[{}, 1]"),
    *("0x" + "f" * 5000, "[nan, nan]", '["a", 1, {}]', '"9999-12-31"', '{ "2026-02-30" = [] }', '{ mon = ["x"] }'),
    *('{ "" = {} }', '[{ key = "a" }]', "{ breaks = 1, dates = [] }", '"jdoe"', '["main-1345", "main-1345"]'),
]
NOTHING_SAID = Problem(line=0, path="", complaint=complaint("refused without a reason"))
PIECES = [
    "\n",
    '"',
    "'",
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "#",
    '"""',
    "[[",
    "]]",
    "\\",
    "é",
    "\r",
    "\t",
    "\0",
    "\ud800",
]


def outcome(text: str) -> None:
    problems: tuple[Problem, ...] = ()
    try:
        problems = read_network(text, FILENAME).warnings
    except NetworkFileErrors as errors:
        problems = errors.problems or (NOTHING_SAID,)

    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)


@st.composite
def with_other_values(draw: Any) -> str:
    """Acme's file with some keys given other values, other names, or another place."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.sampled_from([at for at, line in enumerate(lines) if " = " in line] or [0]))
        key, _, value = lines[at].partition(" = ")
        match draw(st.sampled_from(["value", "key", "drop", "move", "double"])):
            case "value":
                lines[at] = f"{key} = {draw(st.sampled_from(VALUES))}"
            case "key":
                lines[at] = f"{draw(st.sampled_from(['key', 'id', 'queues', 'hours', 'x', 'mon']))} = {value}"
            case "drop":
                del lines[at]
            case "move":
                lines.insert(draw(st.integers(0, len(lines))), lines.pop(at))
            case _:
                lines.insert(at, lines[at])
    return "\n".join(lines)


@st.composite
def with_other_inner_values(draw: Any) -> str:
    """Acme's file with something inside a list or an inline table replaced."""
    text = ACME
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.sampled_from([at for at, sign in enumerate(text) if sign in '[{"=,'] or [0]))
        end = min([at for sign in ',]}"\n' if (at := text.find(sign, start + 1)) >= 0], default=len(text))
        text = text[: start + 1] + " " + draw(st.sampled_from(VALUES)) + text[end:]
    return text


@st.composite
def with_other_characters(draw: Any) -> str:
    """Acme's file with a few characters lost, and others that crept in."""
    text = ACME
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.integers(0, 12))
        text = text[:start] + draw(st.sampled_from(PIECES)) + text[end:]
    return text


@settings(max_examples=300)
@given(with_other_values())
def test_file_with_other_values_gives_a_network_or_problems(text):
    outcome(text)


@settings(max_examples=300)
@given(with_other_inner_values())
def test_file_with_other_inner_values_gives_a_network_or_problems(text):
    outcome(text)


@settings(max_examples=300)
@given(with_other_characters())
def test_file_with_other_characters_gives_a_network_or_problems(text):
    outcome(text)


@given(st.text(max_size=60))
@example("")
@example("\n\n")
@example("[account]\nslug")
@example("a = {\n")
@example("a = {,}")
@example("[[account]]")
@example("account = 1")
def test_any_text_gives_a_network_or_problems(text):
    outcome(text)

"""Every value of a TOML text is found on its line, however the text is laid out."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.domain.network_file.lines import Lines, Path, flatten, spelled


def lines_of(text: str) -> Lines:
    return Lines(flatten(text), text)


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2", ("b",), 2),
        ("\n\na = 1", ("a",), 3),
        ("[t]\n\na = 1", ("t",), 1),
        ("[t]\n\na = 1", ("t", "a"), 3),
        ("[t.u]\na = 1\n[t.v]\na = 2", ("t", "v", "a"), 4),
        ("[[t]]\na = 1\n[[t]]\na = 2", ("t", 1), 3),
        ("[[t]]\na = 1\n[[t]]\na = 2", ("t", 1, "a"), 4),
        ("[[t]]\n[t.u]\na = 1\n[[t]]\n[t.u]\na = 2", ("t", 1, "u", "a"), 6),
        ("[[t]]\n[[t.u]]\n[[t.u]]\n[[t]]\n[[t.u]]\na = 1", ("t", 1, "u", 0, "a"), 6),
        ("[[t]]\n[[t.u]]\n[[t.u]]\na = 1", ("t", 0, "u", 1, "a"), 4),
        ('[ t . "u.v" ]\na = 1', ("t", "u.v", "a"), 2),
        ("a.b.c = 1\na.b.d = 2", ("a", "b", "d"), 2),
        ("a.b.c = 1\na.b.d = 2", ("a", "b"), 1),
        ('"a b" = 1\n\'c"d\' = 2', ('c"d',), 2),
        ('"a\\u00e9\\"" = 1\n"b" = 2', ('aé"',), 1),
        ("a = [1,\n2,\n3]", ("a", 2), 3),
        ("a = [\n [1, 2],\n [3,\n 4]\n]\nb = 1", ("a", 1, 1), 4),
        ("a = [\n [1, 2],\n [3,\n 4]\n]\nb = 1", ("b",), 6),
        ("a = [ # ] not yet\n 1, # , nor here\n]\nb = 1", ("b",), 4),
        ("a = { b = 1,\n c = 2 }", ("a", "c"), 2),
        ("a = {\n # a comment with }\n b = { c = [\n1] },\n}\nd = 1", ("a", "b", "c", 0), 4),
        ("a = {\n # a comment with }\n b = { c = [\n1] },\n}\nd = 1", ("d",), 6),
        ('a = """\n[b]\nc = 1\n"""\nd = 2', ("d",), 5),
        ("a = '''\n''\n'''''\nd = 2", ("d",), 4),
        ('a = """x""\\"""""\nd = 2', ("d",), 2),
        ('a = """\n\\\\"""\nd = 2', ("d",), 3),
        ('a = "\\""\nd = 2', ("d",), 2),
        ("a = 'C:\\'\nd = 2", ("d",), 2),
        ('a = "# [ {"\nd = 2', ("d",), 2),
        ("a = 2026-12-25 10:00:00 # a time\nd = 2", ("d",), 2),
        ("a = -1.5e3\nb = [+inf, nan]\nc = true", ("b", 1), 2),
        ("a = { }\nb = []\nc = 1", ("c",), 3),
        ("[t]\na = { b = 1 }", ("t", "a", "nothing", 3, "of the kind"), 2),
        ("[t]\na = 1", ("u",), 1),
        ("# nothing", ("a",), 1),
    ],
)
def test_path_has_its_line(text, path, line):
    assert lines_of(text).line(path) == line


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a = {\n b = 1,\n c = 2,\n}", {"b": 1, "c": 2}),
        ("a = { b = 1, # why\n\n c = [\n 1, # one\n ] }", {"b": 1, "c": [1]}),
        ("a = { b = '''x\ny''',\n c = { d = 1, }, }", {"b": "x\ny", "c": {"d": 1}}),
        ("a = {\n}", {}),
    ],
)
def test_inline_table_may_span_lines_as_in_toml_1_1(text, value):
    assert tomllib.loads(flatten(text)) == {"a": value}
    assert len(flatten(text)) == len(text)


@pytest.mark.parametrize("text", ["a = { , }", "a = {\n,\n}", "a = { b = 1,, }", "a = { b = 1", "a = { b = 1\n[t]\n"])
def test_what_is_wrong_in_toml_1_1_too_stays_wrong(text):
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(flatten(text))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ((), ""),
        (("queue", 0, "mode"), "queue[0].mode"),
        (("agent", 1, "schedule", "dates", "2026-12-24", 0), "agent[1].schedule.dates.2026-12-24[0]"),
        (("hours", "mon,wed", 2), 'hours."mon,wed"[2]'),
        (("", "a"), '"".a'),
    ],
)
def test_path_is_spelled_as_toml_would(path, words):
    assert spelled(path) == words


class Writer:
    """Writes nested values as TOML in a layout that hypothesis chooses, and notes the line of each."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.text = ""
        self.lines: dict[Path, int] = {}

    def put(self, text: str) -> None:
        self.text += text

    def gap(self, choices: tuple[str, ...] = ("", " ", "\n", " # a ] } \" ' comment\n", "\n\n  ")) -> None:
        self.put(self.draw(st.sampled_from(choices)))

    def here(self, path: Path) -> None:
        self.lines.setdefault(path, self.text.count("\n") + 1)

    def key(self, key: str) -> None:
        bare = key.isascii() and key.isalnum()
        self.put(key if bare and self.draw(st.booleans()) else '"' + key.replace('"', '\\"') + '"')
        self.gap(("", " "))
        self.put("=")
        self.gap(("", " "))

    def value(self, path: Path, value: Any) -> None:
        self.here(path)
        if isinstance(value, dict):
            self.items("{", "}", path, value)
        elif isinstance(value, list):
            self.items("[", "]", path, dict(enumerate(value)))
        elif isinstance(value, str):
            self.put(self.draw(st.sampled_from(['"%s"', '"""\n%s"""', "'''%s'''"])) % value)
        else:
            self.put(str(value).lower())

    def items(self, opening: str, closing: str, path: Path, values: dict[Any, Any]) -> None:
        self.put(opening)
        for position, (key, value) in enumerate(values.items()):
            self.put("," if position else "")
            self.gap()
            self.here((*path, key))
            if opening == "{":
                self.key(key)
            self.value((*path, key), value)
            self.gap()
        self.gap((" ", ",\n") if values else ("", "\n"))
        self.put(closing)

    def table(self, path: Path, values: dict[str, Any]) -> None:
        for key, value in values.items():
            self.gap(("", "\n", "# [t]\n"))
            self.here((*path, key))
            self.key(key)
            self.value((*path, key), value)
            self.put("\n")


KEYS = st.sampled_from(["a", "b", "c1", "two words", 'a"b', "mon,wed", "é"])
PLAIN = st.one_of(st.integers(0, 99), st.booleans(), st.sampled_from(["", "text", "# [ {", "a,b"]))
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=3)


@st.composite
def documents(draw: Any) -> tuple[str, dict[str, Any], dict[Path, int]]:
    """A TOML text, its values and their lines: loose keys, two tables, and an array of tables with tables in it."""
    writer = Writer(draw)
    document = draw(TABLES)
    writer.table((), document)
    for path in (("t",), ("t", "u")):
        writer.here(path)
        writer.put(f"[{'.'.join(path)}]\n")
        below = draw(TABLES)
        writer.table(path, below)
        document = {**document, "t": {**document.get("t", {}), "u": below} if len(path) == 2 else below}
    for index in range(draw(st.integers(0, 3))):
        writer.here(("many", index))
        writer.put("[[many]]\n")
        values, below = draw(TABLES), draw(TABLES)
        writer.table(("many", index), values)
        writer.here(("many", index, "below"))
        writer.put("[many.below]\n")
        writer.table(("many", index, "below"), below)
        document.setdefault("many", []).append({**values, "below": below})
    return writer.text, document, writer.lines


@given(documents())
def test_every_value_is_found_on_the_line_it_was_written_on(document):
    text, values, expected = document

    flat = flatten(text)
    lines = Lines(flat, text)

    assert tomllib.loads(flat) == values
    assert {path: lines.line(path) for path in expected} == expected

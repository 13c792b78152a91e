"""What keeps a text from being TOML is said in words of our own, wherever the parser says it in English."""

import ast
import inspect
from importlib import import_module

import pytest

from qms.domain.network_file.malformed import reason_of
from qms.web.pages import SHIPPED, translations
from tests.unit.network.samples import LEAST, only_problem

COMPLAINS = ("suffixed_err", "TOMLDecodeError")
"""What the parser complains by."""

SEVERAL_LINES = "schedule = { a = 1,\n  b = 2\n  c = 3 }\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("*\n", 0, "expected a key, a [table] or a comment (column 1)"),
        (". = 1\n", 0, "expected a key, a [table] or a comment (column 1)"),
        ("a. = 1\n", 0, "expected a key: letters, digits, - and _, or anything in quotes (column 4)"),
        ("a 1\n", 0, "expected = after the key (column 3)"),
        ("a = 1 b\n", 0, "expected the end of the line (column 7)"),
        ("a = maybe\n", 0, "expected a value: a text in quotes, a number, true, false, a date, a list or a table"),
        ("a = 2026-02-30\n", 0, "there is no such date or time (column 5)"),
        ("[[queue]\n", 0, "expected ]] after the name of the table (column 8)"),
        ("[queue\n", 0, "expected ] after the name of the table (column 7)"),
        ('a = "x\n', 0, "a text in quotes is not closed on its line (column 7)"),
        ('a = "\\d"\n', 0, "a backslash that begins nothing known: write two, or put the text in single quotes"),
        ('a = "\\ud800"\n', 0, "no character has the number that stands after the backslash (column 12)"),
        ('a = "\x01"\n', 0, "a character that may not stand here: U+0001 (column 6)"),
        ("a = [1 2]\n", 0, "a list is not closed: expected a comma or ] (column 8)"),
        (SEVERAL_LINES, 2, "a table in braces is not closed: expected a comma or } (column 3)"),
        ("a = 1\n\na = 2\n", 2, "what stands here has a value already (column 6)"),
        ('["it\'s (x)"]\n["it\'s (x)"]\n', 1, "it's (x) is there twice (column 12)"),
        ("a = { b = 1, b = 2 }\n", 0, "b is there twice"),
        ("a = { b = 1 }\na.c = 2\n", 1, "account.a is complete already: nothing can be added to it here"),
    ],
)
def test_it_is_said_what_is_wrong_and_where(text, line, said):
    found = only_problem(LEAST + text)

    assert found.line == LEAST.count("\n") + 1 + line
    assert found.message.startswith(f"not TOML: {said}")


@pytest.mark.parametrize("text", ['a = """x', "a = '''x", "a = 'x\n"])
def test_what_is_missing_at_the_end_is_said_to_be_missing_there(text):
    assert only_problem(LEAST + text).message == "not TOML at the end of the file: a text in quotes is not closed"


def test_every_complaint_of_the_parser_has_words_of_ours_in_every_language():
    nodes = ast.walk(ast.parse(inspect.getsource(import_module("tomllib._parser"))))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    said = {text for call in calls if ast.unparse(call.func) in COMPLAINS for text in _texts(call)}
    unknown = reason_of("Anything else")

    assert len(said) > 15
    for words in said:
        reason = reason_of(words)
        assert reason != unknown, words
        for language in SHIPPED[1:]:
            assert reason.said(translations(language)) != str(reason), (words, language.tag)


def _texts(node):
    """The texts that a call has in it and that begin as sentences do."""
    constants = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
    return (text for text in constants if isinstance(text, str) and text[:1].isupper())

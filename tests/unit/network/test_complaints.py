"""What is wrong with a network file is said in every language that we ship, whole and with its plural."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from qms.domain.complaint import Complaint, complaint, guessed, numbered
from qms.domain.network_file import NetworkFileErrors, read_network
from qms.web.pages import SHIPPED, translations
from qms.web.pages.catalogues import catalogue, strings
from qms.web.pages.languages import ENGLISH
from tests.unit.network.samples import ACME, FILENAME
from tests.unit.network.wrong import WRONG

ROOT = Path(__file__).parents[3]
TRANSLATED = [language for language in SHIPPED if language != ENGLISH]


def parts(said: Complaint) -> Iterator[Complaint]:
    yield said
    for value in said.values.values():
        if isinstance(value, Complaint):
            yield from parts(value)


def made(found: str, instead: str) -> tuple[Complaint, ...]:
    try:
        return tuple(one.complaint for one in read_network(ACME.replace(found, instead, 1), FILENAME).warnings)
    except NetworkFileErrors as errors:
        return tuple(one.complaint for one in errors.problems)


def written_in_the_code() -> Iterator[tuple[Path, ast.expr]]:
    """The templates of all complaints, wherever they are made."""
    for package in ("qms", "desk", "server"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and path.name != "complaint.py":
                    places = {"complaint": 1, "numbered": 2}.get(node.func.id, 0)
                    yield from ((path, template) for template in node.args[:places])


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda one: one.tag)
def test_every_complaint_that_readers_make_has_its_template_in_the_catalogue(language):
    known = {message.id[0] if message.pluralizable else message.id: message for message in catalogue(language)}
    said = [part for case in WRONG for one in made(*case[:2]) for part in parts(one)]

    missing = {one.template for one in said if not all(strings(known[one.template]))}

    assert len({one.template for one in said}) > 60
    assert missing == set()


def test_every_complaint_is_written_so_that_its_template_is_collected():
    hidden = [
        path
        for path, template in written_in_the_code()
        if not (isinstance(template, ast.Constant) and isinstance(template.value, str))
    ]

    assert hidden == []


def test_a_complaint_and_what_stands_in_it_are_said_in_the_readers_language():
    spanish = translations(next(one for one in SHIPPED if one.tag == "es"))
    said = complaint("expected a text, found %(found)s", found=complaint("a list"))

    assert str(said) == "expected a text, found a list"
    assert said.said(spanish) == "se esperaba: un texto; se encontró: una lista"
    assert guessed(said, "jdo", ["jdoe"]).said(spanish).endswith('(¿quiso decir "jdoe"?)')


@pytest.mark.parametrize(("most", "words"), [(1, "تذكير واحد"), (2, "تذكيران"), (4, "4 تذكيرات"), (11, "11 تذكيرًا")])
def test_a_number_has_the_plural_of_the_language(most, words):
    arabic = translations(next(one for one in SHIPPED if one.tag == "ar"))
    one, several = "expected at most %(count)s reminder, found %(found)s", "expected at most %(count)s reminders"

    said = numbered(one, several + ", found %(found)s", most, found=20)

    assert words in said.said(arabic)

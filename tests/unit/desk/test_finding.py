"""An entry is found by words in it, whatever their accents and capitals; a short list is not searched."""

import re
from pathlib import Path

import pytest

from desk import finding
from desk.finding import MANY, STRUCK, Finder, plain

TEXT = "José Weiß, Κώστας, أحمد"


@pytest.mark.parametrize("wanted", ["jose", "JOSÉ", "weiss", "Weiß", "κωσ", "ΚΏΣΤΑΣ", "احمد", " weiß  jo "])
def test_accents_and_capitals_do_not_matter(wanted):
    assert Finder(MANY + 1, wanted).has(TEXT)


@pytest.mark.parametrize("wanted", ["josef", "jose ben"])
def test_every_word_must_be_there(wanted):
    assert not Finder(MANY + 1, wanted).has(TEXT)


@pytest.mark.parametrize(
    ("written", "typed"),
    [("Łódź", "lodz"), ("Søren Ærø", "soren aero"), ("Đặng", "dang"), ("Þóra", "thora"), ("Cœur", "coeur")],
)
def test_letters_that_are_struck_through_or_grown_together_are_found_by_those_that_everybody_has(written, typed):
    assert Finder(MANY + 1, typed).has(written)
    assert Finder(MANY + 1, written).has(written)


def test_a_page_knows_the_same_letters():
    page = (Path(finding.__file__).parent / "static" / "finding.js").read_text(encoding="utf-8")
    (said,) = re.findall(r"const STRUCK = \{(.*)\}", page)

    assert dict(re.findall(r'(\w): "(\w+)"', said)) == STRUCK


def test_an_entry_says_what_of_it_is_searched_and_those_without_it_are_hidden():
    finder = Finder(MANY + 1, "ana")

    entries = [finder.entry("Ana", None, 7), finder.entry("", "Bén")]

    assert entries == [{"data-find": "ANA 7", "hidden": None}, {"data-find": "BEN", "hidden": ""}]
    assert finder.shown == 1


def test_a_list_that_is_seen_at_a_glance_is_not_searched():
    finder = Finder(MANY, "ana")

    assert (finder.needed, finder.wanted, finder.entry("Ben")) == (False, "", {})


def test_a_text_is_plain_once_and_for_all():
    assert plain(plain(TEXT)) == plain(TEXT)

"""An entry is found by words in it, whatever their accents and capitals; a short list is not searched."""

import pytest

from desk.finding import MANY, Finder, plain

TEXT = "José Weiß, Κώστας, أحمد"


@pytest.mark.parametrize("wanted", ["jose", "JOSÉ", "weiss", "Weiß", "κωσ", "ΚΏΣΤΑΣ", "احمد", " weiß  jo "])
def test_accents_and_capitals_do_not_matter(wanted):
    assert Finder(MANY + 1, wanted).has(TEXT)


@pytest.mark.parametrize("wanted", ["josef", "jose ben"])
def test_every_word_must_be_there(wanted):
    assert not Finder(MANY + 1, wanted).has(TEXT)


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

"""Every sentence that an explanation may say has its words, and the words want nothing but what is given."""

from datetime import UTC, datetime
from string import Formatter
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from acd.engine.order import AheadBy
from acd.engine.reasons import WonBy
from desk.words import WORDS, Teller
from qms.domain.offer import TRANSITIONS
from qms.domain.ticket import TicketState
from qms.services.sentences import SENTENCES, say
from qms.web.pages import SHIPPED, translations
from qms.web.pages.languages import ENGLISH, PSEUDO, first_shipped

GIVEN = {
    "position": {"number", "position", "ahead", "count", "agent", "at", "reason", "rule"},
    "state": {"number", "agent", "poc", "reason", "at"},
    "ahead": {"number", "at", "minutes", "agent", "reason", "rule"},
    "waits": {"queue", "on_duty", "free", "at", "agent", "until", "level", "cap"},
    "moved": {"seconds"},
    "offer": {"agent", "at", "poc"},
    "won": {"agent", "candidates", "level", "flexibility", "minutes", "held"},
    "event": {"at", "agent", "queue", "rule", "reason", "event", "by"},
}


def test_every_sentence_has_words_and_no_words_are_left_over():
    assert set(WORDS) == SENTENCES


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("sentence", sorted(WORDS))
def test_words_want_nothing_but_what_is_given(sentence):
    assert fields(WORDS[sentence]) <= GIVEN[sentence.partition(".")[0]]


@pytest.mark.parametrize("language", [*SHIPPED, PSEUDO], ids=lambda language: language.tag)
def test_every_language_says_the_same_facts(language):
    gettext = translations(language).gettext

    assert {name: fields(gettext(words)) for name, words in WORDS.items()} == {
        name: fields(words) for name, words in WORDS.items()
    }


def test_whatever_the_distributor_and_the_states_can_say_is_a_sentence():
    said = {f"ahead.{rule}" for rule in get_args(AheadBy)} | {f"won.{why}" for why in get_args(WonBy)}
    said |= {f"state.{state}" for state in get_args(TicketState) if state != "waiting"}
    said |= {f"offer.{state}" for state in TRANSITIONS} | {"offer.ringing"}

    assert said <= SENTENCES


def test_instants_are_said_as_times_of_day_at_the_branch():
    noon = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
    tell = Teller(language=ENGLISH, zone=ZoneInfo("America/Santiago"))

    assert (
        tell(say("waits.not_before", at=noon))
        == "It is not due before 12:00; until then it only goes to somebody who has nothing else to do."
    )


def test_what_is_stored_is_said_in_the_language_of_whoever_asks():
    came = say("ahead.earlier", number="C014", at=datetime(2026, 3, 2, 15, 0, tzinfo=UTC))
    german, zone = first_shipped(["de"]), ZoneInfo("America/Santiago")

    assert Teller(language=german, zone=zone)(came) == "C014 kam früher, um 12:00."

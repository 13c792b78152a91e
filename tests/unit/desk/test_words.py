"""Every sentence that an explanation may say has its words, and the words want nothing but what is given."""

from datetime import UTC, datetime
from string import Formatter
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from acd.engine.order import AheadBy
from acd.engine.reasons import WonBy
from desk.words import WORDS, in_words
from qms.domain.offer import TRANSITIONS
from qms.domain.ticket import TicketState
from qms.services.sentences import SENTENCES, say

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


@pytest.mark.parametrize("sentence", sorted(WORDS))
def test_words_want_nothing_but_what_is_given(sentence):
    wanted = {name for _, name, _, _ in Formatter().parse(WORDS[sentence]) if name}

    assert wanted <= GIVEN[sentence.partition(".")[0]]


def test_whatever_the_distributor_and_the_states_can_say_is_a_sentence():
    said = {f"ahead.{rule}" for rule in get_args(AheadBy)} | {f"won.{why}" for why in get_args(WonBy)}
    said |= {f"state.{state}" for state in get_args(TicketState) if state != "waiting"}
    said |= {f"offer.{state}" for state in TRANSITIONS} | {"offer.ringing"}

    assert said <= SENTENCES


def test_instants_are_said_as_times_of_day_at_the_branch():
    noon = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

    said = in_words(say("waits.not_before", at=noon), ZoneInfo("America/Santiago"))

    assert said == "It is not due before 12:00; until then it only goes to somebody who has nothing else to do."

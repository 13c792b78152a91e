"""The bell: which browser of an agent makes the noise."""

from dataclasses import replace
from datetime import timedelta

from qms.domain.bell import Bell, ringing
from tests.clock import MONDAY_NOON as NOON

TABLET = Bell(bell="tablet", sounds=True, acted_at=NOON, rang=None)
LAPTOP = Bell(bell="laptop", sounds=True, acted_at=NOON - timedelta(minutes=5), rang=None)


def rings(*bells):
    found = ringing(bells, "o1")
    return (found.bell, found.heard) if found is not None else None


def test_it_rings_where_the_agent_last_did_something():
    assert rings(LAPTOP, TABLET) == ("tablet", False)
    assert rings(replace(LAPTOP, acted_at=NOON + timedelta(seconds=1)), TABLET) == ("laptop", False)
    assert rings(LAPTOP) == ("laptop", False)
    assert rings() is None


def test_who_cannot_be_heard_rings_only_where_nobody_can():
    mute = replace(TABLET, sounds=False)

    assert rings(LAPTOP, mute) == ("laptop", False)
    assert rings(replace(LAPTOP, sounds=False), mute) == ("tablet", False)


def test_it_is_heard_once_one_has_said_so_for_this_offer():
    assert rings(LAPTOP, replace(TABLET, rang="o1")) == ("tablet", True)
    assert rings(LAPTOP, replace(TABLET, rang="o0")) == ("tablet", False)
    assert rings(replace(LAPTOP, rang="o1"), TABLET) == ("tablet", True)


def test_of_two_that_are_alike_always_the_same_rings():
    twin = replace(TABLET, bell="another")

    assert rings(TABLET, twin) == rings(twin, TABLET)

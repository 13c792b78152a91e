"""Colours: how far apart they are, and the nearest one that can be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.domain.colour import Unreadable, contrast, corrected, distance, hexadecimal, oklch, shifted

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_the_measure_is_that_of_the_guidelines():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_colour_by_lightness_chroma_and_hue_is_that_of_the_papers():
    light, chroma, hue = oklch("#ff0000")

    assert (light, chroma, hue) == pytest.approx((0.62796, 0.25768, 0.51032), abs=1e-4)


@given(colours)
@settings(max_examples=60)
def test_a_colour_survives_the_way_there_and_back(colour):
    assert hexadecimal(oklch(colour)) == colour


def test_what_can_be_read_stays_as_it_was_wished():
    assert corrected("#0a5a51", [("#ffffff", 4.5)]) == "#0a5a51"


def test_what_is_too_light_becomes_as_dark_as_it_must_be_and_keeps_its_hue():
    found = corrected("#ffe600", [("#ffffff", 4.5)])

    assert 4.5 <= contrast(found, "#ffffff") < 4.7
    assert oklch(found)[2] == pytest.approx(oklch("#ffe600")[2], abs=0.05)


def test_what_is_too_dark_becomes_lighter():
    assert oklch(corrected("#123456", [("#0b1513", 4.5)]))[0] > oklch("#123456")[0]


def test_what_no_colour_can_do_is_said():
    with pytest.raises(Unreadable):
        corrected("#808080", [("#000000", 7), ("#ffffff", 7)])


@given(colours, colours, st.sampled_from([3.0, 4.5]))
@settings(max_examples=60, deadline=None)
def test_the_nearest_colour_can_be_read_and_no_nearer_step_of_its_hue_can(wished, ground, ratio):
    found = corrected(wished, [(ground, ratio)])

    assert contrast(found, ground) >= ratio
    if found != wished:
        nearer = shifted(found, (oklch(wished)[0] - oklch(found)[0]) * 0.5)
        assert contrast(nearer, ground) < ratio or distance(nearer, found) < 0.01

"""Whatever colours an account wishes, every pair that our styles put on each other can be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.domain.brand import COLOURS, Brand
from qms.domain.colour import contrast
from qms.domain.palette import THEMES, corrections, tokens_of
from tests.unit.pages.themes import MEASURED, themes

wishes = st.one_of(st.none(), st.integers(0, 0xFFFFFF).map("#{:06x}".format))


def test_the_grounds_are_those_of_the_styles():
    for theme, ground in THEMES.items():
        assert {name: themes()[theme][name] for name in ground.usual} == ground.usual
        assert {colour for colour, _ in ground.on_grounds} <= set(themes()[theme].values())


@given(st.builds(Brand, **dict.fromkeys(COLOURS, wishes)), st.sampled_from(["light", "dark"]))
@settings(max_examples=25, deadline=None)
def test_no_brand_makes_anything_unreadable(brand, theme):
    colours = {**themes()[theme], **tokens_of(brand, theme)}

    poor = {pair for pair, least in MEASURED if contrast(colours[pair[0]], colours[pair[1]]) < least}

    assert poor == set()


def test_without_a_wish_nothing_changes():
    assert [tokens_of(Brand(logo="a.svg", font="serif"), theme) for theme in THEMES] == [{}, {}]


def test_who_wishes_a_colour_is_told_what_became_of_it_in_both_themes():
    found = {(one.theme, one.use): one for one in corrections(Brand(accent="#ffe600"))}

    assert set(found) == {(theme, use) for theme in THEMES for use in ("field", "text", "outline")}
    assert found["light", "field"].shown == "#ffe600"
    assert found["light", "text"].shown != "#ffe600"
    assert found["light", "text"].ratio == pytest.approx(4.5, abs=0.15)
    assert found["dark", "text"].shown == "#ffe600"


def test_a_background_is_of_one_theme():
    assert {(one.name, one.theme) for one in corrections(Brand(background="#fff0f0", background_dark="#200000"))} == {
        ("background", "light"),
        ("background_dark", "dark"),
    }

"""Every pair of colours that our styles put on each other can be read, in every theme.

Source: WCAG 2.2, 1.4.3 (text 4.5:1), 1.4.6 (7:1, here for what is read from across a room), 1.4.11 (3:1).
"""

import re

import pytest

from qms.domain.colour import contrast
from tests.unit.pages.themes import DARK_WISHED, FROM_AFAR, MEASURED, NEAR_BY, STATIC, THEMES, themes


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_can_be_read(theme):
    colours = themes()[theme]

    poor = {
        pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2)
        for pair, least in MEASURED
        if contrast(colours[pair[0]], colours[pair[1]]) < least
    }

    assert poor == {}


def test_dark_is_the_same_whoever_asks_for_it():
    assert themes()["dark"] == themes()[DARK_WISHED]


@pytest.mark.parametrize("theme", ["dark", "contrast"])
def test_a_theme_says_every_colour(theme):
    of_light = {name for name, value in themes()["light"].items() if value.startswith(("#", "rgb"))}

    assert of_light - set(themes()[theme]) == set()


def rules() -> list[tuple[str, str]]:
    texts = [(STATIC / name).read_text() for name in ("base.css", "components.css")]
    plain = [re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL) for text in texts]
    return [(selector.strip(), body) for text in plain for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text)]


def test_every_pair_that_a_rule_makes_is_measured():
    pairs = {
        selector: (text[1], ground[1])
        for selector, body in rules()
        if (text := re.search(r"(?:^|[^-])color: var\(--([\w-]+)\)", body))
        and (ground := re.search(r"background: var\(--([\w-]+)\)", body))
    }

    assert len(pairs) > 8
    assert {selector: pair for selector, pair in pairs.items() if pair not in FROM_AFAR + NEAR_BY} == {}


def test_styles_name_colours_only_by_their_token():
    named = {colour for _, body in rules() for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b", body)}

    assert named <= {"#000000"}, "black is the printer's; every other colour has a token"

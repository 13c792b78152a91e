"""The receipt's sheet: boxes that hold their texts, and a length that is their sum."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.receipt import LEADING, PRINTED_MM, QR_MM, Line, Sheet, number_size_mm, rows_of


def sheet(number: str = "T001", place: str = "Main branch") -> Sheet:
    above = [
        Line(name="place", text=place, size_mm=4),
        Line(name="number", text=number, size_mm=number_size_mm(number)),
    ]
    return Sheet(above=above, below=[Line(name="taken", text="12:00", size_mm=3.5)])


def millimetres(css: str, selector: str, name: str) -> float:
    rule = re.search(re.escape(selector) + r"\{([^}]*)\}", css)
    assert rule is not None
    found = re.search(rf"(?:^|;){name}:([\d.]+)mm", rule[1])
    assert found is not None
    return float(found[1])


def test_the_page_is_80_mm_wide_and_as_long_as_the_sheet_says():
    css = sheet().stylesheet()

    assert f"@page{{size:80mm {sheet().height_mm}mm;margin:0}}" in css


@given(st.text(max_size=50), st.text(max_size=300))
def test_all_boxes_and_gaps_fit_into_the_sheet(number, place):
    css = sheet(number, place).stylesheet()

    boxes = sum(millimetres(css, f".{name}", "height") for name in ("place", "number", "taken", "qr"))
    room = millimetres(css, ".sheet", "height")
    assert boxes + 3 * 2.0 <= room + 0.01
    assert room < sheet(number, place).height_mm


def test_a_longer_text_makes_a_longer_sheet():
    assert sheet(place="Main branch " * 20).height_mm > sheet().height_mm


def test_room_can_be_reserved_for_a_text_that_may_come():
    assert Line(name="a", text="", size_mm=4, room_for="x " * 60).height_mm == 4 * LEADING * rows_of("x " * 60, 4)


def test_a_usual_number_is_as_large_as_can_be_and_a_long_one_smaller():
    assert number_size_mm("T001") == 24
    assert number_size_mm("A" * 20) == 5
    assert number_size_mm("T1234567") * 0.62 * 8 <= PRINTED_MM


@pytest.mark.parametrize(
    ("text", "rows"), [("", 1), ("one two", 1), ("x" * 30, 2), ("漢" * 20, 2), ("a " * 20, 2), ("a " * 40, 3)]
)
def test_rows_are_counted_by_words_and_long_words_are_broken(text, rows):
    assert rows_of(text, 4) == rows


def test_the_code_can_be_scanned_from_paper():
    assert QR_MM / (33 + 8) >= 0.8  # mm per module of a version 4 code with its white; 0.4 mm is the usual least

"""Placeholders: names, dates in any pattern, and whatever is none."""

from datetime import UTC, datetime

import pytest

from qms.domain.placeholders import filled
from qms.domain.zones import zone

START = datetime(2026, 3, 9, 19, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{dd-MM-yyyy}}", "09-03-2026"),
        ("{{ d/M/yy }}", "9/3/26"),
        ("{{yyyy-MM-dd HH:mm}}", "2026-03-09 20:05"),
        ("{{time24}} {{zone}}", "20:05 CET"),
        ("{{time12}}", "8:05 PM"),
        ("{{firstName}} {{lastName}}", "Eve {{lastName}}"),
        ("{{nothing}} {{ }} {{}} {firstName}", "{{nothing}} {{ }} {{}} {firstName}"),
    ],
)
def test_what_is_known_is_put_in_and_the_rest_stays(text, said):
    assert filled(text, {"firstName": "Eve"}, start=START, where=zone("Europe/Berlin")) == said


def test_a_zone_without_a_name_is_said_by_its_distance():
    assert filled("{{zone}}", {}, start=START, where=zone("America/Sao_Paulo")) == "UTC-03"


def test_in_html_nobody_s_name_is_markup():
    text = filled("<b>{{firstName}}</b>", {"firstName": "<i>"}, start=START, where=UTC, markup=True)

    assert text == "<b>&lt;i&gt;</b>"


def test_what_is_put_in_is_not_filled_again():
    assert filled("{{a}}", {"a": "{{b}}", "b": "x"}, start=START, where=UTC) == "{{b}}"

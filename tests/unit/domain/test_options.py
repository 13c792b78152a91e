"""The named options of an account."""

import re
from pathlib import Path

import pytest

from qms.domain.options import CATALOGUE, Options, names, option

ROOT = Path(__file__).resolve().parents[3]


def test_catalogue_is_a_list_for_readers():
    assert len(set(names())) == len(CATALOGUE)
    for one in CATALOGUE:
        assert re.fullmatch(r"[a-z][a-z_]+", one.name)
        assert re.fullmatch(r"[DAKX]-\d+", one.decision)
        assert one.meaning.endswith(".")
        assert one.allowed


def test_every_option_is_asked_for_somewhere():
    rooms = ("acd", "desk", "kiosk", "qms", "qms_gateway", "screens", "server")
    files = (file for room in rooms for file in (ROOT / room).rglob("*.py") if file.name != "options.py")
    code = "\n".join(file.read_text("utf-8") for file in files)

    assert [name for name in names() if f'"{name}"' not in code] == []


@pytest.mark.parametrize("one", CATALOGUE, ids=names())
def test_default_is_an_allowed_value(one):
    assert one.check(one.default) == one.default


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status_policy", "body-code"),
        ("captcha", "recaptcha-enterprise"),
        ("integration_data_limit", 0),
        ("auvious_prefix", "/auvious"),
        ("default_referrer_base", "https://acme.example/book"),
        ("event_aliases", {"qms.assigned": "qms.answered"}),
        ("info_early_limit", 10),
    ],
)
def test_allowed_value_is_kept(name, value):
    assert option(name).check(value) == value


@pytest.mark.parametrize(("given", "kept"), [(True, 5), (False, 0)])
def test_limit_in_minutes_may_be_given_as_a_flag(given, kept):
    assert option("info_early_limit").check(given) == kept


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("status_policy", "body_code", 'one of documented, body-code (did you mean "body-code"?)'),
        ("status_policy", 5, "one of documented, body-code"),
        ("status_policy", ["documented"], "one of documented"),
        ("bare_jwt", "yes", "true or false"),
        ("bare_jwt", 1, "true or false"),
        ("avg_window_hours", True, "a whole number from 1 to 720"),
        ("avg_window_hours", 1.5, "a whole number from 1 to 720"),
        ("auvious_prefix", "auvious", 'a path such as "/auvious"'),
        ("auvious_prefix", "/auvious/", 'a path such as "/auvious"'),
        ("auvious_prefix", "//auvious", 'a path such as "/auvious"'),
        ("default_referrer_base", "acme.example", "an absolute http(s) address"),
        ("default_referrer_base", "http://[", "an absolute http(s) address"),
        ("event_aliases", {"a": 1}, "a table from event name to event name"),
        ("event_aliases", "a", "a table from event name to event name"),
        ("captcha_site_key", {}, "a text"),
    ],
)
def test_other_values_are_refused_with_the_allowed_ones(name, value, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        option(name).check(value)


def test_account_follows_the_defaults_where_it_says_nothing():
    options = Options({"honeypot": "always"})

    assert options.text("honeypot") == "always"
    assert options.text("status_policy") == "documented"
    assert options.number("avg_window_hours") == 24
    assert not options.flag("require_available")
    assert dict(options)["cors"] == "documented"
    assert set(options) == set(names())
    with pytest.raises(KeyError):
        options["nothing"]

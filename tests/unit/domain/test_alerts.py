"""Alerts: when each holds, since when, and that it clears itself."""

from datetime import UTC, datetime, timedelta

import pytest

from qms.domain.alerts import Alert, Screen, Service, Waiting, alerts

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def decided(*, waiting=(), services=(), screens=(), now=NOW) -> list[Alert]:
    return alerts(now, now, waiting=waiting, services=services, screens=screens)


def line(ago: timedelta, **more) -> Waiting:
    return Waiting(**{"queue": "q", "branch": "b", "since": NOW - ago, "target": 10 * MINUTE, "servers": 1, **more})


def screen(**more) -> Screen:
    return Screen(**{"key": "lobby", "branch": "b", "branch_open": True, "seen_at": NOW, **more})


def service(ago: timedelta, seconds: float, **more) -> Service:
    about = {"agent": "a", "ended_at": NOW - ago, "lasted": timedelta(seconds=seconds), "short": 15 * SECOND}
    return Service(**{**about, **more})


@pytest.mark.parametrize(
    ("waiting", "since"),
    [
        (line(10 * MINUTE), None),
        (line(10 * MINUTE + SECOND), NOW - SECOND),
        (line(60 * MINUTE, target=timedelta(0)), None),
        (line(-5 * MINUTE), None),
    ],
)
def test_a_wait_is_over_target_from_the_moment_it_passes_it(waiting, since):
    expected = [] if since is None else [Alert(kind="wait_over_target", since=since, queue="q", branch="b")]

    assert decided(waiting=[waiting]) == expected


@pytest.mark.parametrize(
    ("waiting", "since"),
    [
        (line(2 * MINUTE, servers=0), NOW - 2 * MINUTE),
        (line(2 * MINUTE, servers=0, left_at=NOW - MINUTE), NOW - MINUTE),
        (line(2 * MINUTE, servers=0, left_at=NOW - 9 * MINUTE), NOW - 2 * MINUTE),
        (line(-MINUTE, servers=0), None),
        (line(2 * MINUTE, servers=1), None),
    ],
)
def test_nobody_there_to_serve_is_told_since_he_came_or_the_last_one_left(waiting, since):
    expected = [] if since is None else [Alert(kind="undeliverable", since=since, queue="q", branch="b")]

    assert decided(waiting=[waiting]) == expected


def test_three_short_services_within_the_hour_are_suspicious_and_two_are_not():
    short = [service(n * MINUTE, 5) for n in (30, 20, 10)]

    assert decided(services=short) == [Alert(kind="short_services", since=NOW - 10 * MINUTE, agent="a")]
    assert decided(services=[*short[:2], service(MINUTE, 15)]) == []
    assert decided(services=[*short[:2], service(MINUTE, 5, agent="another")]) == []
    assert decided(services=[*short[:2], service(MINUTE, 5, short=timedelta(0))]) == []
    assert decided(services=short, now=NOW + 31 * MINUTE) == []  # by itself, an hour after the first


@pytest.mark.parametrize(
    ("seen", "since"),
    [
        (screen(), ...),
        (screen(seen_at=NOW - 90 * SECOND), ...),
        (screen(seen_at=NOW - 91 * SECOND), NOW - 91 * SECOND),
        (screen(seen_at=None), None),
        (screen(unpainted_since=NOW - 30 * SECOND), ...),
        (screen(unpainted_since=NOW - 31 * SECOND), NOW - 31 * SECOND),
        (screen(seen_at=None, branch_open=False), ...),
    ],
)
def test_a_screen_is_silent_that_does_not_report_or_does_not_show(seen, since):
    expected = [] if since is ... else [Alert(kind="silent_screen", since=since, screen="lobby", branch="b")]

    assert decided(screens=[seen]) == expected


def test_what_nobody_can_serve_comes_first_and_the_oldest_of_each():
    found = decided(
        waiting=[line(20 * MINUTE), line(30 * MINUTE, queue="r"), line(MINUTE, queue="s", servers=0)],
        screens=[screen(seen_at=None)],
    )

    assert [(one.kind, one.queue) for one in found] == [
        ("undeliverable", "s"),
        ("wait_over_target", "r"),
        ("wait_over_target", "q"),
        ("silent_screen", None),
    ]

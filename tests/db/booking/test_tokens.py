"""Tokens of an appointment: genuine or not, and alive or not."""

from datetime import timedelta

import pytest

from qms.domain.errors import Gone
from qms.services.booking import ending, tokens
from qms.services.key_tokens import read_token
from qms.services.keys import issue_key
from qms.services.signatures import TokenRefused
from tests.clock import MONDAY_NOON
from tests.db.booking.clinic import on
from tests.db.marks import on_sqlite

pytestmark = on_sqlite  # decisions in plain Python; the statements are tried on both databases elsewhere

SECRET = b"a secret of at least thirty-two bytes"


def token(booked, kind="access"):
    return tokens.read(tokens.issue(booked, kind, secret=SECRET), secret=SECRET, now=MONDAY_NOON)


def opened(clinic, token):
    return clinic.store.read(tokens.opened, token=token)


def test_a_token_says_what_it_opens_and_is_the_same_each_time(clinic):
    booked = clinic.book("10:00")

    said = token(booked, "action")

    assert (said.appointment, said.account, said.kind, said.generation) == (booked.id, clinic.account, "action", 0)
    assert tokens.issue(booked, "action", secret=SECRET) == tokens.issue(booked, "action", secret=SECRET)
    assert tokens.issue(booked, "action", secret=SECRET) != tokens.issue(booked, "access", secret=SECRET)


def test_what_another_secret_signed_is_refused_and_so_is_a_key(clinic):
    text = tokens.issue(clinic.book("10:00"), "access", secret=SECRET)
    key = clinic.store.write(issue_key, account=clinic.account, kind="backend", expires_at=None, secret=SECRET)

    for wrong, secret in ((text, b"another secret, just as long as it"), (key.token, SECRET), ("a.b.c", SECRET)):
        with pytest.raises(TokenRefused):
            tokens.read(wrong, secret=secret, now=MONDAY_NOON)
    with pytest.raises(TokenRefused, match="signature"):
        read_token(text, secret=SECRET, now=MONDAY_NOON)


def test_its_own_expiry_lies_far_behind_any_use(clinic):
    booked = clinic.book("10:00")
    text = tokens.issue(booked, "access", secret=SECRET)

    tokens.read(text, secret=SECRET, now=booked.ends_at + timedelta(days=29))
    with pytest.raises(TokenRefused, match="expired"):
        tokens.read(text, secret=SECRET, now=booked.ends_at + timedelta(days=30))


@pytest.mark.parametrize("kind", ["access", "action"])
def test_moving_and_cancelling_kill_tokens_and_moving_gives_new_ones(clinic, kind):
    booked = clinic.book("10:00", "single")
    first = token(booked, kind)
    assert opened(clinic, first).id == booked.id

    moved = clinic.move(booked, "11:00")

    with pytest.raises(Gone, match="replaced"):
        opened(clinic, first)
    second = token(moved, kind)
    assert opened(clinic, second).starts_at == on("11:00")
    clinic.cancel(moved)
    with pytest.raises(Gone):
        opened(clinic, second)


def test_one_changes_until_it_starts_and_sees_until_it_is_over(clinic, clock):
    booked = clinic.book("10:00", "minute")
    see, change = token(booked), token(booked, "action")
    clock.move(hours=22)

    with pytest.raises(Gone, match="started"):
        opened(clinic, change)
    assert opened(clinic, see).id == booked.id
    clinic.of(ending.complete, booked)
    with pytest.raises(Gone, match="completed"):
        opened(clinic, see)


def test_nobody_elses_token_opens_it(clinic):
    said = token(clinic.book("10:00"))

    for wrong in ({"account": "x"}, {"appointment": "x"}, {"generation": -1}):
        with pytest.raises(Gone):
            opened(clinic, tokens.AppointmentToken(**{**_fields(said), **wrong}))


def _fields(said):
    return {name: getattr(said, name) for name in ("appointment", "account", "kind", "generation")}

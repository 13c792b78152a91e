"""Codes of authenticator apps. Source: RFC 6238, appendix B (SHA-1, eight digits)."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
import segno

from qms.domain.one_time_code import address, code_at, matching, step_of

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_codes_are_those_of_the_standard(seconds, code):
    step = step_of(datetime.fromtimestamp(seconds, UTC))

    assert code_at(SECRET, step, 8) == code


def test_a_clock_may_be_off_by_one_step_and_no_code_is_good_twice():
    at = datetime(2026, 3, 2, 12, 0, 10, tzinfo=UTC)
    step = step_of(at)
    near = [code_at(SECRET, step + off) for off in (-2, -1, 0, 1, 2)]

    assert [matching(SECRET, code, at) for code in near] == [None, step - 1, step, step + 1, None]
    assert matching(SECRET, near[2], at, after=step) is None
    assert matching(SECRET, near[2][:3] + " " + near[2][3:], at + timedelta(seconds=19)) == step
    assert matching(SECRET, "", at) is matching(SECRET, "１２３４５６", at) is None  # noqa: RUF001 - digits of another script


def test_an_app_reads_whose_it_is():
    assert address(SECRET, issuer="Acme Bank", name="a@b.c") == (
        f"otpauth://totp/Acme%20Bank%3Aa%40b.c?secret={SECRET}&issuer=Acme%20Bank"
    )


def test_names_of_any_length_and_script_fit_into_a_qr_code():
    longest = address(SECRET, issuer="\U0001f3e6" * 500, name="\u0639" * 500)

    assert segno.make(longest, error="m").version

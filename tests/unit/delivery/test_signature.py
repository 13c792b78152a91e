"""Signatures, checked by a verifier that is not ours."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from acd.delivery.signature import signature_headers, signing_key

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
BODY = json.dumps({"type": "ticket.called", "data": {"number": "Ñ042"}}, ensure_ascii=False).encode()


def signed(secret: str = SECRET, at: datetime | None = None, body: bytes = BODY) -> dict[str, str]:
    return signature_headers(id="msg_1", at=at or datetime.now(UTC), body=body, secret=secret)


def test_the_independent_verifier_accepts_what_we_sign():
    headers = signed()

    assert Webhook(SECRET).verify(BODY, headers) == json.loads(BODY)
    assert headers["webhook-id"] == "msg_1"


def test_the_timestamp_is_that_of_the_attempt_in_whole_unix_seconds():
    headers = signed(at=datetime(2026, 3, 1, 12, 0, 0, 999_999, tzinfo=UTC))

    assert headers["webhook-timestamp"] == "1772366400"


def test_a_secret_without_padding_is_the_same_secret():
    assert signing_key(SECRET.rstrip("=")) == signing_key(SECRET) == bytes(range(32))


@pytest.mark.parametrize("secret", ["s3cret", "whsec_not base64!", "contraseña"])
def test_a_secret_of_another_form_signs_with_its_own_bytes(secret):
    headers = signed(secret)

    assert Webhook(secret.encode()).verify(BODY, headers)


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        (BODY + b" ", {}),
        (BODY, {"webhook-id": "msg_2"}),
        (BODY, {"webhook-signature": "v1," + base64.b64encode(bytes(32)).decode()}),
    ],
)
def test_whatever_was_changed_on_the_way_is_refused(body, changed):
    headers = signed() | changed

    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body, headers)


@pytest.mark.parametrize("off", [timedelta(seconds=-302), timedelta(seconds=302)])
def test_an_old_or_future_attempt_is_refused(off):
    headers = signed(at=datetime.now(UTC) + off)

    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY, headers)


def test_another_endpoints_secret_is_refused():
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + base64.b64encode(b"another").decode()).verify(BODY, signed())

"""Signed texts of ours, attacked: each reader takes only its own kind, genuine, whole and in time.

Source: RFC 8725 (JSON Web Token best current practices).
"""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from qms.domain.derivation import derived_key
from qms.domain.ids import to_uuid
from qms.domain.network import Agent
from qms.services import client_tokens, key_tokens, user_tokens
from qms.services.booking import tokens
from qms.services.signatures import TokenRefused

SECRET = b"a secret of at least thirty-two bytes"
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
ID = "652a1ae848880e168884e49b"
CLAIMS: dict[str, Any] = {
    "sub": ID, "sid": ID, "account": "acme", "tenant": "acme", "kind": "backend", "gen": 0, "roles": ["ROLE_AGENT"],
    "organization_id": to_uuid(ID), "authorities": ["ROLE_AGENT"], "iat": AT, "exp": AT + 60,
}  # fmt: skip
READERS = {
    "api key": lambda text: key_tokens.read_token(text, secret=SECRET, now=NOW),
    "client token": lambda text: client_tokens.read(text, secret=SECRET, now=NOW),
    "user access token": lambda text: user_tokens.read(text, "access", secret=SECRET, now=NOW),
    "user refresh token": lambda text: user_tokens.read(text, "refresh", secret=SECRET, now=NOW),
    "user half token": lambda text: user_tokens.read_half(text, secret=SECRET, now=NOW),
    "appointment": lambda text: tokens.read(text, secret=SECRET, now=NOW),
}
"""Every reader, by what its key is derived for."""


def part(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def signed(key: bytes, claims: Any = CLAIMS, digest: str = "sha256", **header: Any) -> str:
    """A text with any header, signed whatever it says."""
    head = part(json.dumps({"alg": "HS256", "typ": "JWT", **header}).encode())
    text = f"{head}.{part(json.dumps(claims).encode())}"
    return f"{text}.{part(hmac.new(key, text.encode(), digest).digest())}"


def purpose(name: str) -> bytes:
    """The key that a reader goes by, found by what it takes."""
    return next(derived_key(SECRET, one) for one in (name, f"{name} token") if takes(name, derived_key(SECRET, one)))


def takes(name: str, key: bytes) -> bool:
    try:
        READERS[name](signed(key))
    except TokenRefused:
        return False
    return True


ATTACKS = {
    "no signature": lambda key: jwt.encode(CLAIMS, None, algorithm="none"),  # type: ignore[arg-type]
    "none, in other letters": lambda key: signed(key, alg="nOnE"),
    "none, with a good signature": lambda key: signed(key, alg="none"),
    "no algorithm": lambda key: signed(key, alg=None),
    "an algorithm for public keys": lambda key: signed(key, alg="RS256"),
    "another hash": lambda key: signed(key, digest="sha512", alg="HS512"),
    "signed by somebody else": lambda key: signed(b"x" * 32),
    "signed with nothing": lambda key: signed(b""),
    "signed with five bytes": lambda key: signed(b"short"),
    "signed with the installation's secret itself": lambda key: signed(SECRET),
    "a path for a key": lambda key: signed(b"", kid="../../../dev/null"),
    "a statement for a key": lambda key: signed(b"x", kid="' UNION SELECT 'x' --"),
    "an address for a key": lambda key: signed(b"x" * 32, jku="http://evil.example/keys", x5u="http://evil.example/c"),
    "a key of its own": lambda key: signed(b"x" * 32, jwk={"kty": "oct", "k": part(b"x" * 32)}),
    "over": lambda key: signed(key, {**CLAIMS, "exp": AT}),
    "over long ago": lambda key: signed(key, {**CLAIMS, "exp": -1}),
    "not begun": lambda key: signed(key, {**CLAIMS, "nbf": AT + 60}),
    "an end that is no number": lambda key: signed(key, {**CLAIMS, "exp": "never"}),
    "claims that are a list": lambda key: signed(key, [CLAIMS]),
    "claims that are a text": lambda key: signed(key, "acme"),
    "other claims under the signature": lambda key: swapped(signed(key)),
    "no third part": lambda key: signed(key).rpartition(".")[0],
    "a fourth part": lambda key: signed(key) + ".x",
    "five parts": lambda key: "a.b.c.d.e",
    "an empty signature": lambda key: signed(key).rpartition(".")[0] + ".",
    "a critical extension": lambda key: signed(key, crit=["exp"], b64=False),
    "more than four thousand letters": lambda key: signed(key, {**CLAIMS, "pad": "x" * 4096}),
    "no letters": lambda key: "",
    "letters that are none": lambda key: "é" + signed(key),
    "not even JSON": lambda key: f"{part(b'{')}.{part(b'{')}.x",
    "nested without end": lambda key: f"{part(b'[' * 2000)}.{part(b'{}')}.x",
}


def swapped(text: str) -> str:
    head, _, signature = text.split(".")
    return f"{head}.{part(json.dumps({**CLAIMS, 'account': 'another'}).encode())}.{signature}"


@pytest.mark.parametrize("reader", READERS)
def test_every_attack_is_refused(reader):
    key = purpose(reader)

    taken = []
    for attack, made in ATTACKS.items():
        try:
            READERS[reader](made(key))
        except TokenRefused:
            continue
        taken.append(attack)

    assert taken == []


def test_no_reader_takes_what_was_signed_for_another():
    found = {reader: [other for other in READERS if takes(reader, purpose(other))] for reader in READERS}

    assert found == {reader: [reader] for reader in READERS}


def test_a_half_login_is_no_login_and_ends_after_five_minutes():
    agent = Agent(id=ID, account_id=ID, key="a", domain_id=ID, firstname="A", lastname="", email=None, role="owner")
    half = user_tokens.half(agent, "acme", secret=SECRET, now=NOW)

    assert user_tokens.read_half(half, secret=SECRET, now=NOW) == ("acme", ID)
    with pytest.raises(TokenRefused):
        READERS["user access token"](half)
    with pytest.raises(TokenRefused):
        user_tokens.read_half(half, secret=SECRET, now=NOW + timedelta(minutes=5))


def test_keys_are_long_enough():
    assert all(len(derived_key(SECRET, name)) >= hashlib.sha256().digest_size for name in READERS)

"""A message to a browser is sealed as RFC 8291 says, and signed as RFC 8292 says."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from acd.notification.push import push_request, sealed
from acd.notification.smtp import NotTaken
from qms.domain.message import Message, Wording
from qms.domain.summons import Summons
from qms.services.notification.letters import Letter
from qms.services.summoning.push_key import push_key

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRET = b"a secret that is long enough for a key"
THEIRS = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


def plain(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def letter(**keys: str) -> Letter:
    wish = Summons(
        id="s",
        account_id="a",
        ticket_id="t",
        channel="PUSH",
        address="https://push.example:8443/x/y?z",
        asked_at=NOON,
        keys=keys,
    )
    told = Message(
        id="m",
        account_id="a",
        kind="turn",
        channel="PUSH",
        recipient="s",
        created_at=NOON,
        due_at=NOON,
        data={"page": "/t/x"},
    )
    return Letter(message=told, summons=wish)


def test_the_example_of_the_specification():
    """Source: RFC 8291, appendix A."""
    ours = ec.derive_private_key(
        int.from_bytes(plain("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )

    found = sealed(
        b"When I grow up, I want to be a watermelon",
        theirs=plain(THEIRS),
        auth=plain(AUTH),
        ours=ours,
        salt=plain("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert urlsafe_b64encode(found).rstrip(b"=").decode() == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_y"
        "l95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_the_request_says_who_sends_it_and_for_how_long_it_is_worth_keeping():
    key = push_key(SECRET)

    request = push_request(
        letter(p256dh=THEIRS, auth=AUTH),
        Wording(subject="C012", text="Go"),
        key=key,
        public_url="https://q.example",
        wall=NOON,
    )

    scheme, token, _, public = request.headers["Authorization"].replace(",", " ,").replace("t=", "").split(maxsplit=3)
    said = jwt.decode(
        token,
        key.private.public_key(),
        algorithms=["ES256"],
        audience="https://push.example:8443",
        options={"verify_exp": False},
    )
    assert (scheme, public) == ("vapid", f"k={key.public}")
    assert (said["sub"], said["exp"] - NOON.timestamp()) == ("https://q.example", 12 * 3600)
    assert (request.url, request.headers["TTL"], request.headers["Content-Encoding"]) == (
        "https://push.example:8443/x/y?z", "600", "aes128gcm"
    )  # fmt: skip


def test_the_key_follows_from_the_secret():
    assert push_key(SECRET).public == push_key(bytes(SECRET)).public != push_key(SECRET + b"!").public
    assert len(plain(push_key(SECRET).public)) == 65


@pytest.mark.parametrize("keys", [{}, {"p256dh": "AAAA", "auth": AUTH}, {"p256dh": THEIRS[:-4] + "AAAA", "auth": AUTH}])
def test_keys_that_are_none_are_refused_for_good(keys):
    with pytest.raises(NotTaken) as refused:
        push_request(letter(**keys), Wording(text="x"), key=push_key(SECRET), public_url="https://q.example", wall=NOON)

    assert refused.value.for_good

"""Coming in through an OpenID provider, and everything that is no way in."""

from datetime import UTC, datetime
from ipaddress import ip_network
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives import serialization

from acd.delivery.guard import Guard
from desk.face import routes
from qms.domain.errors import NotAuthenticated
from qms.store.schema import network as tables
from qms.web.openid import PROVIDERS, Client, Providers, Question, verified
from tests.http.desk.openid_provider import CLIENT, SECRET, OpenIdProvider

ANA = {"email": "ANA@acme.example", "email_verified": True}
PATH = "/desk/single-sign-on"


@pytest.fixture(scope="module")
def provider():
    """Makes one key for all: that takes its time."""
    return OpenIdProvider()


@pytest.fixture
async def running(provider):
    """The provider, where it can be asked."""
    server = TestServer(provider.application())
    await server.start_server()
    provider.issuer, provider.forged, provider.person = f"http://127.0.0.1:{server.port}", {}, dict(ANA)
    yield provider
    await server.close()


@pytest.fixture
def clock():
    """The provider goes by the world's."""

    class World:
        def machine(self):
            return datetime.now(UTC)

        def business(self, machine):
            return machine

    return World()


@pytest.fixture
async def desk(serve, store, seeded, running):
    said = {"issuer": running.issuer, "client_id": CLIENT, "client_secret": SECRET, "name": "Acme"}

    def let_in(tx):
        c = tables.account.c
        sealed = tx.vault.seal(c.sign_in, seeded.account, said)
        tx.execute(tables.account.update().where(c.id == seeded.account).values(sign_in=sealed))
        tx.network_changed(seeded.account)

    store.write(let_in)

    def providers(app):
        app[PROVIDERS] = Providers(Guard([ip_network("127.0.0.0/8")]))

    return await serve(providers, routes)


async def out_and_back(desk, **changes):
    """Out to the provider and back; the last answer. `changes` are of what comes back."""
    out = await desk.get(f"{PATH}/acme", allow_redirects=False)
    there = await desk.session.get(out.headers["Location"], allow_redirects=False)
    back = urlsplit(there.headers["Location"])
    said = {name: values[0] for name, values in parse_qs(back.query).items()} | changes
    return await desk.get(back.path, params=said, allow_redirects=False), said


async def test_somebody_comes_in_whose_address_the_provider_has_verified(desk):
    answer, said = await out_and_back(desk)
    state = await (await desk.get("/desk/api/state")).json()
    again = await desk.get(PATH, params=said, allow_redirects=False)

    assert (answer.status, answer.headers["Location"]) == (303, "/desk")
    assert state["agent"]["name"] == "Ana Pérez"
    assert again.status == 401


@pytest.mark.parametrize(
    "person", [{"email": "nobody@acme.example"}, {"email_verified": False}, {"email": None}, {"email_verified": "true"}]
)
async def test_nobody_comes_in_without_a_verified_address_of_ours(desk, running, person):
    running.person |= person

    answer, _ = await out_and_back(desk)

    assert answer.status == 401
    assert (await desk.get("/desk/api/state")).status == 401


async def test_an_answer_is_good_only_for_the_browser_that_asked_and_only_with_its_state(desk):
    changed, _ = await out_and_back(desk, state="another")
    guessed, _ = await out_and_back(desk, code="guessed")
    out = await desk.get(f"{PATH}/acme", allow_redirects=False)
    there = await desk.session.get(out.headers["Location"], allow_redirects=False)
    desk.session.cookie_jar.clear()
    stolen = await desk.get(PATH + "?" + urlsplit(there.headers["Location"]).query, allow_redirects=False)

    assert (changed.status, guessed.status, stolen.status) == (401, 401, 401)


async def test_where_no_provider_is_named_there_is_no_such_way(serve, store, seeded):
    client = await serve(routes)

    assert (await client.get(f"{PATH}/acme")).status == 404
    assert (await client.get(f"{PATH}/nowhere")).status == 404


def test_only_an_identity_of_this_provider_for_us_now_and_to_our_question_is_genuine(provider):
    provider.issuer, provider.person = "https://idp.example", dict(ANA)
    question, now = Question.new(), datetime.now(UTC)
    client = Client(issuer=provider.issuer, client_id=CLIENT, client_secret=None, redirect="")

    def claims(**forged):
        provider.forged = forged
        return provider.identity(question.nonce)

    public = provider.key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    body = jwt.decode(claims(), options={"verify_signature": False})
    at = int(now.timestamp())
    refused = {
        "no signature": jwt.encode(body, None, algorithm="none"),  # type: ignore[arg-type]
        "signed with the public key": _hmac(body, public),
        "another key": jwt.encode(body, "x" * 32, algorithm="HS256", headers={"kid": "1"}),
        "a key that there is not": jwt.encode(body, provider.key, algorithm="RS256", headers={"kid": "../1"}),
        "another issuer": claims(iss="https://evil.example"),
        "for somebody else": claims(aud="another"),
        "for several, and given to another": claims(aud=[CLIENT, "another"], azp="another"),
        "over": claims(exp=at - 60),
        "from the future": claims(iat=at + 600),
        "to another question": claims(nonce="another"),
        "no text": "",
        "no token": "a.b.c",
        "a number for a time": claims(exp="soon"),
    }

    assert verified(claims(), provider.keys(), client, question, now)["sub"] == "7"
    for why, token in refused.items():
        with pytest.raises(NotAuthenticated):
            print(why, verified(token, provider.keys(), client, question, now))


def _hmac(body, public):
    """What PyJWT refuses to sign: the classic confusion of a public key with a secret."""
    import base64
    import hashlib
    import hmac
    import json

    def part(value):
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    head = part(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "1"}).encode())
    text = f"{head}.{part(json.dumps(body).encode())}"
    return f"{text}.{part(hmac.new(public, text.encode(), hashlib.sha256).digest())}"

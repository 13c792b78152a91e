"""Who may come in: the seven refusals, the kinds of key, revoking, and the limit on asking."""

import asyncio
import base64
import json
from datetime import timedelta

import jwt
import pytest

from qms.services.key_tokens import signing_key
from qms.services.keys import revoke_key
from qms_gateway.face import routes
from tests.http.conftest import SECRET_KEY
from tests.http.seed import seed

ROOT = "/public/video-contact-center"
UNKNOWN = "The integration token it's invalid or was removed."
USUAL = "Authorization header with valid JWT is required."


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is looked at here does not depend on it."""
    return sqlite_url


def refused(message, name="NotAuthenticated", code=401, kebab="not-authenticated"):
    return {"name": name, "message": message, "code": code, "className": kebab, "errors": {}}


def forbidden(message):
    return refused(message, "Forbidden", 403, "forbidden")


def forged(claims, key=None, **more):
    return jwt.encode(claims, key or signing_key(SECRET_KEY), **{"algorithm": "HS256", **more})


def part(text):
    return base64.urlsafe_b64encode(text if isinstance(text, bytes) else text.encode()).rstrip(b"=").decode()


async def ask(gateway, headers, path="branches"):
    response = await gateway.get(f"{ROOT}/{path}", headers=headers)
    return response.status, await response.json()


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer a b", "x" * 5000, "ÿÿ.ÿ.ÿ"])
async def test_1_without_a_usable_key_one_is_asked_for(gateway, header):
    assert await ask(gateway, {}) == (401, refused(USUAL))
    assert await ask(gateway, {"Authorization": header}) == (401, refused(USUAL))


@pytest.mark.parametrize("token", ["abc", "a.b", "a.b.c.d", "...."])
async def test_2_a_token_has_three_parts(gateway, token):
    assert await ask(gateway, {"Authorization": f"Bearer {token}"}) == (401, refused("jwt malformed"))


@pytest.mark.parametrize(
    ("token", "position"),
    [
        (f"{part('{')}.{part('{}')}.x", 1),
        (f"{part('{}')}.{part(b'{')}.x", 1),
        (f"{part('{}')}.{part(b'{1234')}.x", 1),
        (f"{part('{}')}.{part(bytes([0xFF]))}.x", 0),
        (f"{part('[' * 3000)}.x.y", 0),
        (f"{part('7')}.{part('{}')}.x", 0),
        ("..", 0),
    ],
)
async def test_3_its_parts_are_json(gateway, token, position):
    status, body = await ask(gateway, {"Authorization": f"Bearer {token}"})

    assert (status, body) == (401, refused(f"Unexpected token \ufffd in JSON at position {position}"))


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")  # forgers do not mind
async def test_4_it_is_signed_by_us(gateway, keys):
    claims = {"sub": "x", "account": "acme", "kind": "backend", "iat": 0}
    tampered = keys.token().split(".")
    tampered[1] = part(json.dumps(claims))
    forgeries = [
        forged(claims, b"another secret of thirty-two bytes"),
        forged(claims, SECRET_KEY),
        forged(claims, algorithm="HS512"),
        f"{part(json.dumps({'alg': 'none'}))}.{part(json.dumps(claims))}.",
        ".".join(tampered),
        keys.token()[:-4],
        keys.token() + "é".encode().hex(),
    ]

    answers = [await ask(gateway, {"Authorization": f"Bearer {token}"}) for token in forgeries]

    assert answers == [(401, refused("invalid signature"))] * len(forgeries)


async def test_5_its_time_is_not_over(gateway, keys, clock):
    header = keys(expires_at=clock.at + timedelta(seconds=60))

    before = await ask(gateway, header)
    clock.move(seconds=60)
    after = await ask(gateway, header)

    assert before[0] == 200
    assert after == (401, refused("jwt expired"))


async def test_6_it_was_not_taken_back(gateway, keys, store, seeded):
    header = keys()
    key = jwt.decode(header["Authorization"][7:], options={"verify_signature": False})["sub"]
    assert (await ask(gateway, header))[0] == 200

    store.write(revoke_key, account=seeded.account, id=key)
    async with asyncio.timeout(20):
        while (answer := await ask(gateway, header))[0] == 200:
            pass

    assert answer == (403, forbidden(UNKNOWN))


@pytest.mark.parametrize("account", ["acme", "nobody", "\0"])
async def test_6_it_is_known(gateway, account):
    token = forged({"sub": "652a1ae848880e168884e49b", "account": account, "kind": "backend", "iat": 0})

    assert await ask(gateway, {"Authorization": token}) == (403, forbidden(UNKNOWN))


@pytest.mark.parametrize("changes", [{"account": "other"}, {"kind": "backend"}])
async def test_6_it_is_what_was_issued(gateway, keys, store, changes):
    store.write(seed, slug="other")
    claims = jwt.decode(keys.token("public"), options={"verify_signature": False})

    assert await ask(gateway, {"Authorization": forged({**claims, **changes})}) == (403, forbidden(UNKNOWN))


@pytest.mark.parametrize("kind", ["public", "api-token"])
@pytest.mark.parametrize("path", ["branches", "branches/main/queues", "branches/nope/queues/tramites"])
async def test_7_it_is_for_this(gateway, keys, kind, path):
    expected = forbidden(f"You don't have access to {ROOT}/{path}. Please contact to your administrator.")

    assert await ask(gateway, keys(kind), path) == (403, expected)


async def test_7_a_public_key_takes_no_tickets(gateway, keys):
    path = f"{ROOT}/branches/main/queues/tramites"
    response = await gateway.post(path, json={}, headers=keys("public"))

    expected = forbidden(f"You don't have access to {path}. Please contact to your administrator.")
    assert (response.status, await response.json()) == (403, expected)


async def test_7_a_key_may_be_for_less_than_its_kind(gateway, keys):
    header = keys(perms=["segments"])

    assert (await ask(gateway, header, "segments"))[0] == 200
    assert (await ask(gateway, header, "branches"))[0] == 403


@pytest.mark.parametrize("scheme", ["Bearer ", "bearer ", "BEARER ", "Bearer   ", ""])
async def test_the_key_comes_with_the_word_bearer_or_bare(gateway, keys, scheme):
    status, _ = await ask(gateway, {"Authorization": scheme + keys.token()})

    assert status == 200


async def test_bare_keys_can_be_forbidden(gateway, keys, option):
    await option(bare_jwt=False)
    header = {"Authorization": keys.token()}

    assert [await ask(gateway, header) for _ in range(2)] == [(401, refused(USUAL))] * 2


async def test_a_key_opens_its_own_account_only(gateway, keys, store):
    other = store.write(seed, slug="other")
    theirs = type(keys)(store, other.account)

    mine, others = (await ask(gateway, keys()))[1], (await ask(gateway, theirs()))[1]

    assert not {branch["id"] for branch in mine} & {branch["id"] for branch in others}


class TestLimit:
    async def test_the_twenty_first_request_in_a_second_is_429(self, serve, keys):
        gateway = await serve(routes, rate_limit=20)
        header = keys()

        responses = [await gateway.get(f"{ROOT}/branches", headers=header) for _ in range(21)]

        assert [response.status for response in responses] == [200] * 20 + [429]
        assert responses[-1].headers["Retry-After"] == "1"
        assert await responses[-1].json() == refused(
            "Too many requests, please try again later.", "TooManyRequests", 429, "too-many-requests"
        )

    async def test_each_key_has_its_own(self, serve, keys):
        gateway = await serve(routes, rate_limit=1)

        statuses = [(await ask(gateway, keys()))[0] for _ in range(3)]

        assert statuses == [200, 200, 200]

    async def test_those_without_a_key_share_one_per_address(self, serve):
        gateway = await serve(routes, rate_limit=2)

        statuses = [(await ask(gateway, {"Authorization": f"Bearer a.b.{n}"}))[0] for n in range(3)]

        assert statuses == [401, 401, 429]

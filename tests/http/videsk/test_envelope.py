"""Whatever goes wrong under the prefix is said in one envelope; other origins may call."""

import gzip
import inspect
import io
import json
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms.domain import errors
from qms_gateway.dialects.videsk import queues
from qms_gateway.dialects.videsk.errors import REFUSALS, _bug
from tests.http.seed import sign_in

ROOT = "/public/video-contact-center"
ENQUEUE = f"{ROOT}/branches/main/queues/tramites"
KEYS = ["name", "message", "code", "className", "errors"]
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "name", [n for n, c in inspect.getmembers(errors, inspect.isclass) if c.__module__ == errors.__name__]
)
def test_every_refusal_of_the_domain_has_its_words(name):
    kind = getattr(errors, name)

    entry = next(REFUSALS[base] for base in kind.__mro__ if base in REFUSALS)

    assert entry is not _bug


async def test_an_address_may_end_with_a_slash(gateway, keys):
    with_slash = await gateway.get(f"{ROOT}/branches/", headers=keys("backend"))
    put = await gateway.put(f"{ROOT}/branches/", headers=keys("backend"))

    assert (with_slash.status, put.status, put.headers["Allow"]) == (200, 405, "GET,HEAD")


@pytest.mark.parametrize("path", ["/public", "/public/", "/public/nope", ROOT, f"{ROOT}/nope", f"{ROOT}/branches/main"])
async def test_an_unknown_route_is_404_in_the_envelope(gateway, path):
    response = await gateway.get(path)

    assert (response.status, await response.read()) == (
        404,
        b'{"name":"NotFound","message":"Page not found","code":404,"className":"not-found","errors":{}}',
    )


async def test_a_wrong_method_is_405_in_the_envelope(gateway):
    response = await gateway.delete(f"{ROOT}/branches")

    assert response.status == 405
    assert response.headers["Allow"] == "GET,HEAD"
    assert (await response.json())["className"] == "method-not-allowed"


async def test_a_bug_says_nothing(gateway, keys, monkeypatch):
    def broken(tx, **_):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(queues, "queue_figures", broken)
    response = await gateway.get(f"{ROOT}/branches/main/queues", headers=keys())

    assert (response.status, await response.read()) == (
        500,
        b'{"name":"GeneralError","message":"Something went wrong on our side.","code":500,'
        b'"className":"general-error","errors":{}}',
    )


async def test_a_database_that_cannot_answer_is_503(gateway, keys, monkeypatch):
    def away(tx, **_):
        raise errors.Unavailable("disk full")

    monkeypatch.setattr(queues, "queue_figures", away)
    response = await gateway.get(f"{ROOT}/branches/main/queues", headers=keys())

    body = await response.json()
    assert (response.status, response.headers["Retry-After"]) == (503, "1")
    assert (body["name"], body["code"], body["className"]) == ("Unavailable", 503, "unavailable")
    assert "disk" not in body["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"7",
        b"null",
        b'"x"',
        b"\xff",
        b'{"ticketId": "\xff"}',
        b'{"ticketId": "\xed\xa0\x80"}',
        b'{"ticketId": "\\ud800"}',
        b'{"integrationData": "\\udc00x"}',
        b'{"integrationData": NaN}',
        b'{"integrationData": 1e999}',
        b'{"integrationData": ' + b"9" * 5000 + b"}",
        b'{"integrationData": ' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"integrationData": ' + b"[" * 200 + b"]" * 200 + b"}",
        b'{"integrationData": ' + b'{"a":' * 50_000 + b"7" + b"}" * 50_000 + b"}",
        b'{"ticketId": "a\0b"}',
        '{"ticketId": "á"}'.encode("utf-16"),
    ],
)
async def test_a_body_that_is_no_proper_json_is_400(gateway, keys, body):
    response = await gateway.post(ENQUEUE, data=body, headers={**keys(), **JSON})

    answer = await response.json()
    assert (response.status, answer["code"], answer["className"]) == (400, 400, "bad-request")
    assert list(answer) == KEYS


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense"])
async def test_another_media_type_is_400(gateway, keys, kind):
    response = await gateway.post(ENQUEUE, data=b"{}", headers={**keys(), "Content-Type": kind})

    assert (response.status, (await response.json())["name"]) == (400, "BadRequest")


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=utf-8", "Application/JSON", "application/vnd.x+json"]
)
async def test_json_by_any_of_its_names_will_do(gateway, keys, store, seeded, kind):
    store.write(sign_in, seeded=seeded, agent="jdoe")

    response = await gateway.post(ENQUEUE, data=b"{}", headers={**keys(), "Content-Type": kind})

    assert response.status == 201


async def test_a_body_of_more_than_a_mebibyte_is_413(gateway, keys):
    response = await gateway.post(ENQUEUE, data=io.BytesIO(b" " * (2**20 + 1)), headers={**keys(), **JSON})

    answer = await response.json()
    assert (response.status, answer["name"], answer["code"]) == (413, "PayloadTooLarge", 413)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
async def test_a_body_that_is_not_packed_as_it_says_is_400(gateway, keys, encoding):
    headers = {**keys(), **JSON, "Content-Encoding": encoding}

    response = await gateway.post(ENQUEUE, data=b"this is not compressed", headers=headers, compress=None)

    assert (response.status, (await response.json())["name"]) == (400, "BadRequest")


@pytest.mark.parametrize(("pack", "encoding"), [(gzip.compress, "gzip"), (zlib.compress, "deflate")])
async def test_a_body_may_be_packed_but_not_to_hide_its_size(gateway, keys, pack, encoding):
    headers = {**keys(), **JSON, "Content-Encoding": encoding}

    small = await gateway.post(ENQUEUE, data=pack(b'{"ticketId": ""}'), headers=headers)
    large = await gateway.post(ENQUEUE, data=pack(b" " * 50_000_000), headers=headers)
    cut = await gateway.post(ENQUEUE, data=pack(b"{}")[:-2], headers=headers)

    assert "shorter than the minimum" in (await small.json())["message"]
    assert (large.status, (await large.json())["name"]) == (413, "PayloadTooLarge")
    assert (cut.status, (await cut.json())["name"]) == (400, "BadRequest")


class TestOrigins:
    async def test_a_preflight_needs_no_key(self, gateway):
        response = await gateway.options(ENQUEUE, headers={"Origin": "https://bank.example"})

        assert response.status == 204
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "POST" in response.headers["Access-Control-Allow-Methods"]
        assert "Authorization" in response.headers["Access-Control-Allow-Headers"]

    @pytest.mark.parametrize("path", ["branches", "nope"])
    async def test_answers_and_refusals_may_be_read(self, gateway, keys, path):
        response = await gateway.get(f"{ROOT}/{path}", headers=keys())

        assert response.headers["Access-Control-Allow-Origin"] == "*"

    async def test_an_account_may_keep_other_origins_out(self, gateway, keys, option):
        await option(cors="off")

        response = await gateway.get(f"{ROOT}/branches", headers=keys())

        assert "Access-Control-Allow-Origin" not in response.headers


class TestFuzz:
    """Nothing that anybody sends makes a 500, or an answer outside the envelope."""

    ANY = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    )
    ROUTES = (ENQUEUE, f"{ROOT}/branches/main/queues/asked", f"{ROOT}/forms")
    FUZZ = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])

    async def check(self, response):
        answer = json.loads(await response.read())
        assert response.status < 500
        if response.status >= 400:
            assert [key for key in answer if key != "data"] == KEYS

    @FUZZ
    @given(
        route=st.sampled_from(ROUTES),
        body=st.fixed_dictionaries(
            {},
            optional={
                "ticketId": ANY,
                "form": ANY,
                "integrationData": ANY,
                "segment": ANY | st.just("asked"),
                "type": ANY | st.just("contact"),
                "values": ANY | st.lists(st.fixed_dictionaries({"_id": st.text(), "value": ANY})),
                "token": ANY,
            },
        ),
    )
    async def test_whatever_a_body_says_is_refused_in_the_envelope(self, gateway, keys, route, body):
        await self.check(await gateway.post(route, json=body, headers=keys()))

    @FUZZ
    @given(route=st.sampled_from(ROUTES), body=st.binary(max_size=200))
    async def test_bytes_that_are_no_json_are_refused_in_the_envelope(self, gateway, keys, route, body):
        await self.check(await gateway.post(route, data=body, headers={**keys(), **JSON}))

    @FUZZ
    @given(
        before=st.sampled_from(
            ["branches/", "branches/main/queues/", "forms/", "forms/asked?version=", "segments?$skip="]
        ),
        path=st.text(max_size=30) | st.binary(max_size=20).map(lambda raw: "".join(f"%{byte:02X}" for byte in raw)),
        method=st.sampled_from(["GET", "POST", "PUT", "HEAD"]),
    )
    async def test_whatever_an_address_says_is_refused_in_the_envelope(self, gateway, keys, before, path, method):
        response = await gateway.request(method, f"{ROOT}/{before}{path}", json={}, headers=keys())

        if method == "HEAD":
            assert response.status < 500
        else:
            await self.check(response)

    @FUZZ
    @given(header=st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=80))
    async def test_whatever_a_key_is_it_is_refused_in_the_envelope(self, gateway, header):
        await self.check(await gateway.get(f"{ROOT}/branches", headers={"Authorization": header}))

"""Signing in and out, tokens, cookies, and what failed attempts bring."""

import asyncio
from base64 import urlsafe_b64decode

import argon2
import pytest

from desk.face import routes
from qms.web.passwords import NOBODY

GOOD = {"account": "acme", "email": "ana@acme.example", "password": "secret"}
WRONG = {**GOOD, "password": "guessed"}


async def test_a_login_gives_a_token_and_the_state(client, seeded):
    response = await client.post("/desk/api/session", json=GOOD)
    said = await response.json()

    assert response.status == 201
    assert set(said) == {"token", "state"}
    assert said["state"]["agent"] == {"id": seeded.agents["ana"], "name": "Ana Pérez", "role": "attendant"}
    assert said["state"]["session"]["state"] == "offline"


async def test_the_page_gets_the_token_as_a_cookie_that_no_script_reads(client):
    response = await client.post("/desk/api/session", json=GOOD)
    cookie = response.cookies["turnero_desk"]
    again = await client.get("/desk/api/state")

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert again.status == 200


async def test_over_tls_the_cookie_s_name_says_that_only_this_host_can_have_set_it(serve, seeded):
    client = await serve(routes, public_url="https://turnero.example")
    response = await client.post("/desk/api/session", json=GOOD)
    token = (await response.json())["token"]
    client.session.cookie_jar.clear()
    seen = {
        name: (await client.get("/desk/api/state", headers={"Cookie": f"{name}={token}"})).status
        for name in ("turnero_desk", "__Host-turnero_desk")
    }

    (cookie,) = response.cookies.values()
    assert (cookie.key, cookie["secure"], cookie["path"], cookie["domain"]) == ("__Host-turnero_desk", True, "/", "")
    assert seen == {"turnero_desk": 401, "__Host-turnero_desk": 200}


async def test_a_page_that_signs_in_anew_gives_up_the_login_it_had_and_a_program_keeps_its_own(client):
    tokens = []
    for headers in ({}, {}, {"Origin": "http://turnero.example"}):  # the client sends its cookies along
        async with client.post("/desk/api/session", json=GOOD, headers=headers) as answer:
            tokens.append((await answer.json())["token"])
    client.session.cookie_jar.clear()

    states = [
        (await client.get("/desk/api/state", headers={"Authorization": f"Bearer {token}"})).status for token in tokens
    ]

    assert states == [200, 401, 200]


@pytest.mark.parametrize(
    "change",
    [{"password": "guessed"}, {"email": "nobody@acme.example"}, {"account": "nowhere"}, {"account": ""}],
    ids=str,
)
async def test_whoever_is_not_known_learns_nothing_about_who_is(client, change):
    response = await client.post("/desk/api/session", json={**GOOD, **change})

    assert response.status == 401
    assert await response.json() == {"type": "about:blank", "title": "Not signed in", "status": 401, "detail": ""}


async def test_an_email_address_is_the_same_in_capitals(client):
    response = await client.post("/desk/api/session", json={**GOOD, "email": "ANA@Acme.example"})

    assert response.status == 201


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff", 400),
        (b"[]", 422),
        (b"{}", 422),
        (b'{"account":"acme","email":1,"password":"x"}', 422),
        (b'{"account":"a\\u0000","email":"e","password":"x"}', 422),
    ],
    ids=str,
)
async def test_what_is_no_login_at_all_is_a_problem(client, body, status):
    response = await client.post("/desk/api/session", data=body)

    assert (response.status, response.content_type) == (status, "application/problem+json")


async def test_the_sixth_failed_attempt_within_a_minute_is_refused_unseen_even_if_it_is_right(client, clock):
    failed = [(await client.post("/desk/api/session", json=WRONG)).status for _ in range(5)]
    refused = await client.post("/desk/api/session", json=GOOD)
    clock.move(seconds=61)
    later = await client.post("/desk/api/session", json=GOOD)

    assert failed == [401] * 5
    assert refused.status == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert later.status == 201


async def test_attempts_made_together_are_counted_too(client):
    attempts = [client.post("/desk/api/session", json=WRONG) for _ in range(8)]

    statuses = [response.status for response in await asyncio.gather(*attempts)]

    assert sorted(statuses) == [401] * 5 + [429] * 3


async def test_nobody_tries_one_password_on_everybody(client, clock, monkeypatch):
    monkeypatch.setattr("qms.services.logins.FAILURES_IN_ALL", 6)
    monkeypatch.setattr("qms.web.passwords.AT_A_TIME", 1)
    guesses = [{**WRONG, "email": f"somebody-{number}@acme.example"} for number in range(12)]

    answers = await asyncio.gather(*(client.post("/desk/api/session", json=guess) for guess in guesses))
    right = await client.post("/desk/api/session", json=GOOD)
    clock.move(seconds=61)
    later = await client.post("/desk/api/session", json=GOOD)

    assert sum(answer.status == 401 for answer in answers) in (6, 7, 8)  # a failure is counted after its check
    assert {answer.status for answer in answers} == {401, 429}
    assert (right.status, later.status) == (429, 201)


@pytest.mark.parametrize(
    "change", [str.upper, lambda text: text + " ", lambda text: text[:-1], lambda text: text + "\0"]
)
async def test_a_password_is_taken_as_it_was_typed(client, change):
    answer = await client.post("/desk/api/session", json={**GOOD, "password": change(GOOD["password"])})

    assert answer.status == 401


async def test_a_token_is_random_and_long(sign_in):
    tokens = {(await sign_in("ana")).token for _ in range(3)}

    assert len(tokens) == 3
    assert {len(urlsafe_b64decode(token + "=")) for token in tokens} == {32}


async def test_one_who_forgets_a_password_does_not_keep_out_another(client, sign_in):
    for _ in range(6):
        await client.post("/desk/api/session", json=WRONG)

    assert (await sign_in("jdoe")).token


async def test_logins_that_succeed_are_not_counted(sign_in):
    desks = [await sign_in("ana") for _ in range(8)]

    assert len({desk.token for desk in desks}) == 8


async def test_a_token_ends_after_twelve_hours(ana, clock):
    clock.move(hours=11, minutes=59)
    before = (await ana.ask("GET", "state")).status
    clock.move(minutes=2)
    after = (await ana.ask("GET", "state")).status

    assert (before, after) == (200, 401)


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eDp5", "Bearer \u00e9"], ids=repr)
async def test_without_a_good_token_nobody_is_let_in(client, header):
    response = await client.get("/desk/api/state", headers={"Authorization": header} if header else {})

    assert (response.status, response.content_type) == (401, "application/problem+json")


async def test_signing_out_ends_the_token_and_the_session(ana):
    await ana.put("presence", {"state": "idle"})
    response = await ana.ask("DELETE", "session")

    assert response.status == 204
    assert (await ana.ask("GET", "state")).status == 401


async def test_the_session_lives_while_another_login_does(ana, sign_in):
    other = await sign_in("ana")
    await ana.put("presence", {"state": "idle"})
    await ana.ask("DELETE", "session")
    joined = await other.get("state")
    await other.ask("DELETE", "session")
    alone = await sign_in("ana")

    assert joined["session"]["state"] == "idle"
    assert alone.state["session"]["state"] == "offline"


async def test_whoever_is_served_stays_served_when_the_agent_signs_out(ana, sign_in):
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    await ana.visitor("caja")
    called = await ana.post("next")
    await ana.ask("DELETE", "session")
    back = await sign_in("ana")
    state = await back.put("presence", {"state": "idle"})

    assert back.state["session"]["state"] == "offline"
    assert state["session"]["state"] == "busy"
    assert state["session"]["poc"]["key"] == "c1"
    assert state["ticket"]["id"] == called["ticket"]["id"]


async def test_another_site_s_page_may_not_sign_anybody_in(client):
    foreign = await client.post("/desk/api/session", json=GOOD, headers={"Origin": "https://evil.example"})
    own = await client.post("/desk/api/session", json=GOOD, headers={"Origin": "http://turnero.example"})

    assert (foreign.status, own.status) == (403, 201)
    assert "Set-Cookie" not in foreign.headers


async def test_another_site_s_page_may_not_act_by_the_cookie(client):
    await client.post("/desk/api/session", json=GOOD)
    foreign = await client.put("/desk/api/presence", json={"state": "idle"}, headers={"Origin": "https://evil.example"})
    own = await client.put("/desk/api/presence", json={"state": "idle"}, headers={"Origin": "http://turnero.example"})

    assert (foreign.status, own.status) == (403, 200)


async def test_a_retired_agent_is_out_at_once(ana, store, seeded):
    def retire(tx):
        tx.raw("UPDATE agent SET retired_at = 1 WHERE id = :id", {"id": seeded.agents["ana"]})
        tx.raw("UPDATE account SET version = version + 1 WHERE id = :id", {"id": seeded.account})

    store.write(retire)

    assert (await ana.ask("GET", "state")).status == 401


async def test_a_wrong_password_costs_what_an_unknown_name_costs(client, monkeypatch):
    """Not by the clock, which other work disturbs, but by what is hashed, and with which parameters."""
    hashed: list[str] = []
    verify = argon2.PasswordHasher.verify

    def noting(self, kept, said):
        hashed.append(kept)
        return verify(self, kept, said)

    monkeypatch.setattr(argon2.PasswordHasher, "verify", noting)

    for change in ({"email": "nobody@acme.example"}, {"account": "nowhere"}, {"password": "guessed"}):
        await client.post("/desk/api/session", json={**GOOD, **change})

    assert len(hashed) == 3
    assert hashed[0] == hashed[1] == NOBODY
    assert argon2.extract_parameters(NOBODY) == argon2.profiles.RFC_9106_LOW_MEMORY

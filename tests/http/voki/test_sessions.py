"""Logging in, going on, logging out; and with what one is let in (K-6, K-10)."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from qms.domain.ids import to_uuid
from qms.domain.one_time_code import code_at, step_of
from qms.services import second_factor
from tests.http.conftest import Keys
from tests.http.voki.conftest import APPOINTMENTS, JOAO, PASSWORD

UNAUTHORIZED = (401, {"errors": {"detail": "Unauthorized"}})
WRONG = (401, {"errors": {"detail": "Invalid credentials"}})
USER = {
    "id": to_uuid(JOAO),
    "name": "João Silva",
    "email": "joao@avanter.example",
    "role": "attendant",
    "avatar_url": None,
    "mfa_enabled": False,
}


def claims(token: str) -> dict:
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


async def enter(office, who="joao"):
    status, body = await office.log_in(who)
    assert status == 200, body
    return body["data"]


async def test_a_login_is_answered_as_documented(office):
    status, body = await office.log_in()

    assert status == 200
    assert list(body["data"]) == ["access_token", "refresh_token", "user"]
    assert body["data"]["user"] == USER
    assert list(body["data"]["user"]) == list(USER)


async def test_who_is_asking_is_told(office):
    assert await office.ask("GET", "/api/v1/users/me") == (200, {"data": USER})


async def test_an_access_token_says_who_where_as_what_and_until_when(office):
    now = office.clock.machine().timestamp()

    said = claims((await enter(office, "sue"))["access_token"])

    assert (said["tenant"], said["role"], said["exp"]) == ("avanter", "supervisor", now + 15 * 60)
    assert said["sub"] == (await office.ask("GET", "/api/v1/users/me", by=await office.as_("sue")))[1]["data"]["id"]


@pytest.mark.parametrize("who", ["joao", "sue", "max", "olga"])
async def test_every_role_may_work_with_appointments(office, who):
    by = await office.as_(who)

    made = await office.make(by)

    assert (await office.ask("GET", f"{APPOINTMENTS}/{made['id']}", by=by))[0] == 200


@pytest.mark.parametrize("name", ["email", "password", "tenant"])
@pytest.mark.parametrize("blank", [None, "", "  "])
async def test_what_is_missing_in_a_login_is_told(office, name, blank):
    answer = await office.log_in(**{name: blank})

    assert answer == (422, {"errors": {name: ["can't be blank"]}})


async def test_all_that_is_missing_is_told_at_once(office):
    status, body = await office.ask("POST", "/api/auth/login", {}, by={})

    assert (status, list(body["errors"])) == (422, ["email", "tenant", "password"])


@pytest.mark.parametrize(
    "wrong",
    [{"password": "no"}, {"email": "nobody@avanter.example"}, {"tenant": "elsewhere"}, {"tenant": "twin"}],
)
async def test_wrong_credentials_are_all_told_the_same(office, twin, wrong):
    assert await office.log_in(**wrong) == WRONG


@pytest.mark.parametrize("tables_url", ["sqlite"], indirect=True)  # where the clock is moved for the database too
async def test_five_failed_logins_in_a_minute_are_the_last_even_with_the_right_password(office):
    failed = [await office.log_in(password="no") for _ in range(5)]
    refused = await office.client.post(
        "/api/auth/login", json={"email": "joao@avanter.example", "password": PASSWORD, "tenant": "avanter"}
    )
    other = await office.log_in("maria")
    office.clock.move(minutes=1)
    later = await office.log_in()

    assert failed == [WRONG] * 5
    assert (refused.status, await refused.json()) == (429, {"errors": {"detail": "Too Many Requests"}})
    assert int(refused.headers["Retry-After"]) <= 60
    assert (other[0], later[0]) == (200, 200)


async def test_logins_that_succeed_are_not_throttled(office):
    assert [(await office.log_in())[0] for _ in range(12)] == [200] * 12


async def test_an_access_token_is_good_for_a_quarter_of_an_hour(office):
    by = await office.as_("joao")

    office.clock.move(minutes=14, seconds=59)
    before = await office.ask("GET", APPOINTMENTS, by=by)
    office.clock.move(seconds=1)
    after = await office.ask("GET", APPOINTMENTS, by=by)

    assert (before[0], after) == (200, UNAUTHORIZED)


async def test_a_refresh_token_gives_new_tokens_for_seven_days(office):
    first = await enter(office)

    office.clock.move(days=6, hours=23)
    status, body = await office.ask("POST", "/api/auth/refresh", {"refresh_token": first["refresh_token"]}, by={})
    renewed = await office.ask("GET", APPOINTMENTS, by=office.headers(body["data"]["access_token"]))
    office.clock.move(days=6)
    again = await office.ask("POST", "/api/auth/refresh", {"refresh_token": body["data"]["refresh_token"]}, by={})
    old = await office.ask("POST", "/api/auth/refresh", {"refresh_token": first["refresh_token"]}, by={})

    assert (status, list(body["data"])) == (200, ["access_token", "refresh_token"])
    assert body["data"]["refresh_token"] != first["refresh_token"]
    assert (renewed[0], again[0], old) == (200, 200, UNAUTHORIZED)


async def test_two_windows_that_refresh_at_the_same_time_do_not_push_each_other_out(office):
    said = {"refresh_token": (await enter(office))["refresh_token"]}

    answers = [await office.ask("POST", "/api/auth/refresh", said, by={}) for _ in range(2)]
    tokens = [body["data"]["access_token"] for _, body in answers]

    assert [(await office.ask("GET", APPOINTMENTS, by=office.headers(token)))[0] for token in tokens] == [200, 200]


async def test_logging_out_kills_every_token_of_the_login_and_of_no_other(office):
    first, second = await enter(office), await enter(office)
    status, body = await office.ask("POST", "/api/auth/refresh", {"refresh_token": first["refresh_token"]}, by={})
    renewed = body["data"]

    left = await office.ask("POST", "/api/auth/logout", by=office.headers(first["access_token"]))

    assert (status, left) == (200, (204, None))
    for token in (first["refresh_token"], renewed["refresh_token"]):
        assert await office.ask("POST", "/api/auth/refresh", {"refresh_token": token}, by={}) == UNAUTHORIZED
    for token in (first["access_token"], renewed["access_token"]):
        assert await office.ask("GET", APPOINTMENTS, by=office.headers(token)) == UNAUTHORIZED
    assert (await office.ask("GET", APPOINTMENTS, by=office.headers(second["access_token"])))[0] == 200


async def test_who_comes_back_too_late_logs_out_with_his_refresh_token(office):
    told = await enter(office)
    office.clock.move(hours=1)

    said, by = {"refresh_token": told["refresh_token"]}, office.headers(told["access_token"])
    without = await office.ask("POST", "/api/auth/logout", by=by)
    left = await office.ask("POST", "/api/auth/logout", said, by=by)
    again = await office.ask("POST", "/api/auth/logout", said, by=by)

    assert (without, left, again) == (UNAUTHORIZED, (204, None), UNAUTHORIZED)


async def test_whoever_has_a_second_factor_is_let_in_with_its_code(office):
    agent = office.network.agents[JOAO]
    address = office.store.write(second_factor.set_up, agent=agent)
    secret = parse_qs(urlsplit(address).query)["secret"][0]
    at = office.store.read(lambda tx: tx.machine_now)
    before, now = (code_at(secret, step_of(at) + off) for off in (-1, 0))
    office.store.write(second_factor.confirm, agent=agent, code=before)

    status, asked = await office.log_in()
    half = asked["data"]["mfa_token"]
    guessed = await office.ask("POST", "/api/auth/mfa/verify", {"mfa_token": half, "code": before}, by={})
    done = await office.ask("POST", "/api/auth/mfa/verify", {"mfa_token": half, "code": now}, by={})

    assert (status, asked["data"]["mfa_required"]) == (200, True)
    assert guessed == WRONG
    assert (done[0], done[1]["data"]["user"]["mfa_enabled"]) == (200, True)


async def test_a_code_without_a_login_is_worth_nothing(office):
    missing = await office.ask("POST", "/api/auth/mfa/verify", {"mfa_token": "x"}, by={})
    refused = await office.ask("POST", "/api/auth/mfa/verify", {"mfa_token": "x", "code": "123456"}, by={})

    assert missing == (422, {"errors": {"code": ["can't be blank"]}})
    assert refused == WRONG


@pytest.mark.parametrize("tenant", ["", "twin", "elsewhere", "AVANTER", "é"])
async def test_another_tenant_or_none_is_unauthorized(office, twin, tenant):
    token = (await enter(office))["access_token"]
    headers = {"Authorization": f"Bearer {token}", **({"X-Tenant": tenant} if tenant else {})}

    assert await office.ask("GET", APPOINTMENTS, by=headers) == UNAUTHORIZED
    assert await office.ask("POST", "/api/auth/logout", by=headers) == UNAUTHORIZED


async def test_only_an_access_token_of_ours_lets_one_in(office, seeded):
    told = await enter(office)
    forged = jwt.encode(claims(told["access_token"]), b"another secret of thirty-two bytes", algorithm="HS256")
    none = jwt.encode(claims(told["access_token"]), None, algorithm="none")  # type: ignore[arg-type]
    vendor = Keys(office.store, seeded.account).token("backend")

    for token in (told["refresh_token"], forged, none, vendor, "x", "a.b.c", "", "é"):
        assert await office.ask("GET", APPOINTMENTS, by=office.headers(token)) == UNAUTHORIZED
    assert await office.ask("GET", APPOINTMENTS, by={"X-Tenant": "avanter"}) == UNAUTHORIZED
    for scheme in ("Basic", "Token", ""):
        by = {"Authorization": f"{scheme} {told['access_token']}".strip(), "X-Tenant": "avanter"}
        assert await office.ask("GET", APPOINTMENTS, by=by) == UNAUTHORIZED


async def test_only_a_refresh_token_of_ours_is_renewed(office):
    access = (await enter(office))["access_token"]

    for token in (access, "x", "a.b.c"):
        assert await office.ask("POST", "/api/auth/refresh", {"refresh_token": token}, by={}) == UNAUTHORIZED
    blank = await office.ask("POST", "/api/auth/refresh", {"refresh_token": ""}, by={})
    assert blank == (422, {"errors": {"refresh_token": ["can't be blank"]}})


async def test_tokens_are_not_to_be_kept_by_anybody_on_the_way(office):
    body = {"email": "joao@avanter.example", "password": PASSWORD, "tenant": "avanter"}

    answer = await office.client.post("/api/auth/login", json=body)

    assert answer.headers["Cache-Control"] == "no-store"


async def test_guessing_tokens_is_slowed_down_and_working_is_not(serve, office):
    from qms_gateway.face import routes

    office.client = await serve(routes, rate_limit=3)
    by = await office.as_("joao")

    guesses = [(await office.ask("GET", APPOINTMENTS, by=office.headers("x.y.z")))[0] for _ in range(5)]
    work = [(await office.ask("GET", APPOINTMENTS, by=by))[0] for _ in range(8)]

    assert guesses == [401, 401, 401, 429, 429]
    assert work == [200] * 8

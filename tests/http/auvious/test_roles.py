"""Who may do what: the table of roles, each route with each role alone; and tokens as they are got and lost."""

import asyncio
import base64
from datetime import timedelta

import jwt
import pytest

from qms.domain.derivation import derived_key
from qms.services.clients import issue_client
from qms.services.keys import revoke_key
from tests.http.auvious.conftest import ALL_ROLES, ANA, APPLICATION, APPOINTMENTS, BOBBY, OTHER, START, to_uuid
from tests.http.conftest import SECRET_KEY

A, S, C, U, D = "AGENT", "SUPERVISOR", "CLIENT_SERVICE", "CUSTOMER", "ADMIN"
PID = "/participants/{pid}"
AGENT_OF = {"id": "{id}", "userId": to_uuid(ANA)}
CODE = {"applicationId": APPLICATION, "code": "123456"}
MAIL = {"applicationId": APPLICATION, "toEmail": "a@b.example", "textBody": "x", "channel": "EMAIL", "type": "CREATE"}

TABLE = [
    ("GET", f"{APPOINTMENTS}/", None, {A, S, C}),
    ("POST", f"{APPOINTMENTS}/", {"applicationId": APPLICATION, "start": START, "duration": "PT5M"}, {A, S, C}),
    ("PUT", f"{APPOINTMENTS}/", {"id": "{id}"}, {A, S, C}),
    ("DELETE", APPOINTMENTS + "/{id}", None, {A, S, C}),
    ("GET", APPOINTMENTS + "/{id}", None, {A, S, U, C}),
    ("PUT", APPOINTMENTS + "/{id}/end", None, {A}),
    ("DELETE", APPOINTMENTS + "/{id}" + PID, None, {A, S}),
    ("GET", APPOINTMENTS + "/{id}" + PID, None, {A, S, U}),
    ("POST", APPOINTMENTS + "/activate/{id}", None, {C}),
    ("GET", f"{APPOINTMENTS}/eligible/", None, {C}),
    ("POST", f"{APPOINTMENTS}/participants/agents/", AGENT_OF, {A, S}),
    ("POST", f"{APPOINTMENTS}/participants/customers/", {"id": "{id}", "customer": BOBBY}, {A, S}),
    ("PUT", f"{APPOINTMENTS}/reassign/", AGENT_OF, {A, S}),
    ("PUT", f"{APPOINTMENTS}/reschedule/", {"id": "{id}", "start": "2026-03-10T19:00:00.0Z"}, {A, S, C}),
    ("POST", "/api/notifications/emails/confirm", CODE, {D}),
    ("POST", "/api/notifications/emails/test", MAIL, {D}),
]
OPEN = [
    ("GET", f"{APPOINTMENTS}/count?applicationId={APPLICATION}&start={START}&timeFrame=PT10H", 200),
    ("GET", f"{APPOINTMENTS}/overlap/count?applicationId={APPLICATION}&start={START}&duration=PT5M", 200),
    ("GET", "/api/cal/events/google/{id}/event", 302),
    ("GET", "/api/cal/events/ical/{id}/event", 200),
]
DONE = {200, 204}


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is looked at here does not depend on it."""
    return sqlite_url


def filled(value, **words):
    if isinstance(value, dict):
        return {key: filled(one, **words) for key, one in value.items()}
    return value.format(**words) if isinstance(value, str) and "{" in value else value


@pytest.mark.parametrize(("method", "path", "body", "allowed"), TABLE)
async def test_each_role_may_do_what_the_table_says(clinic, method, path, body, allowed):
    for role in (A, S, C, D):
        made = await clinic.make()
        words = {"id": made["id"], "pid": made["participantIds"][0]["id"]}

        status, answer = await clinic.ask(
            method, path.format(**words), filled(body, **words), by=await clinic.as_(role)
        )

        if role not in allowed:
            assert (status, answer["error"]) == (403, "StatusForbidden"), role
        elif path.endswith("confirm"):
            assert status == 404
        else:
            assert status in DONE, (role, answer)


@pytest.mark.parametrize(("method", "path", "body", "allowed"), TABLE)
async def test_a_customer_may_do_what_the_table_says_with_his_own_appointment(clinic, method, path, body, allowed):
    made = await clinic.make()
    words = {"id": made["id"], "pid": made["participantIds"][0]["id"]}
    customer = await clinic.customer(made["id"])

    status, _ = await clinic.ask(method, path.format(**words), filled(body, **words), by=customer)

    assert status == (200 if U in allowed else 403)


@pytest.mark.parametrize(("method", "path", "body", "allowed"), TABLE)
async def test_without_a_token_nobody_may(clinic, method, path, body, allowed):
    words = {"id": to_uuid("0" * 24), "pid": "x"}

    for headers in ({}, {"Authorization": "Bearer a.b.c"}, {"Authorization": "Basic dXNlcjpwYXNz"}):
        status, answer = await clinic.ask(method, path.format(**words), body, by=headers)

        assert (status, answer) == (
            401,
            {"status": 401, "error": "StatusUnauthorized", "message": "A valid token is required."},
        )


@pytest.mark.parametrize(("method", "path", "status"), OPEN)
async def test_some_may_be_asked_by_anybody(clinic, method, path, status):
    made = await clinic.make()

    assert (await clinic.ask(method, path.format(id=made["id"]), by={}))[0] == status


async def test_a_customer_sees_no_other_appointment(clinic):
    mine, other = await clinic.make(), await clinic.make()
    customer = await clinic.customer(mine["id"])
    pid = other["participantIds"][0]["id"]

    assert (await clinic.ask("GET", f"{APPOINTMENTS}/{other['id']}", by=customer))[0] == 403
    assert (await clinic.ask("GET", f"{APPOINTMENTS}/{other['id']}/participants/{pid}", by=customer))[0] == 403


async def test_a_client_with_the_customer_s_role_has_no_appointment(clinic):
    made = await clinic.make()

    status, _ = await clinic.ask("GET", f"{APPOINTMENTS}/{made['id']}", by=await clinic.as_(U))

    assert status == 403


class TestToken:
    async def client(self, clinic, **more):
        wanted = {"account": clinic.account, "roles": list(ALL_ROLES), **more}
        return await asyncio.to_thread(clinic.store.write, issue_client, **wanted)

    @pytest.mark.parametrize("how", ["query", "form", "basic"])
    async def test_a_client_shows_its_secret_in_the_query_the_form_or_basic(self, clinic, how):
        made = await self.client(clinic)
        said = {"grant_type": "client_credentials"}
        named = {**said, "client_id": made.client_id, "client_secret": made.client_secret}
        basic = base64.b64encode(f"{made.client_id}:{made.client_secret}".encode()).decode()
        given = {
            "query": {"params": named},
            "form": {"data": named},
            "basic": {"data": said, "headers": {"Authorization": f"Basic {basic}"}},
        }[how]

        answer = await clinic.client.post("/security/oauth/token", **given)
        body = await answer.json()

        assert answer.status == 200
        assert (body["token_type"], body["expires_in"]) == ("bearer", 3600)
        assert answer.headers["Cache-Control"] == "no-store"

    async def test_it_says_roles_organization_and_application_under_every_name(self, clinic):
        header = await clinic.as_(A, S, application=OTHER, agent="ana")
        claims = jwt.decode(header["Authorization"][7:], options={"verify_signature": False})

        assert claims["authorities"] == claims["roles"] == ["ROLE_AGENT", "ROLE_SUPERVISOR"]
        assert claims["organization_id"] == to_uuid(clinic.account)
        assert claims["applicationId"] == claims["application_id"] == OTHER
        assert claims["user_id"] == to_uuid(ANA)
        assert claims["exp"] - claims["iat"] == 3600

    async def test_a_customer_s_says_the_conference_under_both_names(self, clinic):
        made = await clinic.make()
        header = await clinic.customer(made["id"])
        claims = jwt.decode(header["Authorization"][7:], options={"verify_signature": False})

        assert claims["conferenceId"] == claims["conference_id"] == made["id"]
        assert claims["customer_id"] == made["participantIds"][0]["id"]
        assert claims["authorities"] == ["ROLE_CUSTOMER"]

    @pytest.mark.parametrize("name", ["authorities", "roles"])
    async def test_roles_are_read_under_either_name(self, clinic, name):
        claims = jwt.decode((await clinic.as_(S))["Authorization"][7:], options={"verify_signature": False})
        del claims["roles" if name == "authorities" else "authorities"]
        token = jwt.encode(claims, derived_key(SECRET_KEY, "client token"), algorithm="HS256")

        assert (await clinic.ask("GET", f"{APPOINTMENTS}/", by={"Authorization": token}))[0] == 200

    @pytest.mark.parametrize("wrong", [{"client_secret": "x"}, {"client_id": "x"}, {"client_secret": None}])
    async def test_a_wrong_secret_is_refused(self, clinic, wrong):
        made = await self.client(clinic)
        named = {"grant_type": "client_credentials", "client_id": made.client_id, "client_secret": made.client_secret}
        said = {name: value for name, value in {**named, **wrong}.items() if value is not None}

        status, body = await clinic.ask("POST", "/security/oauth/token", by={}, data=said)

        assert (status, body["error"]) == (401, "StatusUnauthorized")

    @pytest.mark.parametrize("grant", ["", "password", "client_credentials "])
    async def test_another_grant_is_refused(self, clinic, grant):
        made = await self.client(clinic)
        named = {"grant_type": grant, "client_id": made.client_id, "client_secret": made.client_secret}

        assert (await clinic.ask("POST", "/security/oauth/token", by={}, data=named))[0] == 400

    async def test_the_word_bearer_may_be_left_out(self, clinic):
        token = (await clinic.as_(S))["Authorization"][7:]

        for header in (token, f"bearer {token}", f"Bearer   {token}"):
            assert (await clinic.ask("GET", f"{APPOINTMENTS}/", by={"Authorization": header}))[0] == 200

    async def test_it_lasts_an_hour(self, clinic):
        header = await clinic.as_(S)
        clinic.clock.move(minutes=59)
        before = (await clinic.ask("GET", f"{APPOINTMENTS}/", by=header))[0]
        clinic.clock.move(minutes=1)

        assert (before, (await clinic.ask("GET", f"{APPOINTMENTS}/", by=header))[0]) == (200, 401)

    async def test_it_does_not_outlive_its_client(self, clinic):
        made = await self.client(clinic, expires_at=clinic.clock.at + timedelta(minutes=10))
        named = {"grant_type": "client_credentials", "client_id": made.client_id, "client_secret": made.client_secret}
        _, given = await clinic.ask("POST", "/security/oauth/token", by={}, data=named)
        header = {"Authorization": given["access_token"]}
        before = (await clinic.ask("GET", f"{APPOINTMENTS}/", by=header))[0]
        clinic.clock.move(minutes=10)

        again = await clinic.ask("POST", "/security/oauth/token", by={}, data=named)

        assert given["expires_in"] == 600
        assert (before, (await clinic.ask("GET", f"{APPOINTMENTS}/", by=header))[0], again[0]) == (200, 401, 401)

    async def test_it_dies_with_its_client(self, clinic):
        header = await clinic.as_(S)
        before = (await clinic.ask("GET", f"{APPOINTMENTS}/", by=header))[0]
        claims = jwt.decode(header["Authorization"][7:], options={"verify_signature": False})

        await asyncio.to_thread(clinic.store.write, revoke_key, account=clinic.account, id=claims["sub"])

        assert (before, (await clinic.ask("GET", f"{APPOINTMENTS}/", by=header))[0]) == (200, 401)

    async def test_keys_of_another_kind_do_not_open_this_door(self, clinic):
        claims = {"sub": to_uuid("1" * 24), "organization_id": to_uuid(clinic.account), "authorities": list(ALL_ROLES)}
        until = int((clinic.clock.at + timedelta(hours=1)).timestamp())
        for key in (SECRET_KEY, derived_key(SECRET_KEY, "api key"), derived_key(SECRET_KEY, "client token")):
            token = jwt.encode({**claims, "exp": until}, key, algorithm="HS256")

            assert (await clinic.ask("GET", f"{APPOINTMENTS}/", by={"Authorization": token}))[0] == 401

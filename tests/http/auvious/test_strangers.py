"""Those who should not get in, or do not mean well: other accounts, other origins, nonsense, too many requests."""

import io
import json

import pytest
from structlog.testing import capture_logs

from qms_gateway.face import routes
from tests.http.auvious.conftest import ANA, APPLICATION, APPOINTMENTS, BOBBY, BODY, OTHER, START, to_uuid

NOBODY = to_uuid("0" * 24)


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is looked at here does not depend on it."""
    return sqlite_url


class TestTenants:
    async def test_nothing_of_another_account_can_be_reached(self, clinic, twin):
        made = await clinic.make(participants=[{"type": "AGENT", "userId": to_uuid(ANA)}])
        id, pid = made["id"], made["participantIds"][0]["id"]
        asked = [
            ("GET", f"{APPOINTMENTS}/{id}", None),
            ("DELETE", f"{APPOINTMENTS}/{id}", None),
            ("PUT", f"{APPOINTMENTS}/{id}/end", None),
            ("PUT", f"{APPOINTMENTS}/", {"id": id, "title": "stolen"}),
            ("GET", f"{APPOINTMENTS}/{id}/participants/{pid}", None),
            ("DELETE", f"{APPOINTMENTS}/{id}/participants/{pid}", None),
            ("POST", f"{APPOINTMENTS}/activate/{id}", None),
            ("POST", f"{APPOINTMENTS}/participants/agents/", {"id": id, "userId": to_uuid(ANA)}),
            ("POST", f"{APPOINTMENTS}/participants/customers/", {"id": id, "customer": BOBBY}),
            ("PUT", f"{APPOINTMENTS}/reassign/", {"id": id, "userId": to_uuid(ANA)}),
            ("PUT", f"{APPOINTMENTS}/reschedule/", {"id": id, "start": START}),
            ("POST", f"{APPOINTMENTS}/", {**BODY, "applicationId": APPLICATION}),
            ("GET", f"{APPOINTMENTS}/?applicationId={APPLICATION}", None),
        ]

        statuses = {(method, path): (await twin.ask(method, path, body))[0] for method, path, body in asked}

        assert set(statuses.values()) == {404}
        assert (await clinic.get(id))[1] == made
        assert (await twin.ask("GET", f"{APPOINTMENTS}/"))[1]["total"] == 0

    async def test_the_same_agent_id_is_another_agent(self, clinic, twin):
        ana = [{"type": "AGENT", "userId": to_uuid(ANA)}]
        mine = await clinic.make(participants=ana)
        theirs = await twin.make(applicationId="twin-app", participants=ana)
        path = f"{APPOINTMENTS}/{theirs['id']}/participants/{to_uuid(ANA)}"

        _, who = await twin.ask("GET", path)

        assert mine["participantIds"][1] == theirs["participantIds"][1] == {"id": to_uuid(ANA), "type": "AGENT"}
        assert (who["id"], who["contact"]["primaryEmail"]) == (to_uuid(ANA), "ana@twin.example")
        ana_there = await twin.as_("AGENT", agent="ana")
        assert [one["id"] for one in (await twin.ask("GET", APPOINTMENTS, by=ana_there))[1]["content"]] == [
            theirs["id"]
        ]

    async def test_a_client_of_one_application_reaches_no_other(self, clinic):
        first, second = await clinic.make(), await clinic.make(applicationId=OTHER)
        by = await clinic.as_("SUPERVISOR", "CLIENT_SERVICE", application=OTHER)

        seen = (await clinic.ask("GET", APPOINTMENTS, by=by))[1]["content"]
        asked = await clinic.ask("GET", f"{APPOINTMENTS}/{first['id']}", by=by)
        named = await clinic.ask("POST", f"{APPOINTMENTS}/", {**BODY, "applicationId": APPLICATION}, by=by)
        implied = {name: value for name, value in BODY.items() if name != "applicationId"}
        made = await clinic.ask("POST", f"{APPOINTMENTS}/", implied, by=by)

        assert [one["id"] for one in seen] == [second["id"]]
        assert (asked[0], named[0]) == (404, 404)
        assert made[1]["applicationId"] == OTHER

    async def test_counts_are_of_one_application(self, clinic, twin):
        await clinic.make()
        when = f"start={START}&timeFrame=PT1H"

        counts = [
            (await clinic.ask("GET", f"{APPOINTMENTS}/count?applicationId={id}&{when}", by={}))[1]
            for id in (APPLICATION, OTHER, "twin-app")
        ]

        assert [len(rows) for rows in counts] == [1, 0, 0]


class TestOrigins:
    OPEN = (
        f"{APPOINTMENTS}/basic",
        f"{APPOINTMENTS}/count",
        f"{APPOINTMENTS}/overlap/count?applicationId={APPLICATION}&start={START}&duration=PT5M",
        f"/api/cal/events/ical/{NOBODY}/event",
        f"/api/cal/events/google/{NOBODY}/event",
    )
    CLOSED = (f"{APPOINTMENTS}/", f"{APPOINTMENTS}/{NOBODY}", f"{APPOINTMENTS}/eligible/")

    async def allowed(self, clinic, path, method="GET", by=None):
        headers = {
            **(await clinic.as_("SUPERVISOR", "CLIENT_SERVICE") if by is None else by),
            "Origin": "https://clinic.example",
        }
        answer = await clinic.client.request(method, path, headers=headers, allow_redirects=False)
        return answer.headers.get("Access-Control-Allow-Origin")

    async def test_x4_pages_may_call_what_is_for_them_and_nothing_else(self, clinic):
        for method in ("GET", "OPTIONS"):
            assert [await self.allowed(clinic, path, method) for path in self.OPEN] == ["*"] * len(self.OPEN)
            assert [await self.allowed(clinic, path, method) for path in self.CLOSED] == [None] * len(self.CLOSED)

    async def test_x4_an_account_may_open_everything(self, clinic):
        await clinic.option(cors="everywhere")

        assert await self.allowed(clinic, f"{APPOINTMENTS}/") == "*"
        assert await self.allowed(clinic, f"{APPOINTMENTS}/", "OPTIONS") == "*"

    async def test_x4_or_close_everything(self, clinic):
        await clinic.option(cors="off")

        assert await self.allowed(clinic, self.OPEN[2], by={}) is None


class TestLimit:
    async def test_who_asks_too_often_is_told_when_to_come_back(self, clinic, serve):
        busy = await serve(routes, rate_limit=2)
        path = f"{APPOINTMENTS}/count?applicationId={APPLICATION}&start={START}&timeFrame=PT1H"

        answers = [await busy.get(path) for _ in range(3)]

        assert [answer.status for answer in answers] == [200, 200, 429]
        assert answers[2].headers["Retry-After"] == "1"
        assert (await answers[2].json())["error"] == "StatusTooManyRequests"

    async def test_somebody_unknown_has_ten_codes_sent_in_a_minute(self, clinic, serve):
        busy = await serve(routes, rate_limit=1000)
        wanted = [{"to": f"a{n}@b.example", "channel": "EMAIL"} for n in range(11)]

        statuses = [(await busy.post("/security/otp", json=body)).status for body in wanted]
        known = await busy.post("/security/otp", json=wanted[0], headers=await clinic.as_("CLIENT_SERVICE"))

        assert statuses == [200] * 10 + [429]
        assert known.status == 200


NONSENSE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"7",
    b"\xff\xfe",
    b'{"id": 7}',
    b'{"id": ""}',
    b'{"id": null}',
    b'{"id": ["x"]}',
    b'{"id": "' + b"x" * 1000 + b'"}',
    b'{"id": "a\\u0000b", "userId": "c", "start": "x", "customer": {}}',
    b"[" * 5000,
    b'{"a":' * 5000 + b"1" + b"}" * 5000,
    json.dumps({"id": NOBODY, "userId": "\x00", "start": "-1"}).encode(),
    json.dumps({**BODY, "start": "0001-01-01T00:00:00+14:00"}).encode(),
    json.dumps({**BODY, "start": "9999-12-31T23:59:59-14:00"}).encode(),
    json.dumps({**BODY, "duration": "PT9999999H"}).encode(),
    json.dumps({**BODY, "timezone": "../../etc/passwd"}).encode(),
    json.dumps({**BODY, "locale": "x" * 21}).encode(),
    json.dumps({**BODY, "customer": {"username": "\ud800"}}).encode(),
    json.dumps({**BODY, "customer": {"contact": {"primaryEmail": "x" * 400}}}).encode(),
    json.dumps({**BODY, "notifications": [{}] * 51}).encode(),
    json.dumps({**BODY, "interaction": {"customFields": {"a": 1}}}).encode(),
    json.dumps({**BODY, "participants": [{"type": "AGENT", "userId": "x" * 65}]}).encode(),
    json.dumps({**BODY, "organizerId": "' OR 1=1 --"}).encode(),
]
PLACES = [
    ("POST", f"{APPOINTMENTS}/"),
    ("PUT", f"{APPOINTMENTS}/"),
    ("POST", f"{APPOINTMENTS}/participants/agents/"),
    ("POST", f"{APPOINTMENTS}/participants/customers/"),
    ("PUT", f"{APPOINTMENTS}/reassign/"),
    ("PUT", f"{APPOINTMENTS}/reschedule/"),
    ("POST", "/api/notifications/emails/confirm"),
    ("POST", "/api/notifications/emails/test"),
    ("POST", "/security/otp"),
    ("POST", "/security/otp/verify"),
    ("POST", f"{APPOINTMENTS}/basic"),
]


class TestNonsense:
    async def said(self, clinic, method, path, **more):
        answer = await clinic.client.request(method, path, allow_redirects=False, **more)
        body = await answer.json(content_type=None)
        assert list(body) == ["status", "error", "message"], body
        assert body["status"] == answer.status
        return answer.status

    @pytest.mark.parametrize(("method", "path"), PLACES)
    async def test_nonsense_is_refused_in_one_body(self, clinic, method, path):
        headers = await clinic.as_("SUPERVISOR", "CLIENT_SERVICE", "ADMIN")
        if path.endswith("basic"):
            headers = clinic.basic(*await clinic.otp("somebody@else.example"))
        with capture_logs() as logs:
            for body in NONSENSE:
                status = await self.said(
                    clinic, method, path, data=body, headers={**headers, "Content-Type": "application/json"}
                )

                assert status in (400, 401, 404), body
        assert [entry for entry in logs if entry["event"] == "bug"] == []

    async def test_another_media_type_is_refused(self, clinic):
        headers = {**await clinic.as_("SUPERVISOR"), "Content-Type": "text/plain"}

        assert await self.said(clinic, "POST", f"{APPOINTMENTS}/", data=b"{}", headers=headers) == 400

    async def test_a_body_that_is_too_large_is_refused(self, clinic):
        headers = {**await clinic.as_("SUPERVISOR"), "Content-Type": "application/json"}
        data = io.BytesIO(b'"' + b"x" * 2_000_000 + b'"')

        assert await self.said(clinic, "POST", f"{APPOINTMENTS}/", data=data, headers=headers) == 413

    @pytest.mark.parametrize("id", ["x", "%00", "'--", "a" * 2000, NOBODY, "é", "%ff"])
    @pytest.mark.parametrize("path", ["/{}", "/{}/end", "/activate/{}", "/{}/participants/{}"])
    async def test_an_id_that_is_none_is_not_found(self, clinic, id, path):
        method = "PUT" if path.endswith("end") else "POST" if "activate" in path else "GET"
        headers = await clinic.as_("AGENT", "CLIENT_SERVICE")

        assert await self.said(clinic, method, APPOINTMENTS + path.format(id, id), headers=headers) == 404

    @pytest.mark.parametrize(
        "query",
        [
            *("start=%00&timeFrame=PT1H", "start=2026-03-09T19:00:00Z&timeFrame=P9999999D"),
            *("start=2026-03-09T19:00:00Z&timeFrame=PT1H%00", "start=9999-12-31T23:59:59Z&timeFrame=PT1H"),
        ],
    )
    async def test_counting_nonsense_is_refused(self, clinic, query):
        path = f"{APPOINTMENTS}/count?applicationId={APPLICATION}&{query}"

        assert await self.said(clinic, "GET", path) == 400

    @pytest.mark.parametrize(
        "form", [b"", b"\xff=\xff", b"grant_type=client_credentials&client_id=%00&client_secret=x"]
    )
    async def test_a_form_that_makes_no_sense_is_refused(self, clinic, form):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}

        assert await self.said(clinic, "POST", "/security/oauth/token", data=form, headers=headers) in (400, 401)

    @pytest.mark.parametrize("key", ["", "x" * 256, "é"])
    async def test_a_key_that_is_none_is_refused(self, clinic, key):
        headers = {**await clinic.as_("SUPERVISOR"), "Idempotency-Key": key}

        assert await self.said(clinic, "POST", f"{APPOINTMENTS}/", json=BODY, headers=headers) == 400

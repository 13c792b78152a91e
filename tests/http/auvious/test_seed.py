"""Every example of the vendor's page, sent as it is written (ids aside) and answered as it is documented."""

import pytest

from tests.http.auvious.conftest import (
    ANA,
    APPOINTMENTS,
    BERLIN,
    BOBBY,
    BODY,
    INTERACTION,
    NOTIFICATIONS,
    START,
    to_uuid,
)

KEYS = [
    "applicationId",
    "duration",
    "end",
    "id",
    "interaction",
    "locale",
    "metadata",
    "notes",
    "notifications",
    "notificationsActive",
    "organizer",
    "participantIds",
    "start",
    "timezone",
    "title",
]


async def test_a_made_appointment_is_shown_as_documented(clinic):
    made = await clinic.make(participants=[{"type": "AGENT", "userId": to_uuid(ANA)}])

    assert list(made) == KEYS
    customer, agent = made["participantIds"]
    assert made == {
        "applicationId": BODY["applicationId"],
        "duration": "PT5M0s",
        "end": "2026-03-09T19:05:00.0Z",
        "id": made["id"],
        "interaction": {**INTERACTION, "state": "PENDING"},
        "locale": "en_US",
        "metadata": {"prop1": {}},
        "notes": "CRM ref: 3nv-1gt-4rt",
        "notifications": NOTIFICATIONS,
        "notificationsActive": True,
        "organizer": {"id": to_uuid(ANA), "type": "AGENT"},
        "participantIds": [{"id": customer["id"], "type": "CUSTOMER"}, {"id": to_uuid(ANA), "type": "AGENT"}],
        "start": START,
        "timezone": BERLIN,
        "title": "Product installation review",
    }
    assert list(made["interaction"]) == ["customFields", "routing", "state"]
    assert list(made["organizer"]) == ["id", "type"]
    assert await clinic.get(made["id"]) == (200, made)
    assert agent["type"] == "AGENT"


async def test_a_participant_is_shown_as_documented(clinic):
    made = await clinic.make()
    pid = made["participantIds"][0]["id"]

    status, who = await clinic.ask("GET", f"{APPOINTMENTS}/{made['id']}/participants/{pid}")

    assert (status, who) == (200, {**BOBBY, "id": pid, "type": "CUSTOMER"})
    assert list(who) == ["contact", "id", "metadata", "name", "type", "username"]


async def test_the_list_is_shown_as_documented(clinic):
    made = await clinic.make()

    status, page = await clinic.ask("GET", f"{APPOINTMENTS}/?pageSize=25&pageNumber=1&sortField=start&sortOrder=asc")

    assert status == 200
    assert page == {
        "content": [made],
        "pageCount": 1,
        "pageNumber": 1,
        "pageSize": 25,
        "sortField": "start",
        "sortOrder": "asc",
        "total": 1,
    }
    assert list(page) == ["content", "pageCount", "pageNumber", "pageSize", "sortField", "sortOrder", "total"]


async def test_update_add_reassign_reschedule_as_written(clinic):
    made = await clinic.make()
    id, ana = made["id"], to_uuid(ANA)
    sample = {"interaction": {**INTERACTION, "state": "PENDING"}, "metadata": {"prop1": {}}}
    sample |= {"id": id, "notes": "CRM ref: 3nv-1gt-4rt", "title": "Product installation review"}
    when = {"duration": "PT5M", "id": id, "locale": "en-GB", "start": "2026-03-31T19:00:00.0Z", "timezone": BERLIN}

    answers = [
        await clinic.ask("PUT", f"{APPOINTMENTS}/", sample),
        await clinic.ask("POST", f"{APPOINTMENTS}/participants/agents/", {"id": id, "userId": ana}),
        await clinic.ask("POST", f"{APPOINTMENTS}/participants/customers/", {"customer": BOBBY, "id": id}),
        await clinic.ask("PUT", f"{APPOINTMENTS}/reassign/", {"id": id, "userId": ana}),
        await clinic.ask("PUT", f"{APPOINTMENTS}/reschedule/", when),
        await clinic.ask("DELETE", f"{APPOINTMENTS}/{id}/participants/{ana}"),
        await clinic.ask("PUT", f"{APPOINTMENTS}/{id}/end"),
    ]

    assert [status for status, _ in answers] == [200] * 7
    assert [list(body) for _, body in answers] == [KEYS] * 7
    assert answers[0][1] == made
    assert answers[4][1]["locale"] == "en-GB"
    assert answers[6][1]["interaction"]["state"] == "ENDED"
    assert await clinic.ask("DELETE", f"{APPOINTMENTS}/{(await clinic.make())['id']}") == (204, "")


async def test_activation_is_shown_as_documented(clinic):
    made = await clinic.make()

    status, way = await clinic.ask("POST", f"{APPOINTMENTS}/activate/{made['id']}")

    assert status == 200
    assert list(way) == ["expires", "type", "url"]
    assert (way["type"], way["expires"]) == ("MULTI_USE_TICKET", "2026-03-09T19:35:00.0Z")
    assert way["url"].startswith("http://turnero.example/q/")


async def test_counts_are_shown_as_documented(clinic):
    for _ in range(2):
        await clinic.make()
    query = f"applicationId={BODY['applicationId']}&start=2026-03-09T19%3A00%3A00.0Z"

    status, rows = await clinic.ask("GET", f"{APPOINTMENTS}/count?{query}&timeFrame=PT10H", by={})
    overlap = await clinic.ask("GET", f"{APPOINTMENTS}/overlap/count?{query}&duration=PT5M", by={})

    (row,) = rows
    assert status == 200
    assert list(row.items()) == [
        ("count", 2),
        ("duration", "PT5M0s"),
        ("end", "2026-03-09T19:05:00.0Z"),
        ("start", START),
        ("timezone", BERLIN),
    ]
    assert overlap == (200, {"count": 2})


async def test_what_is_eligible_is_shown_as_documented(clinic):
    made = await clinic.make()
    clinic.clock.move(days=7, hours=4)

    status, rows = await clinic.ask("GET", f"{APPOINTMENTS}/eligible/")

    assert (status, [list(row) for row in rows]) == (200, [["eligibleFrom", "id", "start", "timezone"]])
    assert rows == [{"eligibleFrom": START, "id": made["id"], "start": START, "timezone": BERLIN}]


async def test_emails_are_confirmed_and_tried_as_written(clinic):
    admin = await clinic.as_("ADMIN")
    code = {"applicationId": BODY["applicationId"], "code": "063780"}
    sample = {
        "applicationId": BODY["applicationId"],
        "channel": "EMAIL",
        "htmlBody": "<html><body>Dear {{firstName}},<br>on {{dd-MM-yyyy}} {{time24}} {{zone}}</body></html>.",
        "locale": "en-GB",
        "period": "P1D",
        "subject": "Video appointment reminder",
        "textBody": "Dear {{firstName}},\\n\\non {{dd-MM-yyyy}} {{time24}} {{zone}}",
        "timezone": BERLIN,
        "toEmail": "email@yourdomain.com",
        "type": "REMINDER",
    }

    assert (await clinic.ask("POST", "/api/notifications/emails/confirm", code, by=admin))[0] == 404
    assert await clinic.ask("POST", "/api/notifications/emails/test", sample, by=admin) == (204, "")
    (sent,) = clinic.messages()
    assert (sent.kind, sent.channel, sent.recipient) == ("email_test", "EMAIL", "email@yourdomain.com")
    assert sent.data["html"] == "<html><body>Dear email,<br>on 03-03-2026 16:00 CET</body></html>."
    assert sent.data["subject"] == "Video appointment reminder"


@pytest.mark.parametrize("path", ["", "/", "?pageSize=5", "/?pageSize=5"])
async def test_the_last_slash_may_be_there_or_not(clinic, path):
    assert (await clinic.ask("GET", APPOINTMENTS + path))[0] == 200


async def test_every_other_address_takes_either_spelling_too(clinic):
    made = await clinic.make()
    id, ana = made["id"], to_uuid(ANA)

    statuses = [
        (await clinic.ask("GET", f"{APPOINTMENTS}/{id}/"))[0],
        (await clinic.ask("GET", f"{APPOINTMENTS}/eligible"))[0],
        (await clinic.ask("PUT", f"{APPOINTMENTS}/reassign", {"id": id, "userId": ana}))[0],
        (await clinic.ask("PUT", f"{APPOINTMENTS}/reschedule", {"id": id, "start": START}))[0],
        (await clinic.ask("POST", f"{APPOINTMENTS}/participants/customers", {"id": id, "customer": {}}))[0],
        (await clinic.ask("PUT", f"{APPOINTMENTS}/{id}/end/"))[0],
        (await clinic.ask("GET", f"/api/cal/events/ical/{id}/event/"))[0],
    ]

    assert statuses == [200] * 7

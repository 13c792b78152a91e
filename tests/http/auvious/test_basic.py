"""A customer makes an appointment himself: a code proves that he can be reached, once (A-7)."""

from datetime import timedelta

import pytest

from qms.domain.ids import from_uuid
from tests.http.auvious.conftest import APPLICATION, APPOINTMENTS, BODY, OTHER, to_uuid

BASIC = f"{APPOINTMENTS}/basic"
MAIL = "user@provider.net"


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


async def book(clinic, header, **changes):
    body = {name: value for name, value in {**BODY, **changes}.items() if value is not None}
    return await clinic.ask("POST", BASIC, body, by=header)


@pytest.mark.parametrize(
    ("channel", "to"),
    [("EMAIL", MAIL), ("EMAIL", "USER@Provider.NET"), ("SMS", "2102234988"), ("SMS", "(210) 223-4988")],
)
async def test_a_code_opens_the_way_to_an_appointment_of_one_s_own(clinic, channel, to):
    header = clinic.basic(*await clinic.otp(to, channel))

    status, made = await book(clinic, header)

    assert status == 200
    assert made["organizer"] == made["participantIds"][0]
    assert made["organizer"]["type"] == "CUSTOMER"
    assert made["interaction"]["state"] == "PENDING"
    assert (await clinic.get(made["id"]))[1] == made


async def test_a_code_is_good_once(clinic):
    header = clinic.basic(*await clinic.otp())

    statuses = [(await book(clinic, header))[0] for _ in range(2)]

    assert statuses == [200, 401]


async def test_a_refused_booking_leaves_the_code_as_it_was(clinic):
    header = clinic.basic(*await clinic.otp())

    statuses = [(await book(clinic, header, start="2026-03-01T19:00:00Z"))[0], (await book(clinic, header))[0]]

    assert statuses == [400, 200]


async def test_repeated_under_its_key_it_is_the_same_appointment(clinic):
    header = {**clinic.basic(*await clinic.otp()), "Idempotency-Key": "one"}

    first, again = await book(clinic, header), await book(clinic, header)

    assert first == again
    assert first[0] == 200


@pytest.mark.parametrize("contact", [{"primaryEmail": "other@provider.net"}, {"primaryPhone": "1"}, {}, None])
async def test_the_contact_must_be_the_customer_s(clinic, contact):
    header = clinic.basic(*await clinic.otp())

    status, body = await book(clinic, header, customer={"contact": contact})

    assert (status, body["error"]) == (401, "StatusUnauthorized")


async def test_a_code_lasts_ten_minutes(clinic):
    header = clinic.basic(*await clinic.otp())
    clinic.clock.move(minutes=10)

    assert (await book(clinic, header))[0] == 401


async def test_five_wrong_guesses_are_enough(clinic):
    id, code = await clinic.otp()

    wrongly = [(await book(clinic, clinic.basic(id, wrong(code))))[0] for _ in range(5)]

    assert wrongly == [401] * 5
    assert (await book(clinic, clinic.basic(id, code)))[0] == 401


@pytest.mark.parametrize(
    "header",
    ["", "Basic", "Basic !!!", "Basic eDp5", "Basic eA==", "Bearer x", "Basic /w==", "Basic " + "eDp5" * 100],
)
async def test_what_is_no_code_is_refused(clinic, header):
    status, body = await book(clinic, {"Authorization": header} if header else {})

    assert (status, body["error"]) == (401, "StatusUnauthorized")


@pytest.mark.parametrize("missing", [{"applicationId": None}, {"start": None}, {"duration": None}, {"customer": None}])
async def test_what_is_missing_is_asked_for(clinic, missing):
    assert (await book(clinic, clinic.basic(*await clinic.otp()), **missing))[0] == 400


async def test_an_application_that_is_nobody_s_is_refused(clinic):
    assert (await book(clinic, clinic.basic(*await clinic.otp()), applicationId="nobody"))[0] == 400


async def test_a_code_of_one_account_is_not_good_at_another(clinic, twin):
    id, code = await clinic.otp(applicationId=APPLICATION)

    assert (await book(clinic, clinic.basic(id, code), applicationId="twin-app"))[0] == 401
    assert (await book(clinic, clinic.basic(id, code)))[0] == 200


async def test_the_application_says_which_queue_the_appointment_joins(clinic):
    header = clinic.basic(*await clinic.otp())

    _, made = await book(clinic, header, applicationId=OTHER)

    from qms.store import appointments

    kept = clinic.read(appointments.get, id=from_uuid(made["id"]))
    assert kept.queue_id == clinic.network.queues.find("visits").id


async def test_a_code_sent_in_an_account_s_name_is_its_message(clinic):
    await clinic.otp(customName="The Clinic", locale="en-GB", applicationId=APPLICATION)
    (sent,) = clinic.messages()

    assert (sent.account_id, sent.kind, sent.channel, sent.recipient) == (clinic.account, "otp", "EMAIL", MAIL)
    assert (sent.locale, sent.data["name"]) == ("en-GB", "The Clinic")
    assert sent.data["code"].isdigit()


class TestOtp:
    async def verify(self, clinic, id, code, to=MAIL):
        body = {"to": to, "code": code, "verificationId": id}
        return (await clinic.ask("POST", "/security/otp/verify", body, by={}))[0]

    async def test_a_verified_code_can_still_be_used(self, clinic):
        id, code = await clinic.otp()

        assert [await self.verify(clinic, id, code) for _ in range(2)] == [204, 204]
        assert (await book(clinic, clinic.basic(id, code)))[0] == 200
        assert await self.verify(clinic, id, code) == 400

    async def test_it_is_the_contact_s_and_not_another_s(self, clinic):
        id, code = await clinic.otp()

        assert await self.verify(clinic, id, code, "other@provider.net") == 400
        assert await self.verify(clinic, id, wrong(code)) == 400
        assert await self.verify(clinic, to_uuid("0" * 24), code) == 404
        assert await self.verify(clinic, "x", code) == 404

    async def test_wrong_guesses_count_here_too(self, clinic):
        id, code = await clinic.otp()
        for _ in range(5):
            assert await self.verify(clinic, id, wrong(code)) == 400

        assert await self.verify(clinic, id, code) == 400
        assert (await book(clinic, clinic.basic(id, code)))[0] == 401

    async def test_a_contact_is_not_flooded(self, clinic):
        for _ in range(5):
            await clinic.otp()
        body = {"to": MAIL.upper(), "channel": "EMAIL"}
        status, refusal = await clinic.ask("POST", "/security/otp", body, by={})
        clinic.clock.move(minutes=10)

        assert (status, refusal["error"]) == (429, "StatusTooManyRequests")
        assert (await clinic.otp())[0]

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"to": ""},
            {"to": "nobody", "channel": "EMAIL"},
            {"to": "user@provider.net", "channel": "SMS"},
            {"to": MAIL, "channel": "PIGEON"},
            {"to": MAIL, "channel": "EMAIL", "applicationId": "nobody"},
            {"to": "a@b\r\nBcc: c@d", "channel": "EMAIL"},
            [],
        ],
    )
    async def test_what_cannot_be_reached_is_refused(self, clinic, body):
        status, _ = await clinic.ask("POST", "/security/otp", body, by={})

        assert (status, clinic.messages()) == (400, [])

    async def test_the_code_itself_is_kept_by_nobody_but_the_message(self, clinic):
        import sqlalchemy as sa

        from qms.store.schema.reaching import one_time_code

        _, code = await clinic.otp()
        (row,) = clinic.read(lambda tx: list(tx.execute(sa.select(one_time_code))))

        assert code not in str(row)
        assert row.expires_at - row.created_at == timedelta(minutes=10)

    @pytest.mark.parametrize("name", ["See www.example.com", "a.example/x", "https://x", "Call 555 01234", "x" * 61])
    async def test_a_stranger_writes_nothing_into_the_message_but_a_name(self, clinic, name):
        await clinic.otp(customName=name)
        status, _ = await clinic.ask(
            "POST", "/security/otp", {"to": MAIL, "channel": "EMAIL", "customName": name}, by=await clinic.as_("AGENT")
        )

        assert (status, {sent.data["name"] for sent in clinic.messages()}) == (200, {None, name})


class TestWhoIsWrittenTo:
    WORDS = tuple({"channel": channel, "textBody": "x", "type": "CREATE"} for channel in ("EMAIL", "SMS"))
    PHONE = "+4930901820"

    async def book(self, clinic, to, channel, **changes):
        contact = {"primaryEmail": MAIL, "primaryPhone": self.PHONE}
        header = clinic.basic(*await clinic.otp(to, channel))
        status, made = await book(clinic, header, customer={"contact": contact}, **changes)
        assert status == 200
        return made

    def written_to(self, clinic):
        return [one.recipient for one in clinic.messages() if one.kind != "otp"]

    @pytest.mark.parametrize(("to", "channel"), [(MAIL, "EMAIL"), (PHONE, "SMS")])
    async def test_only_the_contact_that_was_proved(self, clinic, to, channel):
        await self.book(clinic, to, channel, notifications=self.WORDS)

        assert self.written_to(clinic) == [to]

    async def test_no_agent_in_the_words_of_a_stranger(self, clinic):
        made = await self.book(clinic, MAIL, "EMAIL", notifications=self.WORDS)

        body = {"id": made["id"], "userId": "ana"}
        status, _ = await clinic.ask("POST", f"{APPOINTMENTS}/participants/agents/", body)

        assert status == 200
        assert self.written_to(clinic) == [MAIL]

    async def test_nor_another_customer_s_contact_later(self, clinic):
        made = await self.book(clinic, MAIL, "EMAIL", notifications=[dict(self.WORDS[1], type="RESCHEDULE")])

        body = {"id": made["id"], "start": "2026-03-10T19:00:00Z"}
        status, _ = await clinic.ask("PUT", f"{APPOINTMENTS}/reschedule/", body)

        assert status == 200
        assert self.written_to(clinic) == []

    async def test_what_is_proved_is_not_shown(self, clinic):
        made = await self.book(clinic, MAIL, "EMAIL")

        assert "proved" not in str(made)

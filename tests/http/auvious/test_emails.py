"""The account's e-mail: proved, and tried (A-19)."""

import pytest

from qms.services import sender_verification
from tests.http.auvious.conftest import (
    APPLICATION,
)


class TestEmails:
    async def confirm(self, clinic, code, application=APPLICATION):
        body = {"applicationId": application, "code": code}
        return (await clinic.ask("POST", "/api/notifications/emails/confirm", body, by=await clinic.as_("ADMIN")))[0]

    def start(self, clinic):
        address, _ = clinic.store.write(sender_verification.start, account=clinic.account)
        sent = clinic.messages()[-1]
        assert (sent.kind, sent.recipient) == ("email_code", address)
        return sent.data["code"]

    async def test_a19_the_code_that_was_sent_to_the_owner_proves_it_once(self, clinic):
        code = self.start(clinic)

        statuses = [await self.confirm(clinic, code), await self.confirm(clinic, code)]

        assert statuses == [204, 404]
        assert clinic.messages()[-1].recipient == "sue@clinic.example"

    async def test_a19_a_wrong_or_an_old_code_is_refused(self, clinic):
        code = self.start(clinic)
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        first = await self.confirm(clinic, wrong)
        clinic.clock.move(minutes=10)

        assert (first, await self.confirm(clinic, code)) == (400, 400)

    async def test_a19_five_wrong_guesses_are_enough(self, clinic):
        code = self.start(clinic)
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        for _ in range(5):
            assert await self.confirm(clinic, wrong) == 400

        assert await self.confirm(clinic, code) == 400

    async def test_a19_another_s_application_is_not_found(self, clinic, twin):
        code = self.start(clinic)

        assert await self.confirm(clinic, code, "twin-app") == 404

    @pytest.mark.parametrize("code", ["12345", "abcdef", "\uff11\uff12\uff13\uff14\uff15\uff16", 123456, ""])
    async def test_a_code_has_six_digits(self, clinic, code):
        assert await self.confirm(clinic, code) == 400

    @pytest.mark.parametrize(
        "wrong", [{"toEmail": "nobody"}, {"channel": "SMS"}, {"timezone": "x"}, {"textBody": None}, {"period": "x"}]
    )
    async def test_a_test_that_cannot_be_sent_is_refused(self, clinic, wrong):
        body = {"applicationId": APPLICATION, "toEmail": "a@b.example", "textBody": "x", **wrong}
        admin = await clinic.as_("ADMIN")

        assert (await clinic.ask("POST", "/api/notifications/emails/test", body, by=admin))[0] == 400
        assert clinic.messages() == []

"""The account's e-mail: proved by a code (A-19), and tried with a notification."""

from datetime import timedelta

from aiohttp import web

from qms.domain.contact import checked
from qms.domain.errors import Invalid
from qms.domain.placeholders import filled
from qms.domain.zones import zone
from qms.services import messages, otp, sender_verification
from qms.web.access import allows
from qms.web.answers import empty
from qms.web.keys import NOW, SITE, STORE
from qms.web.perform import perform
from qms_gateway.dialects.auvious import asked
from qms_gateway.dialects.auvious.caller import Caller, admit
from qms_gateway.dialects.auvious.commands import read
from qms_gateway.dialects.auvious.formats import period_of, zone_of


@allows("auvious.mail")
async def confirm(request: web.Request) -> web.Response:
    """`POST /api/notifications/emails/confirm`: the code that came by e-mail."""
    caller = await admit(request)
    body = await read(request, asked.Confirmation)
    caller.application(body.application_id)
    store = request.app[STORE]
    id = await store.read(sender_verification.pending, account=caller.account)
    await store.write(otp.guess, id=id, code=body.code)  # a wrong one counts, though the next step is refused
    return await perform(
        request,
        sender_verification.confirm,
        reply=lambda _: empty(),
        principal=caller.principal,
        account=caller.account,
        code=body.code,
    )


@allows("auvious.mail")
async def test(request: web.Request) -> web.Response:
    """`POST /api/notifications/emails/test`: one message, as if it were about an appointment of tomorrow."""
    caller = await admit(request)
    body = await read(request, asked.EmailTest)
    caller.application(body.application_id)
    return await perform(
        request,
        messages.put,
        reply=lambda _: empty(),
        principal=caller.principal,
        account=caller.account,
        kind="email_test",
        channel="EMAIL",
        recipient=checked(body.to_email, "EMAIL", "toEmail"),
        data=_worded(request, caller, body),
        locale=body.locale,
    )


def _worded(request: web.Request, caller: Caller, body: asked.EmailTest) -> dict[str, str | None]:
    if body.channel != "EMAIL":
        raise Invalid("channel", "EMAIL")
    if not (body.text_body or body.html_body):
        raise Invalid("textBody", "a text, or an htmlBody")
    if body.period:
        period_of(body.period, "period", minutes=caller.options.text("notification_period") == "minutes")
    where = zone(zone_of(body.timezone, "timezone") if body.timezone else caller.network.account.timezone)
    start = request.app[NOW]().replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    values = {
        "firstName": body.to_email.partition("@")[0],
        "lastName": "",
        "roomLink": f"{request.app[SITE].public_url}/q/abc-def-ghi-jkl-mno-pqr",
    }
    texts = {"subject": (body.subject, False), "text": (body.text_body, False), "html": (body.html_body, True)}
    return {
        name: filled(text, values, start=start, where=where, markup=markup) if text is not None else None
        for name, (text, markup) in texts.items()
    }

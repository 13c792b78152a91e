"""The dialect as it is described to programs."""

from qms.web.openapi.operation import Face, Parameter, Reply
from qms_gateway.dialects.auvious import asked, wire
from qms_gateway.dialects.auvious.api_appointments import OPERATIONS as APPOINTMENTS
from qms_gateway.dialects.auvious.api_operation import CODE, DONE, TOKEN, operation, query
from qms_gateway.dialects.auvious.face import EVENTS, NOTIFICATIONS, SECURITY
from qms_gateway.dialects.auvious.webhook_wire import WEBHOOKS

OTHERS = (
    operation(
        "googleEvent",
        "get",
        f"{EVENTS}/google/{{id}}/event",
        "To Google's page for a new event (A-18)",
        Reply(meaning="Where that is."),
        {404: "No such appointment."},
        status=302,
        schemes=(),
    ),
    operation(
        "icalEvent",
        "get",
        f"{EVENTS}/ical/{{id}}/event",
        "The appointment as an iCalendar file (A-18)",
        Reply(meaning="The file.", content_type="text/calendar"),
        {404: "No such appointment."},
        schemes=(),
    ),
    operation(
        "confirmEmails",
        "post",
        f"{NOTIFICATIONS}/emails/confirm",
        "Say back the code that came by e-mail (A-19)",
        DONE,
        {404: "No such application, or no code was sent."},
        status=204,
        body=asked.Confirmation,
    ),
    operation(
        "testEmails",
        "post",
        f"{NOTIFICATIONS}/emails/test",
        "Send one notification to somebody",
        DONE,
        {404: "No such application."},
        status=204,
        body=asked.EmailTest,
    ),
    operation(
        "token",
        "post",
        f"{SECURITY}/oauth/token",
        "A token for a client; its id and secret may stand in a form or in Basic instead",
        Reply(meaning="The token.", shape=wire.Token),
        {401: "No such client."},
        parameters=(
            query("grant_type", "client_credentials.", enum=["client_credentials"]),
            query("client_id", "As `turnero token --kind client` printed it."),
            query("client_secret", "The same."),
        ),
        keyed=False,
        schemes=(),
    ),
    operation(
        "otp",
        "post",
        f"{SECURITY}/otp",
        "Send a code to a contact",
        Reply(meaning="It is on its way; this is its id.", shape=wire.Otp),
        {401: "A token came along that is not genuine."},
        body=asked.OtpRequest,
        schemes=(),
    ),
    operation(
        "otpVerify",
        "post",
        f"{SECURITY}/otp/verify",
        "See whether a code is the one that was sent",
        Reply(meaning="It is."),
        {404: "No such code was sent."},
        status=204,
        body=asked.OtpVerify,
        schemes=(),
    ),
)

FACES = (
    Face(
        name="Auvious",
        about="The appointments interface of the Auvious dialect. Every refusal has one body (A-1). The last slash of "
        "an address may be there or not; an account's auvious_prefix may stand before it (A-8).",
        operations=(*APPOINTMENTS, *OTHERS),
        schemes=(TOKEN, CODE),
        parameters=(
            Parameter(name="id", where="path", meaning="The appointment's id, a UUID."),
            Parameter(name="pid", where="path", meaning="The participant's id, a UUID."),
        ),
    ),
    Face(
        name="AuviousWebhooks",
        about="What webhooks of the Auvious dialect are sent. `x-signature` is the HMAC-SHA256 of the payload's text, "
        "in hex, under the webhook's secret.",
        operations=(),
        webhooks=WEBHOOKS,
    ),
)

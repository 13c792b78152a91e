"""The operations on webhooks, as they are described to programs."""

from desk import webhooks_wire as wire
from desk.choosing import MOST
from desk.operations import SIGNED_IN, command, reading
from qms.domain.delivery import STATES
from qms.web.openapi.operation import Operation, Parameter, Reply
from qms.web.openapi.problem import BODY, refusals

_AT = {"type": "string", "format": "date-time"}
_CHOICE = (
    Parameter(name="webhook", where="query", meaning="Only to this webhook, by key or id."),
    Parameter(name="state", where="query", meaning="Only in this state.", schema={"enum": list(STATES)}),
    Parameter(name="since", where="query", meaning="Events from this instant on.", schema=_AT),
    Parameter(name="until", where="query", meaning="Events before this instant.", schema=_AT),
    Parameter(
        name="limit",
        where="query",
        meaning="At most so many.",
        schema={"type": "integer", "minimum": 1, "maximum": MOST},
    ),
)
_TURNED = {200: Reply(meaning="The webhook as it has become.", shape=wire.WebhookShape)}
_REPLAYED = {200: Reply(meaning="What is sent again.", shape=wire.Replayed)}

WEBHOOKS = (
    reading("webhooks", "webhooks", "How webhooks stand", wire.Webhooks, 403),
    command("enableWebhook", "webhooks/{webhook}/enable", "Tell a disabled webhook again", replies=_TURNED),
    command("disableWebhook", "webhooks/{webhook}/disable", "Tell a webhook nothing more", replies=_TURNED),
    Operation(
        id="rotateSecret",
        method="post",
        path="/desk/api/webhooks/{webhook}/secret",
        summary="Give a webhook a new secret; the one before counts too for a while",
        body=wire.Rotation,
        replies={200: Reply(meaning="The secret, once.", shape=wire.Secret), **refusals(*BODY, 401, 403, 404)},
        schemes=SIGNED_IN,
    ),
    reading("deliveries", "deliveries", "Deliveries, the newest first", wire.Deliveries, 403, 404, 422, asked=_CHOICE),
    reading("attempts", "deliveries/{delivery}/attempts", "What was tried", wire.Attempts, 403, 404),
    command("replayDelivery", "deliveries/{delivery}/replay", "Send a delivery again", replies=_REPLAYED),
    command(
        "replayDeliveries",
        "deliveries/replay",
        "Send those of a webhook, of a time, in a state again",
        body=wire.Replay,
        replies=_REPLAYED,
    ),
    Operation(
        id="playWebhook",
        method="post",
        path="/desk/api/playground",
        summary="What a webhook's templates make of a sample event; nothing is sent",
        body=wire.Play,
        replies={200: Reply(meaning="The request.", shape=wire.Played), **refusals(*BODY, 401, 403, 404)},
        schemes=SIGNED_IN,
    ),
)

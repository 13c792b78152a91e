"""Messages about a ticket to its holder's own devices, as they are described to programs."""

from kiosk import summoning
from qms.web.openapi.operation import IDEMPOTENCY_KEY, Operation, Reply
from qms.web.openapi.problem import BODY, refusals


def _asked(id: str, path: str, summary: str, body: type) -> Operation:
    return Operation(
        id=id,
        method="post",
        path=path,
        summary=summary,
        body=body,
        parameters=(IDEMPOTENCY_KEY,),
        replies={201: Reply(meaning="Where messages go now.", shape=summoning.Told), **refusals(*BODY, 404, 409, 410)},
    )


SUMMONING_OPERATIONS = (
    _asked(
        "messages",
        "/t/{link}/messages",
        "Have messages about a ticket sent to a telephone or a mailbox",
        summoning.Address,
    ),
    _asked("browsers", "/t/{link}/browsers", "Have messages about a ticket sent to this browser", summoning.Browser),
    _asked(
        "kioskMessages",
        "/kiosk/{token}/messages",
        "Have messages about a ticket sent to a telephone, where the kiosk asks for one",
        summoning.Phone,
    ),
)

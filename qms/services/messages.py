"""Messages to people, put down with what they are about; whoever sends them finds them there, and words them.

Kinds and what their data says: `otp` and `email_code` {code, name, branch_id}; `email_test` {subject, text, html};
`waitlist_offer` {title, start, until, branch_id, timezone, page}; `turn` and `turn_near` {summons, number, ahead,
branch, branch_id, poc, page}; any other kind {subject, text, html} as it is to be sent. Those about appointments are
put down by `qms.services.notification`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from qms.domain.message import CODES, TURNS, Message
from qms.store.schema.reaching import message
from qms.store.tx import Tx

CODE_LASTS = timedelta(minutes=10)
LASTS = timedelta(days=2)
"""So long a message is tried to be sent, unless it says itself."""


def put(
    tx: Tx,
    *,
    account: str | None,
    kind: str,
    channel: str,
    recipient: str,
    data: Mapping[str, Any],
    locale: str | None = None,
    until: datetime | None = None,
) -> Message:
    """Put a message down; it must arrive once this transaction is committed, before `until`."""
    new = Message(
        id=tx.new_id(),
        account_id=account,
        kind=kind,
        channel=channel,
        recipient=recipient,
        created_at=tx.now,
        due_at=tx.now,
        until=until or tx.now + (CODE_LASTS if kind in CODES else LASTS),
        rank=0 if kind in (*CODES, *TURNS) else 1,
        locale=locale,
        data=data,
    )
    tx.insert(message, new)
    tx.tell("outbox")
    return new

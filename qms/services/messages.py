"""Messages to people, put down with what they are about; whoever delivers them finds them there, and words them.

Kinds and what their data says: `otp` and `email_code` {code, name}; `email_test` {subject, text, html}.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from qms.domain.contact import Channel
from qms.store.schema.reaching import message
from qms.store.tx import Tx

MessageKind = Literal["otp", "email_code", "email_test"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What somebody is to be told; `account_id` is None where nobody said in whose name."""

    id: str
    account_id: str | None
    kind: MessageKind
    channel: Channel
    recipient: str
    created_at: datetime
    locale: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    sent_at: datetime | None = None


def put(
    tx: Tx,
    *,
    account: str | None,
    kind: MessageKind,
    channel: Channel,
    recipient: str,
    data: Mapping[str, Any],
    locale: str | None = None,
) -> Message:
    """Put a message down; it must arrive once this transaction is committed."""
    new = Message(
        id=tx.new_id(),
        account_id=account,
        kind=kind,
        channel=channel,
        recipient=recipient,
        created_at=tx.now,
        locale=locale,
        data=data,
    )
    tx.insert(message, new)
    tx.tell("outbox")
    return new

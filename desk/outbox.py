"""The outbox as supervisors see it: what people are told by message, what became of it, and sending it again."""

from datetime import datetime
from typing import Any

from aiohttp import web
from msgspec import Struct

from desk.choosing import limit_of, state_of
from qms.domain.errors import Invalid
from qms.domain.message import STATES, Message
from qms.services.notification import outbox
from qms.store.tx import Tx
from qms.web import people
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import STORE
from qms.web.perform import perform


class MessageShape(Struct, kw_only=True):
    """A message, without what it says; `error` is why it was not taken, `no_sender` where nobody is set up to send."""

    id: str
    kind: str
    channel: str
    recipient: str
    appointment: str | None
    occasion: str
    state: str
    attempts: int
    error: str | None
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None

    @classmethod
    def of(cls, one: Message) -> "MessageShape":
        return cls(
            id=one.id,
            kind=one.kind,
            channel=one.channel,
            recipient=one.recipient,
            appointment=one.appointment_id,
            occasion=one.occasion,
            state=one.state,
            attempts=one.attempts,
            error=one.last_error,
            created_at=one.created_at,
            due_at=one.due_at,
            sent_at=one.sent_at,
        )


class Outbox(Struct, kw_only=True):
    """The newest messages, and how many there are in each state."""

    counts: dict[str, int]
    messages: list[MessageShape]


@allows("messages.manage")
async def show(request: web.Request) -> web.Response:
    """The newest messages of the account; `?state=`, `?appointment=` and `?limit=` choose."""
    login = await people.who(request)
    shown = await request.app[STORE].read(_outbox, account=login.account_id, **_chosen(request))
    return json_answer(shown).response()


@allows("messages.manage")
async def resend(request: web.Request) -> web.Response:
    """Send a message once more."""
    login = await people.who(request)
    return await perform(
        request,
        _again,
        reply=json_answer,
        principal=login.agent.id,
        account=login.account_id,
        id=request.match_info["message"],
    )


def _chosen(request: web.Request) -> dict[str, Any]:
    appointment = request.query.get("appointment")
    if appointment is not None and "\0" in appointment:
        raise Invalid("appointment", "an id")
    return {
        "state": state_of(request.query, STATES),
        "limit": limit_of(request.query),
        "appointment": appointment,
    }


def _outbox(tx: Tx, *, account: str, **chosen: Any) -> Outbox:
    found = outbox.list_messages(tx, account, **chosen)
    return Outbox(counts=outbox.count(tx, account), messages=[MessageShape.of(one) for one in found])


def _again(tx: Tx, *, account: str, id: str) -> MessageShape:
    return MessageShape.of(outbox.send_again(tx, account, id=id))

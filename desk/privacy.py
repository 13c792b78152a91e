"""For administrators: what is kept of a person is handed out or erased, and the audit log is read.

A person is named in a body, never in an address: addresses end up in logs.
"""

import asyncio
from datetime import datetime
from typing import Annotated, Any

import structlog
from aiohttp import web
from msgspec import Meta, Struct

from desk.bodies import PLAIN
from qms.domain.errors import Invalid
from qms.services import auditing
from qms.services.privacy import people as requests
from qms.services.privacy.finding import Who
from qms.store.scrubbing import scrub
from qms.web import people
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.bodies import read
from qms.web.keys import STORE
from qms.web.perform import perform

log = structlog.get_logger(__name__)
MOST_DIGITS = 15


class WhoBody(Struct, kw_only=True, forbid_unknown_fields=True):
    """One thing at least that is known of a person."""

    email: Annotated[str, Meta(max_length=320, pattern=PLAIN)] = ""
    phone: Annotated[str, Meta(max_length=40, pattern=PLAIN)] = ""
    customer: Annotated[str, Meta(max_length=64, pattern=PLAIN)] = ""

    def known(self) -> Who:
        return Who(email=self.email, phone=self.phone, customer=self.customer)


class Erased(Struct, kw_only=True):
    """Rows of which a person was taken out, by table."""

    rows: dict[str, int]


class AuditEntry(Struct, kw_only=True):
    """Something that was done; `actor` is an agent's id, or a word of ours."""

    seq: int
    at: datetime
    actor: str
    action: str
    object: str
    data: Any


class AuditLog(Struct, kw_only=True):
    """The newest first; the rows before the last of these are asked for with `before`."""

    entries: list[AuditEntry]


def routes(app: web.Application) -> None:
    """Serve a person's requests from this application."""
    app.add_routes(
        [
            web.post("/desk/api/account/people/export", export),
            web.post("/desk/api/account/people/erase", erase),
            web.get("/desk/api/account/audit", audit),
        ]
    )


@allows("people.manage")
async def export(request: web.Request) -> web.Response:
    """All that is kept of somebody."""
    login = await people.who(request)
    who = (await read(request, WhoBody)).known()
    store = request.app[STORE]
    found = await store.write(requests.export, account=login.account_id, who=who, by=login.agent.id)
    return json_answer(found).response()


@allows("people.manage")
async def erase(request: web.Request) -> web.Response:
    """Take somebody out of everything."""
    login = await people.who(request)
    done = await perform(
        request,
        requests.erase,
        reply=lambda rows: json_answer(Erased(rows=rows)),
        principal=login.agent.id,
        account=login.account_id,
        who=(await read(request, WhoBody)).known(),
        by=login.agent.id,
    )
    if not await asyncio.to_thread(scrub, request.app[STORE].store.engine):
        log.warning("erased_but_readers_keep_the_log")
    return done


@allows("audit.read")
async def audit(request: web.Request) -> web.Response:
    """What was done."""
    login = await people.who(request)
    before, action = request.query.get("before"), request.query.get("action", "")
    if "\0" in action:
        raise Invalid("action", "the beginning of an action's name")
    if before is not None and not (before.isascii() and before.isdecimal() and len(before) <= MOST_DIGITS):
        raise Invalid("before", "the seq of a row")
    asked: dict[str, Any] = {"action": action, "before": int(before) if before is not None else None}
    found = await request.app[STORE].read(auditing.listed, account=login.account_id, **asked)
    entries = [AuditEntry(**{name: getattr(one, name) for name in AuditEntry.__struct_fields__}) for one in found]
    return json_answer(AuditLog(entries=entries)).response()

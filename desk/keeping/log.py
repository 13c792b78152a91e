"""The audit log in a page: who did what, and whether the log is what was written."""

from typing import Any

from aiohttp import web

from desk.keeping.pages import keeper, shown
from qms.services import auditing
from qms.store.columns import compact
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.keys import STORE

SHOWN = 100


@allows("audit.read", by_itself=True)
async def page(request: web.Request) -> web.Response:
    """The log, the newest first; `?action=` and `?before=` choose, `?verify` reads the whole of it."""
    me, query = await keeper(request), request.query
    before = query.get("before", "")
    said = {"action": query.get("action", "").replace("\0", ""), "verify": "verify" in query}
    at = int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else None
    view = await request.app[STORE].read(_read, account=me.account, before=at, **said)
    return shown(request, me, "log", {**view, "action": said["action"], "compact": compact})


def _read(tx: Tx, *, account: str, action: str, before: int | None, verify: bool) -> dict[str, Any]:
    entries = auditing.listed(tx, account=account, action=action, before=before, limit=SHOWN)
    names = {one.id: one.name for one in tx.network(account).agents.values()}
    finding = auditing.verify(tx, account=account) if verify else None
    more = entries[-1].seq if len(entries) == SHOWN else None
    return {"entries": entries, "names": names, "finding": finding, "more": more}

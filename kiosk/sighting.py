"""When kiosks were seen, and what they say of themselves: whoever asks for the menu is there."""

import asyncio

import msgspec
from aiohttp import web

from qms.domain.errors import Unavailable
from qms.services import device_reports, devices
from qms.store.tx import Tx
from qms.web.about import About
from qms.web.access import allows
from qms.web.answers import empty
from qms.web.bodies import read
from qms.web.keys import STORE

SPACING_SECONDS = 60.0
SEEN: web.AppKey[dict[str, float]] = web.AppKey("kiosks_seen", dict)
"""Token → the loop's time when that was written last."""


async def see(request: web.Request, token: str) -> None:
    """A kiosk is there. That it cannot be written now is no reason to show no menu."""
    seen, now = request.app[SEEN], asyncio.get_running_loop().time()
    if now - seen.get(token, float("-inf")) < SPACING_SECONDS:
        return
    seen[token] = now
    try:
        await request.app[STORE].write(_note, token=token)
    except Unavailable:
        seen.pop(token, None)


@allows("kiosk.use")
async def report(request: web.Request) -> web.Response:
    """What a kiosk says of itself."""
    about = await read(request, About)
    await request.app[STORE].write(_note, token=request.match_info["token"], about=about)
    return empty().response()


def _note(tx: Tx, *, token: str, about: About | None = None) -> None:
    _, _, kiosk = devices.kiosk(tx, token=token)
    device_reports.seen(tx, account=kiosk.account_id, id=kiosk.id)
    if about is not None:
        device_reports.add(tx, account=kiosk.account_id, id=kiosk.id, about=msgspec.to_builtins(about))

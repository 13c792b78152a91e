"""Clips over the wire: what a call sounds like, at the address that the screen was told."""

from aiohttp import web

from qms.domain.errors import NotFound
from qms.web.access import allows
from qms.web.keys import SECRET
from screens.means import CLIPS
from screens.voice import address
from screens.voice.wording import WORDINGS

CLIP = address.PATH + "/{language:[A-Za-z-]{2,8}}/{said:[A-Za-z0-9_-]{1,2000}}.{signature:[A-Za-z0-9_-]{16}}.wav"


def routes(app: web.Application) -> None:
    """Serve clips from this application."""
    app.router.add_get(CLIP, clip)


@allows("screen.show")
async def clip(request: web.Request) -> web.Response:
    """A clip of an address that we have written; the same for ever."""
    language, text, signature = (request.match_info[name] for name in ("language", "said", "signature"))
    said = address.read(request.app[SECRET], language, text, signature) if language in WORDINGS else None
    sound = await request.app[CLIPS].get(said) if said is not None else None
    if sound is None:
        raise NotFound("clip", language)
    response = web.Response(body=sound, content_type="audio/wav")
    response.headers["Cache-Control"] = "public, max-age=86400, immutable"
    return response

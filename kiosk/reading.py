"""What is on a kiosk's glass, read aloud to whoever cannot see it, by the server's own voice."""

from aiohttp import web

from qms.domain.errors import LimitExceeded
from qms.services import devices
from qms.web.access import allows
from qms.web.answers import empty
from qms.web.keys import STORE
from qms.web.voice import VOICE

LONGEST = 300
"""Characters: what is read is the name of a button, or a sentence."""


@allows("kiosk.use")
async def read_aloud(request: web.Request) -> web.Response:
    """A text as a sound, which browsers keep; nothing where nobody speaks its language."""
    await request.app[STORE].read(devices.kiosk, token=request.match_info["token"])
    language, text = request.query.get("language", ""), request.query.get("text", "")
    if len(text) > LONGEST:
        raise LimitExceeded("text", LONGEST)
    voice = request.app.get(VOICE)
    sound = await voice.say(language, text) if voice is not None else None
    if sound is None:
        return empty().response()
    response = web.Response(body=sound, content_type="audio/wav")
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response

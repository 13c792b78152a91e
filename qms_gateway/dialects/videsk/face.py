"""The dialect as an application: its routes, and around all of them the envelope and the door for other origins."""

from aiohttp import web

from qms.web.cors import cors
from qms.web.keys import SITE
from qms_gateway.dialects.videsk import captcha, forms, queues, segments
from qms_gateway.dialects.videsk.caller import CALLER, KEYRING, Keyring
from qms_gateway.dialects.videsk.errors import envelopes

PREFIX = "/public"
"""What is for keys stands under it; everything there answers in this dialect's envelope."""

ROOT = "/video-contact-center"
QUEUES = ROOT + "/branches/{branch}/queues"


def application() -> web.Application:
    """The dialect's routes, to be mounted under `PREFIX`."""
    app = web.Application(middlewares=[cors(_open), envelopes])
    app.add_routes(
        [
            web.post(QUEUES + "/{queue}", queues.enqueue, name="enqueue"),  # first: the routes are tried in order
            web.get(ROOT + "/branches", queues.branches, name="branches"),
            web.get(QUEUES, queues.queues, name="queues"),
            web.get(QUEUES + "/{queue}", queues.queue, name="queue"),
            web.get(ROOT + "/segments", segments.segments, name="segments"),
            web.get(ROOT + "/forms/{segment}", forms.form, name="form"),
            web.post(ROOT + "/forms", forms.submit, name="submit"),
        ]
    )
    app.on_startup.append(_open_door)
    app.cleanup_ctx.append(captcha.client)
    return app


def _open(request: web.Request) -> bool:
    caller = request.get(CALLER)
    return caller is None or caller.options.text("cors") != "off"


async def _open_door(app: web.Application) -> None:
    app[KEYRING] = Keyring(app[SITE].rate_limit)

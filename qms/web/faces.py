"""A face with middlewares of its own: an application under a prefix that finds the running parts as the whole does."""

from aiohttp import web
from aiohttp.web_urldispatcher import PrefixedSubAppResource

from qms.web.keys import BUS, NOW, SECRET, SITE, STOPPING, STORE
from qms.web.networks import NETWORKS
from qms.web.perform import IN_FLIGHT

SHARED: tuple[web.AppKey[object], ...] = (STORE, BUS, SITE, SECRET, NOW, STOPPING, NETWORKS, IN_FLIGHT)  # type: ignore[assignment]


def mount(whole: web.Application, prefix: str, face: web.Application) -> PrefixedSubAppResource:
    """Hang a face under a prefix; everything under it, unknown routes too, passes its middlewares."""

    async def share(_: web.Application) -> None:
        for key in SHARED:
            if key in whole:
                face[key] = whole[key]

    face.on_startup.insert(0, share)
    return whole.add_subapp(prefix, face)

"""Pictures and films over the wire: what was put up, and what lies in the account's folder."""

from pathlib import Path

from aiohttp import web

from qms.domain.errors import NotFound
from qms.services import media
from qms.services.screen_setup import VERSION_LETTERS
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.keys import SITE, STORE
from qms.web.pages.security import ALONE
from screens.means import version_of

MEDIUM = "/screens/media/{account:[a-z0-9-]{1,63}}/{version:[0-9a-f]{%d}}/{name:[^/]{1,200}}" % VERSION_LETTERS  # noqa: UP031 - braces
HEADERS = {"Cache-Control": "public, max-age=604800, immutable", **dict([ALONE])}


def routes(app: web.Application) -> None:
    """Serve pictures and films from this application."""
    app.router.add_get(MEDIUM, medium)


@allows("screen.show")
async def medium(request: web.Request) -> web.StreamResponse:
    """A picture or a film; its address tells its content, so that it is fetched once."""
    slug, version, name = (request.match_info[part] for part in ("account", "version", "name"))
    file = _in_folder(request.app[SITE].media_folder, slug, version, name)
    if file is not None:
        content_type = media.content_type_of(name) or "application/octet-stream"
        return web.FileResponse(file, headers={**HEADERS, "Content-Type": content_type})
    content_type, content = await request.app[STORE].read(_put_up, slug=slug, version=version, name=name)
    return web.Response(body=content, content_type=content_type, headers=HEADERS)


def _in_folder(root: Path | None, slug: str, version: str, name: str) -> Path | None:
    if root is None or name.startswith(".") or "\0" in name or "\\" in name:
        return None
    file = root / slug / name
    return file if file.is_file() and version_of(file) == version else None


def _put_up(tx: Tx, *, slug: str, version: str, name: str) -> tuple[str, bytes]:
    found = media.by_address(tx, slug=slug, version=version, name=name)
    if found is None:
        raise NotFound("medium", name)
    return found

"""The files of an account's own: a stylesheet, texts, a logo, letters. Their addresses tell their content."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import ETag, web

from qms.domain.errors import NotFound
from qms.domain.own import VERSION_LETTERS, digest, stylesheets, texts_json
from qms.services import media
from qms.services.accounts import account_id
from qms.store.schema.device import BRAND_SHELF
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.keys import STORE
from qms.web.pages.security import ALONE

ACCOUNT = "/own/{account:[a-z0-9-]{1,63}}"
VERSION = "{version:[0-9a-f]{%d}}" % VERSION_LETTERS  # noqa: UP031 - braces
KEPT = "public, max-age=31536000, immutable"


def routes(app: web.Application) -> None:
    """Serve them from this application."""
    app.router.add_get(f"{ACCOUNT}/{VERSION}.css", style)
    app.router.add_get(f"{ACCOUNT}/{VERSION}.json", texts)
    app.router.add_get(f"{ACCOUNT}/{VERSION}/{{name:[^/]{{1,200}}}}", file)


@allows("site.see")
async def style(request: web.Request) -> web.Response:
    """The colours and letters of an account, or of one of its branches."""
    made = await request.app[STORE].read(_stylesheets, slug=request.match_info["account"])
    return _text(request, made, "text/css")


@allows("site.see")
async def texts(request: web.Request) -> web.Response:
    """An account's own texts in all languages."""
    text = await request.app[STORE].read(_texts, slug=request.match_info["account"])
    return _text(request, {digest(text): text}, "application/json")


@allows("site.see")
async def file(request: web.Request) -> web.Response:
    """A logo, or letters."""
    said = {"slug": request.match_info["account"], "version": request.match_info["version"]}
    content_type, content = await request.app[STORE].read(_put_up, name=request.match_info["name"], **said)
    response = web.Response(body=content, content_type=content_type, headers=dict([ALONE]))
    return _kept(response, said["version"])


def _text(request: web.Request, made: Mapping[str, str], content_type: str) -> web.Response:
    """One of the texts, by version."""
    version = request.match_info["version"]
    if version not in made:
        raise NotFound("file", version)
    if ETag(version) in (request.if_none_match or ()):
        return _kept(web.Response(status=304), version)
    response = web.Response(text=made[version], content_type=content_type, charset="utf-8")
    response.enable_compression()
    return _kept(response, version)


def _kept(response: web.Response, version: str) -> web.Response:
    response.etag = version
    response.headers["Cache-Control"] = KEPT
    return response


def _stylesheets(tx: Tx, *, slug: str) -> Mapping[str, str]:
    return stylesheets(tx.network(account_id(tx, slug=slug)))


def _texts(tx: Tx, *, slug: str) -> str:
    return texts_json(tx.network(account_id(tx, slug=slug)).own_texts)


def _put_up(tx: Tx, *, slug: str, version: str, name: str) -> tuple[str, bytes]:
    found = media.by_address(tx, slug=slug, version=version, name=name, shelf=BRAND_SHELF)
    if found is None:
        raise NotFound("file", name)
    return found

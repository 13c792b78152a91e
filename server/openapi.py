"""The interfaces described for programs: `turnero openapi`, and the same at /openapi.json."""

import hashlib
import json
import os
from functools import lru_cache
from importlib import import_module, metadata

import typer
from aiohttp import ETag, web

from qms.web.access import allows
from qms.web.keys import SITE
from qms.web.openapi import Document, Face, document
from server.settings import Settings

APIS = ("qms_gateway.api", "desk.api", "screens.api", "kiosk.api", "server.api")
"""The modules that declare `FACES`. The document is the same whichever of them a process serves."""

AN_HOUR = "public, max-age=3600"


def faces() -> list[Face]:
    """All faces, as they declare themselves."""
    return [face for name in APIS for face in import_module(name).FACES]


def describe(server: str) -> Document:
    """The document of an installation at an address."""
    return document(faces(), title="Turnero", version=metadata.version("turnero"), server=server)


def openapi() -> None:
    """Print the OpenAPI document of all interfaces."""
    settings = Settings.read(os.environ)
    server = settings.public_url or f"http://{settings.host}:{settings.port}"
    typer.echo(json.dumps(describe(server.rstrip("/")), ensure_ascii=False, indent=2))


@allows("site.see")
async def serve(request: web.Request) -> web.Response:
    """Answer `/openapi.json`, which is anybody's to read and keep."""
    body, etag = _served(request.app[SITE].public_url)
    known = ETag(etag) in (request.if_none_match or ())
    response = web.Response(body=None if known else body, status=304 if known else 200, content_type="application/json")
    response.headers.update({"Cache-Control": AN_HOUR, "Access-Control-Allow-Origin": "*"})
    response.etag = etag
    return response


@lru_cache(maxsize=1)
def _served(server: str) -> tuple[bytes, str]:
    body = json.dumps(describe(server), ensure_ascii=False, separators=(",", ":")).encode()
    return body, hashlib.sha256(body).hexdigest()[:32]

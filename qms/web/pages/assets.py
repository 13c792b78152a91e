"""Files that never change under their address: scripts, styles, fonts, icons, the scripts' catalogues.

They are read at start, a script's catalogue when it is first asked for, and served under `/static/<version>/…`, where
the version is a digest over all of them, and over what catalogues are made from.
So a browser keeps them for a year without asking, modules import each other by relative paths, and a new release has
new addresses. Our own files lie at the root (`live.js`, `vendor/ui.js`), a face's under its package's name
(`screens/lobby.js` is the file `screens/static/lobby.js`), the catalogues under `locale/`: one per face with what its
scripts and ours say (`locale/kiosk/es.json`), one for each page that is to be light (`locale/kiosk/ticket/es.json`),
and one with ours alone (`locale/es.json`).

An address without a version, or with that of another release (two releases run side by side while one replaces the
other), is answered with what we have and is not to be kept.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from aiohttp import ETag, web

from qms.web.access import allows
from qms.web.pages.catalogues import LIGHT, script_messages, source, words_folder
from qms.web.pages.languages import PSEUDO, SHIPPED, Language

OWN = Path(__file__).parent / "static"
VERSION = re.compile(r"[0-9a-f]{16}/")
CONTENT_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wav": "audio/wav",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""What we serve; any other file in a static folder stays where it is."""
WORKER = {
    "Cache-Control": "no-cache",
    "Service-Worker-Allowed": "/",
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'",
}
"""What the script that keeps pages may do: ask us."""
PACKED = {".png", ".woff2"}
"""What is compressed already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One file as it goes over the wire."""

    body: bytes
    content_type: str
    packed: bool
    etag: str

    @classmethod
    def of(cls, path: str, body: bytes) -> Asset:
        """Make a file ready to be sent."""
        suffix = Path(path).suffix
        return cls(
            body=body,
            content_type=CONTENT_TYPES[suffix],
            packed=suffix in PACKED,
            etag=hashlib.sha256(body).hexdigest()[:32],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """All files of this release, by path; `catalogues`, each of a language and a face, are made when asked for."""

    by_path: Mapping[str, Asset]
    catalogues: Mapping[str, tuple[Language, str]]
    version: str

    @classmethod
    def read(cls, packages: Iterable[str]) -> Assets:
        """Read our own files, those of the faces, and the scripts' catalogues."""
        faces, languages = tuple(packages), (*SHIPPED, PSEUDO)
        found = dict(in_folder(OWN, ""))
        for face in faces:
            found.update(in_folder(Path(str(files(face))) / "static", f"{face}/"))
        catalogues = {
            f"{words_folder(face)}/{language.tag}.json": (language, face)
            for face in ("", *faces, *LIGHT)
            for language in languages
        }
        sources = {language.tag: source(language) for language in languages}
        return cls(
            by_path={path: Asset.of(path, body) for path, body in found.items()},
            catalogues=catalogues,
            version=digest(found | sources),
        )

    def find(self, path: str) -> Asset | None:
        """Return a file; None where there is no such."""
        said = self.catalogues.get(path)
        return self.by_path.get(path) if said is None else catalogue_for(path, *said)

    def url(self, path: str) -> str:
        """Return the address of a file.

        Raises:
            KeyError: there is no such file; better said at the first look at a page than by a browser.
        """
        if path not in self.by_path and path not in self.catalogues:
            raise KeyError(path)
        return f"/static/{self.version}/{path}"


@cache
def catalogue_for(path: str, language: Language, face: str) -> Asset:
    """Make a language's messages ready for the scripts of a face."""
    messages = script_messages(language, face)
    text = json.dumps(messages, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Asset.of(path, text.encode())


def in_folder(folder: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Read the files of a folder that we serve."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in CONTENT_TYPES and file.is_file():
            yield prefix + file.relative_to(folder).as_posix(), file.read_bytes()


def digest(found: Mapping[str, bytes]) -> str:
    """Return one version for all files together."""
    whole = hashlib.sha256()
    for path in sorted(found):
        whole.update(f"{path}\0{len(found[path])}\0".encode() + found[path])
    return whole.hexdigest()[:16]


ASSETS: web.AppKey[Assets] = web.AppKey("assets", Assets)


@allows("site.see")
async def serve(request: web.Request) -> web.Response:
    """Answer `/static/…`."""
    assets = request.app[ASSETS]
    path = request.match_info["path"]
    asset = assets.find(VERSION.sub("", path, count=1) if VERSION.match(path) else path)
    if asset is None:
        raise web.HTTPNotFound
    response = web.Response(status=304) if knows(request, asset) else sent(request, asset)
    response.etag = asset.etag
    current = path.startswith(f"{assets.version}/")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if current else "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    return response


def knows(request: web.Request, asset: Asset) -> bool:
    """Say whether the browser has the file already."""
    return ETag(asset.etag) in (request.if_none_match or ())


def sent(request: web.Request, asset: Asset) -> web.Response:
    """Send a file, compressed where the browser takes it."""
    charset = "utf-8" if asset.content_type.startswith(("text/", "application/")) else None
    packed = not asset.packed and "gzip" in request.headers.get("Accept-Encoding", "")
    body = compressed(asset.body) if packed else asset.body
    response = web.Response(body=body, content_type=asset.content_type, charset=charset)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


@cache
def compressed(body: bytes) -> bytes:
    """A file's body, compressed when it is asked for first: a server starts without waiting for it."""
    return gzip.compress(body, mtime=0)


@allows("site.see")
async def worker(request: web.Request) -> web.Response:
    """Answer `/worker.js`: the script that keeps pages, with this release. It is asked for anew each time."""
    assets = request.app[ASSETS]
    text = f'globalThis.VERSION = "{assets.version}";\n{assets.by_path["worker.js"].body.decode()}'
    return web.Response(text=text, content_type="text/javascript", charset="utf-8", headers=WORKER)


@allows("site.see")
async def favicon(request: web.Request) -> web.Response:
    """Send browsers that look for an icon by themselves (on a page that is not ours to lay out) to it."""
    raise web.HTTPFound(request.app[ASSETS].url("mark.svg"))

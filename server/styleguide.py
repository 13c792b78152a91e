"""`/styleguide`: what pages are made of, shown with the styles and macros that the pages themselves use."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from qms.web import people
from qms.web.access import allows
from qms.web.keys import SITE
from qms.web.pages import ASSETS, led_to_sign_in, render

_FIRST_ROOT = re.compile(r":root \{(.*?)\n  \}", re.DOTALL)
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);(?:\s*/\*\s*(.*?)\s*\*/)?")
_ICON = re.compile(r'id="([\w-]+)"')
_KINDS = {"text": "size", "space": "space", "radius": "radius", "shadow": "shadow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A name of `tokens.css` with what it is in the light theme, and what for."""

    name: str
    value: str
    purpose: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendored:
    """A file that others made, as its manifest has it."""

    path: str
    made_from: str
    licence: str
    digest: str


@allows("network.manage", by_itself=True)
async def page(request: web.Request) -> web.Response:
    """The page: a sandbox shows it to anybody, other installations to those who manage them."""
    if request.app[SITE].sandbox is None:
        with led_to_sign_in(request):
            await people.admit(request, "network.manage")
    return render(request, "styleguide.html.j2", view_of(_text(request, "tokens.css"), request))


def view_of(tokens: str, request: web.Request) -> Mapping[str, object]:
    """What the page shows, read from the files as they are served."""
    found = tokens_of(tokens)
    return {
        "tokens": {kind: [token for token in found if token.kind == kind] for kind in ("colour", *_KINDS.values())},
        "icons": _ICON.findall(_text(request, "vendor/icons.svg")),
        "vendored": vendored_of(_text(request, "vendor/MANIFEST.json")),
    }


def tokens_of(styles: str) -> list[Token]:
    """The tokens of the light theme, in their order."""
    root = _FIRST_ROOT.search(styles)
    return [
        Token(name=name, value=value, purpose=purpose, kind=_kind(name, value))
        for name, value, purpose in _TOKEN.findall(root[1] if root else "")
    ]


def vendored_of(manifest: str) -> list[Vendored]:
    """The files that others made."""
    return [
        Vendored(
            path=path,
            made_from=", ".join(f"{name} {version}" for name, version in entry["made_from"].items()),
            licence=entry["licence"],
            digest=entry["sha384"].removeprefix("sha384-")[:12],
        )
        for path, entry in json.loads(manifest).items()
    ]


def _kind(name: str, value: str) -> str:
    if value.startswith(("#", "rgb")):
        return "colour"
    return _KINDS.get(name.partition("-")[0], "other")


def _text(request: web.Request, path: str) -> str:
    return request.app[ASSETS].by_path[path].body.decode()

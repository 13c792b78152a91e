"""What operators and browsers ask for, as it is described to programs."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from qms.web.openapi.operation import Face, Operation, Parameter, Reply
from qms.web.openapi.problem import refusals


class Alive(Struct, kw_only=True):
    """The process answers; `lag_seconds` is how late its event loop was last."""

    status: str
    lag_seconds: float


class Ready(Struct, kw_only=True):
    """Whether this process should be given requests, how each thing is that it depends on, and how long asking took."""

    ready: bool
    checks: dict[str, str]
    ms: dict[str, float]


class Version(Struct, kw_only=True):
    """The program's version, the time zone database's, the sandbox clock's setting, and business time."""

    version: str
    tzdata: str
    sandbox: str | None
    now: datetime


def _get(id: str, path: str, summary: str, replies: dict[int, Reply], *parameters: Parameter) -> Operation:
    return Operation(id=id, method="get", path=path, summary=summary, replies=replies, parameters=parameters)


def _ok(meaning: str, shape: Any = None, content_type: str = "application/json") -> dict[int, Reply]:
    return {200: Reply(meaning=meaning, shape=shape, content_type=content_type)}


OPERATIONS = (
    _get("alive", "/healthz", "Whether the process answers", _ok("It does.", Alive)),
    _get(
        "ready",
        "/readyz",
        "Whether the process should be given requests",
        {**_ok("It should.", Ready), 503: Reply(meaning="It should not.", shape=Ready)},
    ),
    _get("version", "/version", "Which release this is", _ok("The release.", Version)),
    _get("metrics", "/metrics", "Metrics for Prometheus", _ok("The metrics.", content_type="text/plain")),
    _get("openapi", "/openapi.json", "This document", _ok("The document.", dict[str, Any])),
    _get("docs", "/docs", "This document to read and to try", _ok("The page.", content_type="text/html")),
    _get(
        "styleguide",
        "/styleguide",
        "What pages are made of; in a sandbox to anybody",
        {**_ok("The page.", content_type="text/html"), 303: Reply(meaning="Where one signs in."), **refusals(403)},
    ),
    _get(
        "static",
        "/static/{path}",
        "Scripts, styles, fonts",
        {**_ok("A file.", content_type="*/*"), 304: Reply(meaning="As it was."), **refusals(404)},
    ),
    _get(
        "worker",
        "/worker.js",
        "The script that keeps pages in browsers",
        {200: Reply(meaning="The script.", content_type="text/javascript")},
    ),
    _get(
        "ownStyle",
        "/own/{account}/{version}.css",
        "The colours and letters of an account, or of a branch",
        {**_ok("The styles.", content_type="text/css"), 304: Reply(meaning="As it was."), **refusals(404)},
    ),
    _get(
        "ownTexts",
        "/own/{account}/{version}.json",
        "An account's own texts in all languages",
        {**_ok("The texts.", dict[str, Any]), 304: Reply(meaning="As it was."), **refusals(404)},
    ),
    _get(
        "ownFile",
        "/own/{account}/{version}/{name}",
        "A logo, or letters, of an account",
        {**_ok("The file.", content_type="*/*"), **refusals(404)},
    ),
    _get("favicon", "/favicon.ico", "To the icon", {302: Reply(meaning="Where the icon is.")}),
)

FACES = (
    Face(
        name="Server",
        about="The installation itself.",
        operations=OPERATIONS,
        parameters=(
            Parameter(name="path", where="path", meaning="The file, after the release's digest."),
            Parameter(name="account", where="path", meaning="The account's slug."),
            Parameter(name="version", where="path", meaning="How the digest of the content begins."),
            Parameter(name="name", where="path", meaning="The file's name."),
        ),
    ),
)

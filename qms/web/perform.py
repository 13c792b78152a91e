"""Performing a service for a request: one transaction, idempotent where the caller asks for it."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from aiohttp import web

from qms.domain.errors import IdempotencyInFlight, Invalid
from qms.services.idempotency import Kept, once
from qms.store.tx import Tx
from qms.web.answers import Answer
from qms.web.bodies import unpacked, whole
from qms.web.keys import STORE

KEY = "Idempotency-Key"
LONGEST_SCOPE = 200

IN_FLIGHT: web.AppKey[set[tuple[str, str]]] = web.AppKey("idempotency_in_flight")


async def perform(
    request: web.Request,
    service: Callable[..., Any],
    *,
    reply: Callable[[Any], Answer],
    principal: str,
    domain: str | Iterable[str] | None = None,
    **arguments: Any,
) -> web.Response:
    """Run a service that is called with keywords, and answer. `principal` says whose idempotency keys these are."""
    key = idempotency_key(request)
    if key is None:
        return reply(await request.app[STORE].write(service, domain=domain, **arguments)).response()
    act = _called(service, arguments)
    return await _once(request, act, reply=reply, principal=principal, domain=domain, key=key)


async def perform_item(
    request: web.Request,
    service: Callable[[Tx, Sequence[Any]], Sequence[Any]],
    item: Any,
    *,
    reply: Callable[[Any], Answer],
    principal: str,
    domain: str,
) -> web.Response:
    """Run one item of a batch service, and answer."""
    key = idempotency_key(request)
    if key is None:
        return reply(await request.app[STORE].take(service, item, domain=domain)).response()
    return await _once(request, _alone(service, item), reply=reply, principal=principal, domain=domain, key=key)


def idempotency_key(request: web.Request) -> str | None:
    """The caller's idempotency key, quoted or bare, or None.

    Raises:
        Invalid: it is empty, longer than 255 characters, or not printable ASCII.
    """
    text = request.headers.get(KEY)
    if text is None:
        return None
    key = text[1:-1] if len(text) >= 2 and text[0] == text[-1] == '"' else text
    if not 1 <= len(key) <= 255 or not (key.isascii() and key.isprintable()):
        raise Invalid(KEY, "1 to 255 printable ASCII characters")
    return key


def scope_of(principal: str, method: str, path: str) -> str:
    """Within what an idempotency key is one and the same: somebody's requests to one address, however it ends."""
    scope = f"{principal} {method} {path.removesuffix('/')}"
    return scope if len(scope) <= LONGEST_SCOPE else f"{scope[:100]} {_digest(scope.encode())}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


async def _once(
    request: web.Request,
    act: Callable[[Tx], Any],
    *,
    reply: Callable[[Any], Answer],
    principal: str,
    domain: str | Iterable[str] | None,
    key: str,
) -> web.Response:
    scope = scope_of(principal, request.method, request.path)
    flying = request.app[IN_FLIGHT]
    if (scope, key) in flying:
        raise IdempotencyInFlight()
    flying.add((scope, key))
    try:
        kept = await request.app[STORE].write(
            once,
            domain=domain,
            scope=scope,
            key=key,
            fingerprint=_digest(request.rel_url.raw_query_string.encode() + b"\0" + await _said(request)),
            act=act,
            answer=lambda value: _kept(reply(value)),
        )
    finally:
        flying.discard((scope, key))
    return web.Response(status=kept.status, body=kept.body.encode(), headers=kept.headers)


async def _said(request: web.Request) -> bytes:
    """The body by what it says: JSON without its blanks and with its keys in order, since clients write it anew."""
    body = await whole(request)
    try:
        return msgspec.json.encode(msgspec.json.decode(unpacked(request, body) or b"{}"), order="deterministic")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return body


def _called(service: Callable[..., Any], arguments: dict[str, Any]) -> Callable[[Tx], Any]:
    return lambda tx: service(tx, **arguments)


def _alone(service: Callable[[Tx, Sequence[Any]], Sequence[Any]], item: Any) -> Callable[[Tx], Any]:
    def act(tx: Tx) -> Any:
        (result,) = service(tx, [item])
        if isinstance(result, Exception):
            raise result
        return result

    return act


def _kept(answer: Answer) -> Kept:
    return Kept(status=answer.status, headers=answer.headers, body=answer.body.decode())

"""Whoever holds the token of an appointment: it is the key to that one appointment, and to nothing else."""

import asyncio
from dataclasses import dataclass

from aiohttp import web

from qms.domain.errors import Forbidden, Gone, NotFound
from qms.domain.options import Options
from qms.services.booking import tokens
from qms.services.booking.tokens import AppointmentToken, Kind
from qms.services.key_tokens import Claims, read_token
from qms.services.signatures import TokenRefused
from qms.web.keys import NOW, SECRET, SITE
from qms.web.networks import current_network
from qms.web.rate_limit import client_address
from qms_gateway.dialects.videsk.caller import CALLER, KEYRING, Caller, has_scheme, token_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A genuine token, and its account as a caller has it. Whether it still opens anything, its appointment decides."""

    token: AppointmentToken
    caller: Caller

    @property
    def principal(self) -> str:
        """Whose idempotency keys these are: a token that is dead has its answers still."""
        return f"appointment {self.token.appointment} {self.token.generation}"


async def admit_holder(request: web.Request, kind: Kind) -> Holder:
    """Whoever is calling, if he has a token of this kind.

    Raises:
        TokenRefused: no token, or not a genuine one. Forbidden: a key, or a token of the other kind.
        Gone: the account is not there any more. TooManyAttempts: asked too often.
    """
    site, window, at = request.app[SITE], request.app[KEYRING].window, asyncio.get_running_loop().time()
    address = client_address(request, site.trusted_proxies)
    try:
        token = _read(request)
    except (TokenRefused, Forbidden):
        window.check((address, ""), at)
        raise
    caller = request[CALLER] = await _caller(request, token)
    window.check((address, token.appointment), at)
    if token.kind != kind:
        raise Forbidden(kind)
    return Holder(token=token, caller=caller)


def _read(request: web.Request) -> AppointmentToken:
    text, secret, now = token_in(request.headers.get("Authorization", "")), request.app[SECRET], request.app[NOW]()
    try:
        return tokens.read(text, secret=secret, now=now)
    except TokenRefused as refused:
        if refused.fault == "signature" and read_token(text, secret=secret, now=now):
            raise Forbidden("appointment") from None  # a key: it lets nobody into an appointment
        raise


async def _caller(request: web.Request, token: AppointmentToken) -> Caller:
    try:
        network = await current_network(request, token.account)
    except NotFound:
        raise Gone("token", "unknown") from None
    options = Options(network.account.options)
    if not options.flag("bare_jwt") and not has_scheme(request.headers.get("Authorization", "")):
        raise TokenRefused("missing")
    claims = Claims(
        key=token.appointment, account=network.account.slug, kind=token.kind, perms=frozenset(), expires=None
    )
    return Caller(claims=claims, network=network, options=options)

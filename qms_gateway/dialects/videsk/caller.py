"""Who is calling: the key in the header, the account it belongs to, and whether it may do what it asks for.

A genuine key is kept with what it said, so that the next request costs neither a signature nor a look into the
database, until the account changes in any way (revoking a key does) or the key's time is over.
"""

import asyncio
from dataclasses import dataclass

from aiohttp import hdrs, web

from qms.domain.errors import Forbidden, NotFound
from qms.domain.network import Network
from qms.domain.options import Options
from qms.services.key_tokens import Claims, read_token
from qms.services.keys import ApiKey, find_key
from qms.services.signatures import TokenRefused
from qms.web.access import asked
from qms.web.key_uses import note_use
from qms.web.keys import NOW, SECRET, SITE, STORE
from qms.web.networks import NETWORKS, network_of
from qms.web.rate_limit import SlidingWindow, client_address

CROWD = 4096
"""So many keys are kept at most; then all are looked at afresh."""


class KeyRemoved(Forbidden):
    """The key is genuine, and was taken back or never existed here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A key that holds, and its account as it was when the key was looked up."""

    claims: Claims
    network: Network
    options: Options
    key: ApiKey | None = None
    """Its row; an appointment's token has none."""

    @property
    def account(self) -> str:
        """The account's id."""
        return self.network.account.id

    @property
    def principal(self) -> str:
        """Whose idempotency keys these are."""
        return f"key {self.claims.key}"

    @property
    def backend(self) -> bool:
        """Whether the key is a server's, whom no captcha need keep out."""
        return self.claims.kind == "backend"


CALLER: web.RequestKey[Caller] = web.RequestKey("caller", Caller)


class Keyring:
    """The keys that callers came with lately, by the header they came in."""

    def __init__(self, window: SlidingWindow) -> None:
        self._callers: dict[str, Caller] = {}
        self.window = window

    def known(self, header: str, network: Network) -> Caller | None:
        """The caller with this header, if the account is as it was."""
        caller = self._callers.get(header)
        return caller if caller is not None and caller.network is network else None

    def account(self, header: str) -> str | None:
        """The account that this header belonged to when it was last seen."""
        caller = self._callers.get(header)
        return None if caller is None else caller.account

    def keep(self, header: str, caller: Caller) -> None:
        """Remember a caller whose key holds."""
        if len(self._callers) >= CROWD:
            self._callers.clear()
        self._callers[header] = caller

    def forget(self, header: str) -> None:
        """The key does not hold any more."""
        self._callers.pop(header, None)


KEYRING: web.AppKey[Keyring] = web.AppKey("keyring", Keyring)


async def admit(request: web.Request, *, header: str = hdrs.AUTHORIZATION) -> Caller:
    """Whoever is calling, if the key is for this route. It is in this header, or else in `Authorization`.

    Raises:
        TokenRefused: no key, or not a genuine one. KeyRemoved: it was taken back. Forbidden: not for this.
        TooManyAttempts: asked too often, from this address with this key (or without a genuine one).
    """
    app, at = request.app, asyncio.get_running_loop().time()
    ring, address = app[KEYRING], client_address(request, app[SITE].trusted_proxies)
    given = request.headers.get(header, "") or request.headers.get(hdrs.AUTHORIZATION, "")
    try:
        caller = _recognised(request, ring, given) or await _identify(request, ring, given)
    except (TokenRefused, KeyRemoved):
        ring.window.check((address, ""), at)
        raise
    request[CALLER] = caller
    ring.window.check((address, caller.claims.key), at)
    if caller.key is not None and not caller.key.admits(address):
        raise Forbidden("ask from this address")
    if not caller.claims.may(permission := asked(request)):
        raise Forbidden(permission)
    note_use(request, caller.claims.key)
    return caller


def _recognised(request: web.Request, ring: Keyring, header: str) -> Caller | None:
    """Whoever came with this header lately, if the account was looked at just now: most did, and need not wait."""
    account = ring.account(header)
    network = None if account is None else request.app[NETWORKS].at_hand(account)
    return None if network is None else _known(request, ring, header, network)


async def _identify(request: web.Request, ring: Keyring, header: str) -> Caller:
    account = ring.account(header)
    if account is not None:
        caller = _known(request, ring, header, await request.app[NETWORKS].current(account))
        if caller is not None:
            return caller
        ring.forget(header)
    caller = await _look_up(request, read_token(token_in(header), secret=request.app[SECRET], now=request.app[NOW]()))
    if not caller.options.flag("bare_jwt") and not has_scheme(header):
        raise TokenRefused("missing")
    ring.keep(header, caller)
    return caller


def _known(request: web.Request, ring: Keyring, header: str, network: Network) -> Caller | None:
    caller = ring.known(header, network)
    if caller is not None and caller.claims.expires is not None:
        _check_expiry(request, caller.claims.expires)
    return caller


def _check_expiry(request: web.Request, expires: float) -> None:
    if expires <= request.app[NOW]().timestamp():
        raise TokenRefused("expired")


def has_scheme(header: str) -> bool:
    """Whether the header says Bearer."""
    return header.partition(" ")[0].lower() == "bearer"


def token_in(header: str) -> str:
    """The token in the header, with the word Bearer or bare (D-3); nothing where another scheme is named."""
    token = header.partition(" ")[2].strip() if has_scheme(header) else header.strip()
    return "" if " " in token else token


async def _look_up(request: web.Request, claims: Claims) -> Caller:
    """The network is read before the key: a key that is revoked meanwhile then comes with an older network."""
    try:
        network = await network_of(request, claims.account)
    except NotFound:
        raise KeyRemoved(claims.key) from None
    key = await request.app[STORE].read(find_key, id=claims.key)
    if key is None or key.account_id != network.account.id or key.kind != claims.kind:
        raise KeyRemoved(claims.key)
    return Caller(claims=claims, network=network, options=Options(network.account.options), key=key)

"""Who is calling: the token in the header, the account it belongs to, and the roles that it gives.

A genuine token is kept with what it said, as long as the account is as it was (revoking a client changes it).
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from qms.domain.access import grants
from qms.domain.errors import Forbidden, NotAuthenticated, NotFound
from qms.domain.network import Agent, Application, Network
from qms.domain.options import Options
from qms.services import client_tokens
from qms.services.booking.reach import Reach, first_application
from qms.services.client_tokens import ClientToken
from qms.services.keys import ApiKey, find_key
from qms.services.signatures import TokenRefused
from qms.web.access import asked
from qms.web.counting import counted
from qms.web.keys import NOW, SECRET, SITE, STORE
from qms.web.networks import current_network
from qms.web.rate_limit import SlidingWindow, client_address
from qms_gateway.dialects.auvious.headers import bearer
from qms_gateway.dialects.auvious.views import View

CROWD = 4096
"""So many tokens are kept at most; then all are looked at afresh."""

CODES_A_MINUTE = 10
"""So many codes are sent for one address, where nobody says who is asking."""

AGENT, SUPERVISOR, CLIENT_SERVICE = "ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_CLIENT_SERVICE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A token that holds; `client` is None for a customer, whose conference is then the appointment's id."""

    token: ClientToken
    network: Network
    client: ApiKey | None

    @property
    def account(self) -> str:
        """The account's id."""
        return self.network.account.id

    @property
    def options(self) -> Options:
        """The account's options."""
        return Options(self.network.account.options)

    @property
    def view(self) -> View:
        """How this account's things are shown."""
        return View(self.network)

    @property
    def principal(self) -> str:
        """Whose idempotency keys these are, and who did something."""
        return f"client {self.client.id}" if self.client is not None else f"customer {self.token.conference}"

    @property
    def agent(self) -> Agent | None:
        """The agent that the client is bound to."""
        return self.network.agents.get((self.client.agent_id if self.client is not None else None) or "")

    @property
    def user(self) -> str:
        """Under which id the caller takes part: the agent's, or the client's own."""
        return self.agent.id if self.agent is not None else self.client.id if self.client is not None else ""

    @property
    def reach(self) -> Reach:
        """The appointments that the caller can reach: those of the account, or of the client's application."""
        application = self.client.application_id if self.client is not None else None
        return Reach(account=self.account, application=application, cancelled=False)

    def has(self, *roles: str) -> bool:
        """Whether the token gives one of these roles."""
        return not self.token.roles.isdisjoint(roles)

    def application(self, wanted: str | None) -> str | None:
        """The application that the caller means: the one named, the client's own, or the account's first.

        Raises:
            NotFound: it is another's, or there is none of this id.
        """
        own = self.client.application_id if self.client is not None else None
        if wanted is None:
            return own or first_application(self.network)
        if wanted not in self.network.applications or own not in (None, wanted):
            raise NotFound("application", wanted)
        return wanted


class Door:
    """Tokens seen lately, by the header they came in; and how often who has asked."""

    def __init__(self, window: SlidingWindow, codes: SlidingWindow) -> None:
        self._callers: dict[str, Caller] = {}
        self.window = window
        self.codes = codes

    @classmethod
    def of(cls, app: web.Application) -> "Door":
        """The door of an application."""
        limit = app[SITE].rate_limit
        codes = SlidingWindow(CODES_A_MINUTE / 60 if limit else 0, most=CODES_A_MINUTE)
        return cls(counted(app, "auvious", SlidingWindow(limit)), counted(app, "auvious codes", codes))

    def known(self, header: str) -> Caller | None:
        """Who came with this header."""
        return self._callers.get(header)

    def keep(self, header: str, caller: Caller) -> None:
        """Remember a caller whose token holds."""
        if len(self._callers) >= CROWD:
            self._callers.clear()
        self._callers[header] = caller

    def forget(self, header: str) -> None:
        """The token does not hold any more."""
        self._callers.pop(header, None)


DOOR: web.AppKey[Door] = web.AppKey("door", Door)
CALLER: web.RequestKey[Caller] = web.RequestKey("caller", Caller)
NETWORK: web.RequestKey[Network] = web.RequestKey("network", Network)
"""The account that a request without a token is about."""


def count_code(request: web.Request) -> None:
    """Count a code that somebody unknown at an address wants to be sent.

    Raises:
        TooManyAttempts: too many within a minute.
    """
    request.app[DOOR].codes.check(address_of(request), asyncio.get_running_loop().time())


async def admit(request: web.Request) -> Caller:
    """Whoever is calling, if a role of the token is for this route.

    Raises:
        TokenRefused, NotAuthenticated: no token, or not a genuine one (any more). Forbidden: not for this.
        TooManyAttempts: asked too often.
    """
    try:
        caller = await _identify(request)
    except NotAuthenticated:
        count(request)
        raise
    request[CALLER] = caller
    count(request, caller.principal)
    if caller.client is not None and not caller.client.admits(address_of(request)):
        raise Forbidden("ask from this address")
    if not any(grants(role, asked(request)) for role in caller.token.roles):
        raise Forbidden(request.path)
    return caller


def count(request: web.Request, who: str = "") -> None:
    """Count a request, of somebody at an address.

    Raises:
        TooManyAttempts: too many within a second.
    """
    request.app[DOOR].window.check((address_of(request), who), asyncio.get_running_loop().time())


def address_of(request: web.Request) -> str:
    """From where somebody asks."""
    return client_address(request, request.app[SITE].trusted_proxies)


async def about(request: web.Request, application: Application) -> Network:
    """The account of an application, for a request without a token."""
    network = request[NETWORK] = await current_network(request, application.account_id)
    return network


async def _identify(request: web.Request) -> Caller:
    header = request.headers.get("Authorization", "")
    door, now = request.app[DOOR], request.app[NOW]
    known = door.known(header)
    if known is not None:
        if known.network is await _network(request, known.token):
            _check_expiry(known.token, now)
            return known
        door.forget(header)
    token = client_tokens.read(bearer(header), secret=request.app[SECRET], now=now())
    network = await _network(request, token)  # before the client: one revoked meanwhile comes with an older network
    client = await request.app[STORE].read(find_key, id=token.client) if token.client is not None else None
    if token.client is not None and (client is None or client.account_id != network.account.id):
        raise NotAuthenticated("revoked")
    if client is None and token.conference is None:
        raise NotAuthenticated("nobody's")
    caller = Caller(token=token, network=network, client=client)
    door.keep(header, caller)
    return caller


def _check_expiry(token: ClientToken, now: Callable[[], datetime]) -> None:
    if token.expires <= now().timestamp():
        raise TokenRefused("expired")


async def _network(request: web.Request, token: ClientToken) -> Network:
    try:
        return await current_network(request, token.account)
    except NotFound:
        raise NotAuthenticated("account") from None

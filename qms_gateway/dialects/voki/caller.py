"""Who is calling: the access token in the header, the tenant beside it, and the role that is needed."""

import asyncio
from dataclasses import dataclass

from aiohttp import web

from qms.domain.access import grants
from qms.domain.errors import Forbidden, NotAuthenticated
from qms.domain.network import Agent, Network
from qms.domain.options import Options
from qms.services import user_tokens
from qms.services.booking.booked import Sight
from qms.services.user_tokens import UserToken
from qms.web.access import asked
from qms.web.counting import counted
from qms.web.keys import NOW, SECRET, SITE, STORE
from qms.web.networks import current_network
from qms.web.rate_limit import SlidingWindow, client_address
from qms_gateway.dialects.voki.views import View

TENANT = "X-Tenant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody of an account's staff, and the account as it is."""

    token: UserToken
    agent: Agent
    network: Network

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
        return f"user {self.agent.id}"

    @property
    def sight(self) -> Sight:
        """The appointments that he sees: all, or for an attendant only his own where the account has it so (K-12)."""
        own = self.options.text("voki_visibility") == "own" and not self.agent.at_least("supervisor")
        return Sight(account=self.account, agent=self.agent.id if own else None)


CALLER: web.RequestKey[Caller] = web.RequestKey("voki_caller", Caller)
GUESSES: web.AppKey[SlidingWindow] = web.AppKey("voki_guesses", SlidingWindow)
"""How often tokens came from an address that are none."""


async def admit(request: web.Request) -> Caller:
    """Whoever is calling, if his role is for this route.

    Raises:
        TokenRefused, NotAuthenticated: no token, not a genuine one (any more), or another tenant's. Forbidden: the role
        is too low. TooManyAttempts: too many such tokens came from this address.
    """
    try:
        caller = request[CALLER] = await _identify(request)
    except NotAuthenticated:
        address = client_address(request, request.app[SITE].trusted_proxies)
        request.app[GUESSES].check(address, asyncio.get_running_loop().time())
        raise
    if not grants(caller.agent.role, permission := asked(request)):
        raise Forbidden(permission)
    return caller


async def _identify(request: web.Request) -> Caller:
    scheme, _, text = request.headers.get("Authorization", "").strip().partition(" ")
    token = user_tokens.read(
        text.strip() if scheme.lower() == "bearer" else "", "access", secret=request.app[SECRET], now=request.app[NOW]()
    )
    if request.headers.get(TENANT, "").strip() != token.account:
        raise NotAuthenticated("tenant")
    agent = await request.app[STORE].read(user_tokens.find, token=token)
    return Caller(token=token, agent=agent, network=await current_network(request, agent.account_id))


async def open_guesses(app: web.Application) -> None:
    """Begin to count; for an application's start."""
    app[GUESSES] = counted(app, "voki guesses", SlidingWindow(app[SITE].rate_limit))

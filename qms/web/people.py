"""People who have signed in: a token in a header, from programs, or in a cookie, from our own pages."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Literal, NamedTuple

from aiohttp import web

from qms.domain import access
from qms.domain.access import PERMISSIONS
from qms.domain.errors import Forbidden, NotAuthenticated
from qms.services import logins, program_keys
from qms.services.keys import ApiKey
from qms.services.logins import Login
from qms.services.program_keys import PREFIX
from qms.store.tx import Tx
from qms.web import cookies
from qms.web.key_uses import note_use
from qms.web.keys import SITE, STORE
from qms.web.origin import require_own_origin
from qms.web.rate_limit import client_address

KIND = "desk"
COOKIE = "turnero_desk"
FROM_PAGES = frozenset({"Origin", "Sec-Fetch-Site"})
"""Browsers say at least one of them with what a page sends, or follows."""

HARMLESS = ("GET", "HEAD", "OPTIONS")
LOGIN: web.RequestKey[Login] = web.RequestKey("login", Login)
"""Whoever is asking, once that is known."""


class Presented(NamedTuple):
    """A token, and how it came."""

    token: str
    by: Literal["header", "cookie"]


def presented(request: web.Request) -> Presented | None:
    """The token that a request carries; a header goes before a cookie."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token.strip():
        return Presented(token.strip(), "header")
    cookie = cookies.kept(request, COOKIE)
    return Presented(cookie, "cookie") if cookie else None


async def who(request: web.Request) -> Login:
    """Whoever is signed in at the desk.

    Raises:
        NotAuthenticated: nobody. Forbidden: another site's page uses the cookie.
    """
    known: Login | None = request.get(LOGIN)
    if known is not None:
        return known
    found = presented(request)
    if found is None:
        raise NotAuthenticated("no token")
    if found.by == "cookie" and request.method not in HARMLESS:
        require_own_origin(request, "act")
    login = await request.app[STORE].ask(_holders, logins.hash_of(found.token))
    if login is None:
        raise NotAuthenticated("login")
    request[LOGIN] = login
    return login


def _holders(tx: Tx, token_hashes: Sequence[str]) -> Mapping[str, Login]:
    return logins.holders(tx, token_hashes, kind=KIND)


async def admit(request: web.Request, permission: str, branch: str | None = None) -> Login:
    """Whoever is signed in, if he may do this, at the branch with this id (or anywhere); or a program, by its key.

    Raises:
        NotAuthenticated: nobody is. Forbidden: he may not, or another site's page uses the cookie.
    """
    found = presented(request)
    if found is not None and found.by == "header" and found.token.startswith(PREFIX):
        return await _admit_program(request, found.token, permission, branch)
    login = await who(request)
    access.require(login.agent, permission, branch)
    return login


async def _admit_program(request: web.Request, text: str, permission: str, branch: str | None) -> Login:
    address = client_address(request, request.app[SITE].trusted_proxies)
    key, login = await request.app[STORE].read(_program, text=text, address=address)
    if permission not in key.roles:
        raise Forbidden(PERMISSIONS[permission].meaning)
    access.require(login.agent, permission, branch)
    request[LOGIN] = login
    note_use(request, key.id)
    return login


def _program(tx: Tx, *, text: str, address: str) -> tuple[ApiKey, Login]:
    key = program_keys.holder(tx, text=text, address=address)
    agent = program_keys.stand_in(tx.network(key.account_id), key)
    ends = key.expires_at or tx.now + timedelta(days=1)
    return key, Login(id=key.id, account_id=key.account_id, agent=agent, expires_at=ends)


def remember(request: web.Request, response: web.Response, token: str, seconds: int) -> None:
    """Let the page keep the token where its scripts cannot read it. `/admin` uses the same one."""
    cookies.keep(request, response, COOKIE, token, seconds=seconds)


def forget(request: web.Request, response: web.Response) -> None:
    """Take the cookie away."""
    cookies.drop(request, response, COOKIE)


async def leave_page(request: web.Request) -> None:
    """End the login that this browser's page had until now; to be called once it has another one.

    Programs, whose libraries may send cookies along, keep what they had: they are not asked from a page.
    """
    token = cookies.kept(request, COOKIE)
    if token is None or not (FROM_PAGES & request.headers.keys()):
        return
    with suppress(NotAuthenticated):
        before = await request.app[STORE].read(logins.holder, kind=KIND, token_hash=logins.hash_of(token))
        await request.app[STORE].write(logins.end, domain=before.domain, id=before.id)

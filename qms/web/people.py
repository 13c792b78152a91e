"""People who have signed in: a token in a header, from programs, or in a cookie, from our own pages."""

from typing import Literal, NamedTuple

from aiohttp import web

from qms.domain import access
from qms.domain.errors import Forbidden, NotAuthenticated
from qms.services import logins
from qms.services.logins import Login
from qms.web.keys import SITE, STORE
from qms.web.origin import is_own

KIND = "desk"
COOKIE = "turnero_desk"
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
    cookie = request.cookies.get(COOKIE)
    return Presented(cookie, "cookie") if cookie else None


async def who(request: web.Request) -> Login:
    """Whoever is signed in at the desk.

    Raises:
        NotAuthenticated: nobody. Forbidden: another site's page uses the cookie.
    """
    if (known := request.get(LOGIN)) is not None:
        return known
    found = presented(request)
    if found is None:
        raise NotAuthenticated("no token")
    if found.by == "cookie" and request.method not in HARMLESS:
        require_own_page(request)
    token_hash = logins.hash_of(found.token)
    login: Login = await request.app[STORE].read(logins.holder, kind=KIND, token_hash=token_hash)
    request[LOGIN] = login
    return login


async def admit(request: web.Request, permission: str, branch: str | None = None) -> Login:
    """Whoever is signed in, if he may do this, at the branch with this id (or anywhere).

    Raises:
        NotAuthenticated: nobody is. Forbidden: he may not, or another site's page uses the cookie.
    """
    login = await who(request)
    access.require(login.agent, permission, branch)
    return login


def require_own_page(request: web.Request) -> None:
    """Browsers send a cookie along whoever asks: only our own pages may act by it.

    Raises:
        Forbidden: another site's page is asking.
    """
    origin = request.headers.get("Origin")
    if origin is not None and not is_own(origin, request.host, request.app[SITE].public_url):
        raise Forbidden("act from another site")


def remember(request: web.Request, response: web.Response, token: str, seconds: int) -> None:
    """Let the page keep the token where its scripts cannot read it. `/admin` uses the same one."""
    secure = request.secure or request.app[SITE].public_url.startswith("https:")
    response.set_cookie(COOKIE, token, max_age=seconds, path="/", httponly=True, samesite="Lax", secure=secure)


def forget(response: web.Response) -> None:
    """Take the cookie away."""
    response.del_cookie(COOKIE, path="/", httponly=True, samesite="Lax")

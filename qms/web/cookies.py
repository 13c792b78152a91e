"""Cookies that no script reads, and that over TLS nobody but this very host can have set.

Where the installation is reached by https, the name tells browsers: `__Host-` for what is good everywhere here, and
`__Secure-` for what is good under one path. On a branch's own network without TLS they would refuse such names.
"""

from aiohttp import web

from qms.web.keys import SITE


def kept(request: web.Request, name: str, path: str = "/") -> str | None:
    """What a browser keeps under a name, for a path."""
    return request.cookies.get(_called(request, name, path))


def keep(request: web.Request, response: web.Response, name: str, value: str, *, seconds: int, path: str = "/") -> None:
    """Let the browser keep something for so long."""
    called, secure = _called(request, name, path), _safely(request)
    response.set_cookie(called, value, max_age=seconds, path=path, httponly=True, samesite="Lax", secure=secure)


def drop(request: web.Request, response: web.Response, name: str, path: str = "/") -> None:
    """Take it away."""
    called, secure = _called(request, name, path), _safely(request)
    response.del_cookie(called, path=path, httponly=True, samesite="Lax", secure=secure)


def _safely(request: web.Request) -> bool:
    return request.secure or request.app[SITE].public_url.startswith("https:")


def _called(request: web.Request, name: str, path: str) -> str:
    if not _safely(request):
        return name
    return f"__Host-{name}" if path == "/" else f"__Secure-{name}"

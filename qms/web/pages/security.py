"""What a browser may do with our pages: run our scripts, use our styles, talk to us, and nothing else.

Set when a response is prepared, not in a middleware, so that error pages and redirects carry the same headers. A page
that needs something else says so itself; a header that is there already is left alone.
"""

from __future__ import annotations

from aiohttp import web

from qms.web.keys import SITE
from qms.web.pages import again

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' {again.SOURCE}",
        "style-src 'self'",
        "connect-src 'self'",  # the same origin's sockets included
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

ALONE = ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
"""On files that people have put up: what somebody opens by itself may do."""

NO_GUESSING = ("X-Content-Type-Options", "nosniff")
"""On every response: a browser takes it for what we say it is."""

ONLY_SAFELY = ("Strict-Transport-Security", "max-age=31536000")
"""On every response of an installation whose public address is a safe one: a browser asks no other way."""

PAGES = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",  # addresses hold tokens; "no-referrer" would make the Origin of our forms "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",  # nearly every page shows somebody's data
}


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on a response that is about to be sent."""
    headers = response.headers
    headers.setdefault(*NO_GUESSING)
    site = request.app.get(SITE)
    if site is not None and site.public_url.startswith("https:"):
        headers.setdefault(*ONLY_SAFELY)
    if headers.get("Content-Type", "").startswith("text/html"):  # `content_type` would parse each of them
        for name, value in PAGES.items():
            headers.setdefault(name, value)

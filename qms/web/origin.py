"""Which pages may open a socket here, or act by a cookie, which browsers send along whoever asks.

Not every socket carries a cookie, but a token in an address may be overheard.
"""

from urllib.parse import urlsplit

from aiohttp import web

from qms.domain.errors import Forbidden
from qms.web.keys import SITE


def require_own_origin(request: web.Request, deed: str) -> None:
    """Let in programs, which send no Origin, and our own pages; `deed` is what others are told that they may not.

    Raises:
        Forbidden: another site's page is asking.
    """
    origin = request.headers.get("Origin")
    if origin is not None and not is_own(origin, request.host, request.app[SITE].public_url):
        raise Forbidden(f"{deed} from another site")


def is_own(origin: str, host: str, public_url: str) -> bool:
    """Whether an Origin is that of this request's host, or of the installation's public address.

    The scheme of the host is not known behind a proxy that ends TLS, and is not compared.
    """
    try:
        asking, public = urlsplit(origin), urlsplit(public_url)
        if asking.scheme not in ("http", "https") or not asking.netloc:
            return False
        return asking.netloc.lower() == host.lower() or _site(origin) == _site(public.geturl())
    except ValueError:
        return False


def _site(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)

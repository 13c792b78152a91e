"""Whoever cannot be served here is to ask again elsewhere."""

from aiohttp import hdrs, web


def send_elsewhere(request: web.Request, response: web.StreamResponse) -> None:
    """Close the connection of a caller who is told that nothing can be answered now.

    A load balancer that passes connections on would bring him back over this one, while another process may have a
    good line to the database.
    """
    if response.status == web.HTTPServiceUnavailable.status_code:
        response.headers[hdrs.CONNECTION] = "close"
        response.force_close()

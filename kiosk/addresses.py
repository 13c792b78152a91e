"""Where a visitor's telephone finds a ticket."""

from aiohttp import web

from qms.web.addresses import reachable


def ticket_url(request: web.Request, link: str) -> str:
    """The address of a ticket's page: where the installation can be reached."""
    return f"{reachable(request)}/t/{link}"

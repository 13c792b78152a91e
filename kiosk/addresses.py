"""Where a visitor's telephone finds a ticket."""

import re
from urllib.parse import urlsplit

from aiohttp import web

from qms.web.keys import SITE

OWN_MACHINE = frozenset({"0.0.0.0", "127.0.0.1", "::", "::1", "localhost"})  # noqa: S104 - compared, nothing is bound

HOST = re.compile(r"([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
"""What may stand in an address as host; whatever else a client calls us goes into none."""


def ticket_url(request: web.Request, link: str) -> str:
    """The address of a ticket's page: at the installation's public address.

    One that only this machine could open is of no use on a telephone; then it is the address by which the kiosk itself
    came to us.
    """
    public = request.app[SITE].public_url
    reachable = urlsplit(public).hostname not in OWN_MACHINE
    if reachable or not HOST.fullmatch(request.host):
        return f"{public}/t/{link}"
    return f"{request.scheme}://{request.host}/t/{link}"

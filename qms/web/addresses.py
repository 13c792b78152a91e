"""Where visitors' telephones find us."""

import re
from urllib.parse import urlsplit

from aiohttp import web

from qms.web.keys import SITE

OWN_MACHINE = frozenset({"0.0.0.0", "127.0.0.1", "::", "::1", "localhost"})  # noqa: S104 - compared, nothing is bound

HOST = re.compile(r"([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
"""What may stand in an address as host; whatever else a client calls us goes into none."""


def reachable(request: web.Request) -> str:
    """The installation's public address, without a last slash.

    One that only this machine could open is of no use on a telephone; then it is the address by which whoever asks came
    to us.
    """
    public = request.app[SITE].public_url
    if urlsplit(public).hostname not in OWN_MACHINE or not HOST.fullmatch(request.host):
        return public
    return f"{request.scheme}://{request.host}"

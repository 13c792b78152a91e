"""The logo in dots, for what shows no drawings: mails, and the printers of kiosks."""

from dataclasses import dataclass

import sqlalchemy as sa

from qms.domain.brand import LOGOS
from qms.domain.complaint import complaint
from qms.domain.errors import Invalid
from qms.domain.network import Branch, Network
from qms.domain.own import brand_of
from qms.store.schema.device import BRAND_SHELF, DOTS_SHELF, medium
from qms.store.tx import Tx

WIDEST, HIGHEST = 1152, 192
"""In dots: twice what a receipt has room for, and four times a line of a mail."""

CONTENT_ID = "logo"
"""How the HTML of a mail names the logo that comes with it: `cid:logo`."""

DRAWING, DOTS = LOGOS[".svg"], LOGOS[".png"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture in dots."""

    content_type: str
    content: bytes


def in_dots(drawing: bytes) -> bytes:
    """A drawing that was made safe, as PNG.

    Raises:
        Invalid: nothing can be drawn of it.
    """
    import resvg_py  # draws once for each logo; nothing else wants it

    try:
        return resvg_py.svg_to_bytes(svg_string=drawing.decode(), width=WIDEST, height=HIGHEST)
    except ValueError as nothing:
        raise Invalid("content", complaint("a drawing that can be drawn")) from nothing


def logo(tx: Tx, *, network: Network, branch: Branch | None = None) -> Logo | None:
    """The logo of an account, or of a branch; None where there is none."""
    name = brand_of(network, branch).logo
    if name is None or name not in network.put_up:
        return None
    if ("logo", name) not in network.memo:
        network.memo["logo", name] = _read(tx, network.account.id, name)
    found: Logo | None = network.memo["logo", name]
    return found


def _read(tx: Tx, account: str, name: str) -> Logo | None:
    c = medium.c
    here = (c.account_id == account) & (c.name == name) & c.shelf.in_((BRAND_SHELF, DOTS_SHELF))
    rows = tx.execute(sa.select(c.content_type, c.content).where(here, c.content_type != DRAWING)).all()
    return next((Logo(content_type=row.content_type, content=bytes(row.content)) for row in rows), None)

"""The logo as PNG, for what shows neither drawings nor WebP: mails, and the printers of kiosks."""

from base64 import b64encode
from dataclasses import dataclass

import sqlalchemy as sa

from qms.domain import webp
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

DRAWING, WEBP, DOTS = LOGOS[".svg"], LOGOS[".webp"], LOGOS[".png"]
DRAWN_ANEW = frozenset({DRAWING, WEBP})
"""Types of logos that are kept as PNG besides."""

MOST_DOTS = 16_000_000
"""Of a WebP picture: a small file may unfold to more than there is room for."""

_FRAME = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
_PICTURE = '<image href="data:image/webp;base64,{}"/>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture in dots."""

    content_type: str
    content: bytes


def in_dots(content: bytes, content_type: str) -> bytes:
    """A drawing that was made safe, or a picture in WebP, as PNG.

    Raises:
        Invalid: nothing can be drawn of it, or too much.
    """
    if content_type == WEBP:
        return _of_webp(content)
    try:
        return _drawn(content.decode())
    except ValueError as nothing:
        raise Invalid("content", complaint("a drawing that can be drawn")) from nothing


def _of_webp(content: bytes) -> bytes:
    """What draws SVG reads WebP too; of a picture that it cannot read it draws nothing."""
    width, height = webp.size(content) or (0, 0)
    if width * height > MOST_DOTS:
        raise Invalid("content", complaint("at most %(millions)s million dots", millions=MOST_DOTS // 1_000_000))
    found = _drawn(_FRAME.format(_PICTURE.format(b64encode(content).decode()))) if width and height else None
    if found is None or found == _drawn(_FRAME.format("")):
        raise Invalid("content", complaint("a picture that can be read"))
    return found


def _drawn(drawing: str) -> bytes:
    import resvg_py  # draws once for each logo; nothing else wants it

    return resvg_py.svg_to_bytes(svg_string=drawing, width=WIDEST, height=HIGHEST)


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
    dots_first = c.content_type.in_(DRAWN_ANEW)
    found = tx.execute(sa.select(c.content_type, c.content).where(here).order_by(dots_first).limit(1)).first()
    return None if found is None else _shown(bytes(found.content), found.content_type)


def _shown(content: bytes, content_type: str) -> Logo | None:
    """As it is; drawn, where it was put up before such logos were kept as PNG besides."""
    if content_type not in DRAWN_ANEW:
        return Logo(content_type=content_type, content=content)
    try:
        return Logo(content_type=DOTS, content=in_dots(content, content_type))
    except Invalid:
        return None

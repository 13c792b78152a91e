"""The files that a brand is made of: a logo, letters. They are looked at before they are kept, and known by digest."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial

import sqlalchemy as sa

from qms.domain import svg
from qms.domain.brand import FONT_ENDING, LOGOS
from qms.domain.complaint import complaint
from qms.domain.errors import Invalid
from qms.domain.own import brands_of
from qms.services import logos, media
from qms.services.accounts import account_id
from qms.services.media import Medium
from qms.store.schema.device import BRAND_SHELF, DOTS_SHELF, medium
from qms.store.tx import Tx

MOST_LOGO_BYTES = 256 * 1024
MOST_FONT_BYTES = 512 * 1024
FONT = "font/woff2"
TYPES: Mapping[str, str] = {**LOGOS, FONT_ENDING: FONT}

_RIFF, _WOFF2_HEADER = 12, 48
_MOST_TABLES, _LARGEST_FONT = 64, 8 * 1024 * 1024


def checked(name: str, content: bytes) -> tuple[str, bytes]:
    """What a file is, by its name, and what is kept of it.

    Raises:
        Invalid: it is not of the kind that its name says, or too large.
    """
    content_type = TYPES.get(_ending(name))
    if content_type is None:
        raise Invalid("name", complaint("a file that ends in %(endings)s", endings=", ".join(TYPES)))
    most = MOST_FONT_BYTES if content_type == FONT else MOST_LOGO_BYTES
    if len(content) > most:
        raise Invalid("content", complaint("at most %(size)s KiB", size=most // 1024))
    if content_type == logos.DRAWING:
        try:
            return content_type, svg.safe(content)
        except svg.UnsafeDrawing as unsafe:
            said = complaint("a drawing that can be made safe; %(complaint)s", complaint=unsafe.complaint)
            raise Invalid("content", said) from unsafe
    if _type_of(content) != content_type:
        raise Invalid("content", complaint("a file of the type %(type)s, as its name says", type=content_type))
    return content_type, content


def put_up(tx: Tx, *, account: str, name: str, content: bytes) -> Medium:
    """Put up a logo or letters, in the place of what has that name. Drawings are made safe.

    Raises:
        Invalid: as `checked` does, or nothing can be drawn of it.
    """
    content_type, kept = checked(name, content)
    put = partial(media.put, tx, account=account, name=name)
    found = put(shelf=BRAND_SHELF, content_type=content_type, content=kept)
    if content_type in logos.DRAWN_ANEW:
        put(shelf=DOTS_SHELF, content_type=logos.DOTS, content=logos.in_dots(kept, content_type))
    tx.network_changed(account)
    return found


def take_down(tx: Tx, *, account: str, name: str) -> None:
    """Take a logo or letters down; a brand that names it goes on without.

    Raises:
        NotFound: it is not there.
    """
    media.remove(tx, account=account, shelf=BRAND_SHELF, name=name)
    if TYPES[_ending(name)] in logos.DRAWN_ANEW:
        media.remove(tx, account=account, shelf=DOTS_SHELF, name=name)
    tx.network_changed(account)


def put_up_beside(tx: Tx, *, slug: str, files: Mapping[str, bytes]) -> list[str]:
    """Put up the files that lie beside a network file, as far as they are not there already; the names of the new.

    Raises:
        Invalid: as `checked` does.
    """
    account = account_id(tx, slug=slug)
    before = {one.name: one.digest for one in listed(tx, account=account)}
    new = [name for name, content in files.items() if before.get(name) != _digest(checked(name, content)[1])]
    for name in new:
        put_up(tx, account=account, name=name, content=files[name])
    return new


def listed(tx: Tx, *, account: str) -> Sequence[Medium]:
    """What an account has put up for its brand."""
    return media.listed(tx, account=account, shelf=BRAND_SHELF)


def missing(tx: Tx, *, slug: str) -> list[str]:
    """The files that the brands of an account name, and that nobody has put up."""
    network = tx.network(account_id(tx, slug=slug))
    named = dict.fromkeys(name for brand in brands_of(network) for name in brand.files)
    return [name for name in named if name not in network.put_up]


def contents(tx: Tx, *, account: str) -> Mapping[str, bytes]:
    """The files themselves, by name."""
    c = medium.c
    mine = (c.account_id == account) & (c.shelf == BRAND_SHELF)
    return {row.name: bytes(row.content) for row in tx.execute(sa.select(c.name, c.content).where(mine))}


def _ending(name: str) -> str:
    return "." + name.rpartition(".")[2].lower()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _type_of(content: bytes) -> str | None:
    """What a file is, by how it begins."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return LOGOS[".png"]
    if content.startswith(b"\xff\xd8\xff"):
        return LOGOS[".jpg"]
    if content[:4] == b"RIFF" and content[8:_RIFF] == b"WEBP":
        return LOGOS[".webp"]
    return FONT if _is_font(content) else None


def _is_font(content: bytes) -> bool:
    """Whether the head of a WOFF2 file fits the rest. Source: W3C, WOFF File Format 2.0, 4.1."""
    if len(content) < _WOFF2_HEADER or content[:4] != b"wOF2":
        return False
    length, tables = int.from_bytes(content[8:12]), int.from_bytes(content[12:14])
    reserved, unpacked = int.from_bytes(content[14:16]), int.from_bytes(content[16:20])
    return length == len(content) and 0 < tables <= _MOST_TABLES and reserved == 0 and unpacked <= _LARGEST_FONT

"""`brand` of an account or a branch: logo, colours, letters."""

from qms.domain.brand import COLOURS, FONT_ENDING, FONTS, LOGOS, NO_BRAND, Brand
from qms.domain.colour import is_colour
from qms.domain.complaint import Complaint, Wrong, complaint, guessed
from qms.domain.network_file.checks import described, text
from qms.domain.network_file.reading import Table

_FILE_NAME = text(100)


def read_brand(parent: Table) -> Brand:
    """Read `brand`, where there is one."""
    table = parent.table("brand")
    if table is None:
        return NO_BRAND
    brand = Brand(
        logo=table.optional("logo", logo),
        **{name: table.optional(name, colour) for name in COLOURS},
        font=table.optional("font", font),
    )
    table.done()
    return brand


def colour(value: object) -> str:
    """A colour such as "#ffb71b"; three digits stand for six."""
    found = value.strip().lower() if isinstance(value, str) else ""
    if len(found) == 4:
        found = "#" + "".join(2 * digit for digit in found[1:])
    if not is_colour(found):
        raise Wrong(complaint('expected a colour such as "#ffb71b", found %(found)s', found=described(value)))
    return found


def logo(value: object) -> str:
    """The name of a picture that was put up."""
    wrong = complaint("expected the name of a picture without a folder, ending in %(endings)s; found %(found)s")
    return _file(value, tuple(LOGOS), wrong)


def font(value: object) -> str:
    """Letters that need no file, by their name, or the name of a file of them that was put up."""
    if isinstance(value, str) and value in FONTS:
        return value
    wrong = complaint("expected one of %(known)s, or a file that ends in %(endings)s, found %(found)s")
    try:
        return _file(value, (FONT_ENDING,), wrong.about(known=", ".join(FONTS)))
    except Wrong as without_hint:
        raise Wrong(guessed(without_hint.complaint, value, FONTS)) from None


def _file(value: object, endings: tuple[str, ...], wrong: Complaint) -> str:
    found = _FILE_NAME(value)
    if "/" in found or "\\" in found or found.startswith(".") or not found.lower().endswith(endings):
        raise Wrong(wrong.about(endings=", ".join(endings), found=described(value)))
    return found

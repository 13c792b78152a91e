"""QR codes as elements of a page."""

import io

import segno
from markupsafe import Markup

QUIET_MODULES = 4
"""The white around a QR code. Source: ISO/IEC 18004, 6.3.8."""


def qr_svg(text: str) -> Markup:
    """A QR code as an element: shapes only, sized by the stylesheet."""
    drawn = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, omitsize=True, border=QUIET_MODULES, svgclass=None, lineclass=None)
    return Markup(drawn.getvalue().decode())  # noqa: S704 - segno's own drawing holds no text of anybody's

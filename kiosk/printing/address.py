"""Where a receipt printer is, as an operator writes it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

RAW_PORT = 9100
"""The port at which printers on a network take what they print."""

PRINTED_DOTS = {80: 576, 58: 384}
"""Dots of a row by the width of the paper in millimetres, at 8 dots each: 72 and 48 mm are printed on."""

EXPECTED = "expected tcp://host, usb://vendor:product or file:///path, with ?paper=58 for narrow paper"

_USB = re.compile(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterAddress:
    """`kind`: tcp, usb or file; `host` and `port`, `vendor` and `product`, or `path`; how many dots a row has."""

    kind: str
    host: str = ""
    port: int = RAW_PORT
    vendor: int = 0
    product: int = 0
    path: str = ""
    dots: int = PRINTED_DOTS[80]

    @classmethod
    def parse(cls, text: str) -> "PrinterAddress":
        """Read an address.

        Raises:
            ValueError: it is none.
        """
        parts = urlsplit(text)
        dots = _dots(parse_qs(parts.query, strict_parsing=True) if parts.query else {})
        if parts.scheme == "tcp" and parts.hostname and not parts.path.strip("/"):
            return cls(kind="tcp", host=parts.hostname, port=parts.port or RAW_PORT, dots=dots)
        if parts.scheme == "usb" and (ids := _USB.fullmatch(parts.netloc)):
            return cls(kind="usb", vendor=int(ids[1], 16), product=int(ids[2], 16), dots=dots)
        if parts.scheme == "file" and not parts.netloc and parts.path.strip("/"):
            return cls(kind="file", path=parts.path, dots=dots)
        raise ValueError(f"{EXPECTED}, not {text!r}")


def read_printers(text: str) -> Mapping[str, str]:
    """The printers of kiosks in a list `account/kiosk=address, …`: each address by its kiosk.

    Raises:
        ValueError: something is not of that form, or named twice.
    """
    found: dict[str, str] = {}
    for part in (part.strip() for part in text.split(",") if part.strip()):
        kiosk, _, address = part.partition("=")
        account, _, key = kiosk.strip().partition("/")
        if not account or not key or kiosk.strip() in found:
            raise ValueError(f"expected account/kiosk=address, each kiosk once, not {part!r}")
        PrinterAddress.parse(address.strip())
        found[kiosk.strip()] = address.strip()
    return found


def _dots(query: Mapping[str, list[str]]) -> int:
    widths = query.get("paper", ["80"])
    if set(query) - {"paper"} or widths[0] not in {str(width) for width in PRINTED_DOTS}:
        raise ValueError(f"{EXPECTED}; paper is 80 or 58")
    return PRINTED_DOTS[int(widths[0])]

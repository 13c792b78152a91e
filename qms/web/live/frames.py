"""Text frames as they go over the wire, made once for many sockets."""

import struct

_TEXT = 0x81
"""A final frame of text."""


def text_frame(payload: bytes) -> bytes:
    """A server's unfragmented, uncompressed text frame. Source: RFC 6455, section 5.2."""
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", _TEXT, size)
    elif size < 1 << 16:
        head = struct.pack("!BBH", _TEXT, 126, size)
    else:
        head = struct.pack("!BBQ", _TEXT, 127, size)
    return head + payload

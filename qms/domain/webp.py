"""How large a picture in WebP is, as its head says. Source: RFC 9649."""

_BITS_14 = 0x3FFF


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height in dots; None where the head is none that we know."""
    kind, head = content[12:16], content[20:30]
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(head) < 10:
        return None
    if kind == b"VP8X":
        return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
    if kind == b"VP8L" and head[0] == 0x2F:
        both = int.from_bytes(head[1:5], "little")
        return (both & _BITS_14) + 1, (both >> 14 & _BITS_14) + 1
    if kind == b"VP8 " and head[3:6] == b"\x9d\x01\x2a":
        return int.from_bytes(head[6:8], "little") & _BITS_14, int.from_bytes(head[8:10], "little") & _BITS_14
    return None

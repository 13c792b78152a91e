"""Docker's name server, for one machine: `python -m tests.composed.names FILE`, whose JSON has addresses by name."""

import json
import socket
import struct
import sys
from pathlib import Path

ADDRESS = ("127.0.0.11", 53)
"""Where Docker's own is; `deploy/nginx.conf` names it."""

SECONDS = 5
ANSWERED, NO_SUCH_NAME = 0x8180, 0x8183


def answer(asked: bytes, known: dict[str, list[str]]) -> bytes:
    """The answer to a question of one name: all of its addresses, or that there is none. Source: RFC 1035, 4.1."""
    name, at = [], 12
    while length := asked[at]:
        name.append(asked[at + 1 : at + 1 + length].decode().lower())
        at += 1 + length
    question = asked[12 : at + 5]
    addresses = known.get(".".join(name), [])
    head = struct.pack("!HHHHH", ANSWERED if addresses else NO_SUCH_NAME, 1, len(addresses), 0, 0)
    record = struct.pack("!HHHIH", 0xC00C, 1, 1, SECONDS, 4)
    return asked[:2] + head + question + b"".join(record + socket.inet_aton(one) for one in addresses)


def serve(file: Path) -> None:
    """Answer until killed; the file is read for each question, since containers come and go."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.bind(ADDRESS)
        while True:
            asked, whoever = line.recvfrom(512)
            line.sendto(answer(asked, json.loads(file.read_text())), whoever)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))

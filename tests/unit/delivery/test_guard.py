"""What a delivery may connect to, asked of the guard and tried with the sender against a listener."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from acd.delivery.guard import Guard
from acd.delivery.sender import Sender

BLOCKED = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "169.254.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001::1",
    "2001:db8::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
    "",
]
URLS = [
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.1:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::]:{port}/",
    "http://user:password@127.0.0.1:{port}/",
    "http://example.com@127.0.0.1:{port}/",
    "http://127.255.255.254:{port}/",
    "http://127.0.0.1:{port}/hook?to=https://example.com/",
    "http://0x7f.0x0.0x0.0x1:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[::ffff:0:127.0.0.1]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[fe80::1]:{port}/",
    "http://[fc00::1]:{port}/",
    "http://10.0.0.1:{port}/",
    "http://100.64.0.1:{port}/",
    "http://198.18.0.1:{port}/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://100.100.100.200/latest/meta-data/",
    "http://169.254.169.254/latest/meta-data/",
]
MALFORMED = [
    "http://localhost.:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://127.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://",
    "http:///hook",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/",
    "127.0.0.1:{port}",
    "http://127.0.0.1:99999/",
    "http://[::1/",
    "",
]
LOOPBACK = Guard([ip_network("127.0.0.0/8")])


@asynccontextmanager
async def listener() -> AsyncIterator[tuple[int, list[str]]]:
    """A port of 127.0.0.1 that counts who connects."""
    guests: list[str] = []

    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        guests.append(str(writer.get_extra_info("peername")))
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], guests


class Names(AbstractResolver):
    """Answers a name with the next of its addresses, as a rebinding name server would."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        addresses = self._answers.pop(0)
        if not addresses:
            raise OSError("no such name")
        return [
            ResolveResult(hostname=host, host=a, port=port, family=socket.AF_INET, proto=0, flags=0) for a in addresses
        ]

    async def close(self) -> None:
        pass


async def outcomes(guard: Guard, *urls: str, resolver: AbstractResolver | None = None) -> list[str | int | None]:
    """What comes of a POST to each address: a status or a class of failure."""
    found: list[str | int | None] = []
    for url in urls:
        sender = Sender(guard, user_agent="test", wall=lambda: datetime.now(UTC), resolver=resolver)
        outcome = await sender.send(url, body=b"{}", headers={}, seconds=5)
        await sender.close()
        found.append(outcome.failure or outcome.status)
    return found


@pytest.mark.parametrize("address", BLOCKED)
def test_no_address_of_a_private_or_special_network_is_reached(address):
    assert not Guard().permits(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700:4700::1111", "::ffff:1.1.1.1", "2002:101:101::"])
def test_public_addresses_are_reached(address):
    assert Guard().permits(address)


def test_the_operator_may_allow_networks():
    guard = Guard([ip_network("10.20.0.0/16"), ip_network("fd00::/8")])

    assert guard.permits("10.20.30.40")
    assert guard.permits("::ffff:10.20.30.40")
    assert guard.permits("fd00::1")
    assert not guard.permits("10.21.0.1")


def test_nobody_may_allow_where_clouds_keep_credentials():
    guard = Guard([ip_network("0.0.0.0/0"), ip_network("::/0")])

    assert not guard.permits("169.254.169.254")
    assert not guard.permits("::ffff:169.254.169.254")
    assert not guard.permits("fd00:ec2::254")
    assert guard.permits("127.0.0.1")


async def test_every_spelling_of_a_blocked_address_is_refused_before_it_connects():
    async with listener() as (port, guests):
        found = await outcomes(Guard(), *(url.format(port=port) for url in URLS))

    assert found == ["blocked_destination"] * len(URLS)
    assert guests == []


async def test_what_is_no_address_of_a_web_server_is_not_connected_to():
    async with listener() as (port, guests):
        found = await outcomes(LOOPBACK, *(url.format(port=port) for url in MALFORMED))

    assert set(found) <= {"invalid_request", "dns"}
    assert guests == []


async def test_an_allowed_loopback_is_reached():
    async with listener() as (port, guests):
        found = await outcomes(LOOPBACK, f"http://127.0.0.1:{port}/", f"http://localhost:{port}/")

    assert found == [204, 204]
    assert len(guests) == 2


async def test_a_name_that_points_elsewhere_the_second_time_is_refused_the_second_time():
    guard = Guard([ip_network("127.0.0.1/32")])
    names = Names(["127.0.0.1"], ["127.0.0.2"], ["169.254.169.254"])

    async with listener() as (port, guests):
        found = await outcomes(guard, *[f"http://rebinding.example:{port}/"] * 3, resolver=names)

    assert found == [204, "blocked_destination", "blocked_destination"]
    assert len(guests) == 1


async def test_a_name_that_fails_to_resolve_at_first_is_no_way_in():
    names = Names([], ["127.0.0.1"])

    async with listener() as (port, guests):
        found = await outcomes(Guard(), *[f"http://flaky.example:{port}/"] * 2, resolver=names)

    assert found == ["dns", "blocked_destination"]
    assert guests == []


async def test_a_name_with_one_good_and_one_bad_address_uses_the_good_one():
    guard = Guard([ip_network("127.0.0.1/32")])

    async with listener() as (port, guests):
        found = await outcomes(guard, f"http://two.example:{port}/", resolver=Names(["10.0.0.1", "127.0.0.1"]))

    assert found == [204]
    assert len(guests) == 1


async def test_a_closed_port_is_a_failed_connection():
    async with listener() as (port, _):
        pass

    assert await outcomes(LOOPBACK, f"http://127.0.0.1:{port}/") == ["connect"]

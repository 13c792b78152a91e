"""Keeping deliveries out of the networks around the server.

The address is checked where the socket is made: after the name has been resolved, for every address of every
connection, so that no name can point elsewhere between the check and the connection.
"""

import ipaddress
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Network = IPv4Network | IPv6Network
AddressInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]

METADATA = frozenset(
    ipaddress.ip_address(address) for address in ("169.254.169.254", "100.100.100.200", "fd00:ec2::254")
)
"""Where clouds hand out a machine's credentials: refused whatever is allowed."""


GLOBAL_UNICAST = IPv6Network("2000::/3")
"""All IPv6 addresses that anybody has been given; the rest has special meanings, present or future."""


class BlockedDestination(OSError):
    """The address is none that a webhook may reach; it says nothing about which one it was."""

    def __init__(self) -> None:
        super().__init__("blocked destination")


class Guard:
    """Lets deliveries reach public addresses, and the networks that the operator allows."""

    def __init__(self, allow: Iterable[Network] = ()) -> None:
        self._allow = tuple(allow)

    def permits(self, address: str) -> bool:
        """Whether a webhook may reach this literal address."""
        try:
            ip = _plain(ipaddress.ip_address(address))
        except ValueError:
            return False
        if ip in METADATA:
            return False
        if any(ip.version == network.version and ip in network for network in self._allow):
            return True
        return _is_public(ip)

    def socket(self, info: AddressInfo) -> socket.socket:
        """A socket for a resolved address, not yet connected.

        Raises:
            BlockedDestination: a webhook may not reach it.
        """
        family, kind, protocol, _, address = info
        if family not in (socket.AF_INET, socket.AF_INET6) or not self.permits(str(address[0])):
            raise BlockedDestination()
        return socket.socket(family, kind, protocol)


def _plain(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for, where it does."""
    if isinstance(ip, IPv6Address) and (ip.ipv4_mapped or ip.sixtofour):
        return ip.ipv4_mapped or ip.sixtofour or ip
    return ip


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address) and ip not in GLOBAL_UNICAST:
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)

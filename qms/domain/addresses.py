"""Network addresses, and lists of those from which something may be used."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from qms.domain.errors import Invalid


def networks(texts: Iterable[str]) -> list[str]:
    """Addresses and networks as they are kept: `192.0.2.7/32`.

    Raises:
        Invalid: one is neither.
    """
    try:
        return [str(ip_network(text.strip(), strict=False)) for text in texts if text.strip()]
    except ValueError:
        raise Invalid("addresses", "addresses or networks such as 192.0.2.0/24") from None


def within(address: str, kept: Iterable[str]) -> bool:
    """Whether an address is in one of some networks. An IPv4 address in IPv6's clothes is an IPv4 address."""
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return any((mapped or parsed) in ip_network(network) for network in kept)

"""So many requests in any second, per caller: a sliding window in the memory of one process.

Thirty lines of our own instead of the `limits` package: its memory storage keeps the wall clock and a timer thread, and
costs more than the rest of a request's bookkeeping; here a caller is one ring of instants.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address

from aiohttp import web

from qms.domain.errors import TooManyAttempts

CROWD = 10_000
"""With more callers than this, those who have been silent are forgotten."""


class SlidingWindow:
    """At most `per_second` requests in any second for each caller; 0 switches it off. Refused ones do not count.

    `most`: so many at once, in the time that they may take at that rate.
    """

    def __init__(self, per_second: float, *, most: int | None = None) -> None:
        self._most = most or max(1, int(per_second))
        self._seconds = self._most / per_second if per_second > 0 else 0.0
        self._rings: dict[Hashable, deque[float]] = {}
        self._crowd = CROWD
        self.on_let_in: Callable[[Hashable], None] | None = None

    def check(self, caller: Hashable, at: float) -> None:
        """Count a request at that instant, in seconds of any steady clock.

        Raises:
            TooManyAttempts: the caller's window is full.
        """
        if not self._seconds:
            return
        ring = self._rings.get(caller)
        if ring is None:
            ring = self._rings[caller] = self._new(at)
        elif len(ring) == self._most and (wait := ring[0] + self._seconds - at) > 0:
            raise TooManyAttempts(wait)
        ring.append(at)
        if self.on_let_in is not None:
            self.on_let_in(caller)

    def count(self, caller: Hashable, times: int, at: float) -> None:
        """Count requests that another process has let in."""
        if self._seconds:
            ring = self._rings.get(caller)
            if ring is None:
                ring = self._rings[caller] = self._new(at)
            ring.extend([at] * min(times, self._most))

    def _new(self, at: float) -> deque[float]:
        if len(self._rings) >= self._crowd:
            recent = {caller: ring for caller, ring in self._rings.items() if ring and ring[-1] > at - self._seconds}
            self._rings = recent
            self._crowd = max(CROWD, 2 * len(recent))
        return deque(maxlen=self._most)


def retry_after(error: TooManyAttempts) -> dict[str, str]:
    """The header that says when it is worth another try, in whole seconds."""
    return {"Retry-After": str(max(1, round(error.retry_after_seconds)))}


def client_address(request: web.Request, trusted: Iterable[IPv4Network | IPv6Network] = ()) -> str:
    """Where a request comes from: the nearest address in front of the proxies that we trust."""
    address = request.remote or ""
    if not trusted:
        return address
    forwarded = ",".join(request.headers.getall("X-Forwarded-For", []))
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    while hops and _within(address, trusted):
        address = hops.pop()
    return address


def _within(address: str, networks: Iterable[IPv4Network | IPv6Network]) -> bool:
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)

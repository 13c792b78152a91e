"""A stretch of time in minutes, and sets of its minutes as bits of an integer: bit 0 is its first minute."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_MINUTE = timedelta(minutes=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Range = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Window:
    """So many whole minutes from an instant on. `start` is in UTC and on a full minute."""

    start: datetime
    minutes: int

    @classmethod
    def covering(cls, start: datetime, end: datetime) -> "Window":
        """The window of all minutes that [start, end) touches; empty where the end is not after the start."""
        first, last = (start - EPOCH) // _MINUTE, -((EPOCH - end) // _MINUTE)
        return cls(EPOCH + first * _MINUTE, max(0, last - first))

    @property
    def end(self) -> datetime:
        """The instant after the last minute."""
        return self.start + self.minutes * _MINUTE

    @property
    def all(self) -> int:
        """Every minute of the window."""
        return (1 << self.minutes) - 1

    def widened(self, before: timedelta, after: timedelta) -> "Window":
        """The window with more time on both sides."""
        return Window.covering(self.start - before, self.end + after)

    def index(self, at: datetime) -> int:
        """The minute in which an instant lies, counted from the start; outside the window it is no bit's."""
        return (at - self.start) // _MINUTE

    def numbered(self, ranges: Iterable[tuple[int, int]]) -> int:
        """The minutes of ranges that are given in minutes since 1970."""
        first = (self.start - EPOCH) // _MINUTE
        return self._bits((start - first, end - first) for start, end in ranges)

    def filled(self, ranges: Iterable[Range]) -> int:
        """The minutes that lie in [start, end) whole: what is open is never open too long."""
        return self._bits((-((self.start - start) // _MINUTE), self.index(end)) for start, end in ranges)

    def between(self, first: datetime, last: datetime) -> int:
        """The minutes that start at `first` at the earliest and at `last` at the latest."""
        return self._bits([(-((self.start - first) // _MINUTE), self.index(last) + 1)])

    def cut(self, bits: int, inner: "Window") -> int:
        """Bits of this window as bits of another; what lies outside this one is not set."""
        shift = self.index(inner.start)
        return (bits >> shift if shift >= 0 else bits << -shift) & inner.all

    def instants(self, bits: int) -> list[datetime]:
        """The starts of the minutes that are set, in order."""
        return [self.start + minute * _MINUTE for minute in _set(bits)]

    def first(self, bits: int) -> datetime | None:
        """The first minute that is set."""
        return self.start + ((bits & -bits).bit_length() - 1) * _MINUTE if bits else None

    def _bits(self, ranges: Iterable[tuple[int, int]]) -> int:
        # Whole bytes at a time: to shift a one for each range would copy all of the bits each time.
        packed = bytearray(self.minutes // 8 + 1)
        for start, end in ranges:
            start, end = max(start, 0), min(end, self.minutes)
            if start < end:
                _fill(packed, start, end)
        return int.from_bytes(packed, "little")


def _fill(packed: bytearray, start: int, end: int) -> None:
    first, last = start >> 3, end >> 3
    if first == last:
        packed[first] |= (1 << (end & 7)) - (1 << (start & 7))
        return
    packed[first] |= 256 - (1 << (start & 7))
    packed[first + 1 : last] = b"\xff" * (last - first - 1)
    packed[last] |= (1 << (end & 7)) - 1


def erode(bits: int, length: int) -> int:
    """Where so many set bits in a row begin, in the logarithm of the length shifts."""
    have = 1
    while have < length:
        step = min(have, length - have)
        bits &= bits >> step
        have += step
    return bits


def _set(bits: int) -> Iterator[int]:
    digits = bin(bits)[:1:-1]
    at = digits.find("1")
    while at >= 0:
        yield at
        at = digits.find("1", at + 1)

"""The one place where time is read: machine time that never goes back, and the business time that follows it."""

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from server.setting_forms import SettingsError

SLEW = 0.1
"""A wall clock that was set is followed by at most a tenth of the time that passes, so that no timer jumps …"""

STEP = timedelta(minutes=10)
"""… unless it was off by more than this forwards: then it is believed at once."""

FASTEST = 10_000
"""A sandbox runs at most so many times as fast: a day in nine seconds."""


def _elapsed() -> float:
    """Seconds of a clock that counts on while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def _wall() -> datetime:
    """What the wall clock says, which may be set."""
    return datetime.now(UTC)


class SystemClock:
    """Machine time and business time are the same."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at = _wall()
        self._read = _elapsed()

    def machine(self) -> datetime:
        """Now, never going back and never jumping when the wall clock is set by a little."""
        with self._lock:
            elapsed, wall = _elapsed(), _wall()
            passed = timedelta(seconds=elapsed - self._read)
            self._read = elapsed
            self._at += passed
            off = wall - self._at
            if off > STEP:
                self._at = wall
            else:
                most = passed * SLEW
                self._at += max(-most, min(most, off))
            return self._at

    def business(self, machine: datetime) -> datetime:
        """The same."""
        return machine

    @property
    def rate(self) -> float:
        """Seconds of business per second."""
        return 1.0

    @property
    def sandbox(self) -> str | None:
        """The sandbox setting, for the pages to show."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """Business time that starts at an instant and runs at a rate."""

    text: str
    start: datetime
    rate: float

    @classmethod
    def parse(cls, text: str) -> "Sandbox":
        """Read `2026-03-01T00:00:00Z` or `2026-03-01T00:00:00Z*60`.

        Raises:
            SettingsError: it is neither.
        """
        start_text, _, rate_text = text.partition("*")
        try:
            start, rate = datetime.fromisoformat(start_text), float(rate_text or 1)
        except ValueError as error:
            raise SettingsError(f"TURNERO_CLOCK: expected 2026-03-01T00:00:00Z*60, not {text!r}") from error
        if start.tzinfo is None or not 1970 <= start.year < 2200 or not 0 < rate <= FASTEST:
            raise SettingsError(f"TURNERO_CLOCK: expected an instant with a zone and a rate above 0, up to {FASTEST}")
        return cls(text=text, start=start, rate=rate)


class SandboxClock(SystemClock):
    """Business time starts at the sandbox's instant when machine time was `anchor`, and runs at its rate."""

    def __init__(self, sandbox: Sandbox, anchor: datetime) -> None:
        super().__init__()
        self._sandbox = sandbox
        self._anchor = anchor

    def business(self, machine: datetime) -> datetime:
        """The sandbox's time at that machine time."""
        return self._sandbox.start + (machine - self._anchor) * self._sandbox.rate

    @property
    def rate(self) -> float:
        """Seconds of business per second."""
        return self._sandbox.rate

    @property
    def sandbox(self) -> str | None:
        """The sandbox setting, for the pages to show."""
        return self._sandbox.text


class StoppedClock:
    """It stands still at a machine time, as another clock would tell it: for a look at what was."""

    def __init__(self, clock: SystemClock, at: datetime) -> None:
        self._clock = clock
        self._at = at

    def machine(self) -> datetime:
        """Always the same."""
        return self._at

    def business(self, machine: datetime) -> datetime:
        """The other clock's time at that machine time."""
        return self._clock.business(machine)

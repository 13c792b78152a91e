"""The bell: of all browsers where an agent's desk is open, the one that makes the noise when an offer rings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a desk's window says of its browser: whether that can be heard, how long ago the agent did something there.

    `rang` is the offer for which it rang last.
    """

    bell: str
    sounds: bool
    idle: timedelta
    rang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """A window of a browser that can ring, as it was noted down; windows of one browser have one `bell`."""

    bell: str
    sounds: bool
    acted_at: datetime
    rang: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing:
    """The bell that rings for an offer; until it has been `heard`, others must be ready to ring in its place."""

    bell: str
    heard: bool


def ringing(bells: Collection[Bell], offer: str) -> Ringing | None:
    """Where an offer rings: where the agent last did something, but never where nobody hears it if there is another.

    None where no bell is known: then whoever can ring does.
    """
    if not bells:
        return None
    chosen = max(bells, key=lambda one: (one.sounds, one.acted_at, one.bell))
    return Ringing(bell=chosen.bell, heard=any(one.rang == offer for one in bells))

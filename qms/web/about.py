"""What a device says of itself, as it comes over the wire from screens and kiosks."""

from datetime import datetime
from typing import Annotated

import msgspec

Pixels = Annotated[int, msgspec.Meta(ge=0, le=100_000)]


class About(msgspec.Struct, frozen=True, kw_only=True):
    """How large its page is, of which release and since when; of a screen also from how far it can be read.

    `reads_metres`: all of it, `number_metres`: the number. `skew_seconds` is how far its own clock is ahead of ours,
    `tested` the last test that it made.
    """

    width: Pixels | None = None
    height: Pixels | None = None
    reads_metres: Annotated[float, msgspec.Meta(ge=0, le=1000)] | None = None
    number_metres: Annotated[float, msgspec.Meta(ge=0, le=1000)] | None = None
    release: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    started_at: datetime | None = None
    skew_seconds: Annotated[float, msgspec.Meta(ge=-1e12, le=1e12)] | None = None
    tested: Annotated[int, msgspec.Meta(ge=0, lt=1 << 53)] | None = None

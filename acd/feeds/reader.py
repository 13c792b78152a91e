"""Having a calendar read by a process that may be ended."""

import asyncio
import json
import os
import sys
from contextlib import suppress
from datetime import datetime

from qms.domain.feed import Busy
from qms.store.columns import instant, micros

SECONDS = 40.0
"""A calendar that is not read within so long, is none that we read. Processor time is bounded closer."""

_SAID = {1: "unreadable", 2: "not_a_calendar", 3: "too_many_times"}
_PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "LANG")
"""What the process needs of the environment: none of our secrets."""


class Unreadable(Exception):
    """A calendar could not be read; the text says why, in a word."""


async def read(calendar: bytes, zone: str, first: datetime, last: datetime) -> list[Busy]:
    """When somebody is busy in [first, last), by a calendar.

    Raises:
        Unreadable: it is no calendar, has too many times, or takes too long or too much memory to read.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "acd.feeds.reading", zone, str(micros(first)), str(micros(last))),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
    )
    try:
        async with asyncio.timeout(SECONDS):
            said, _ = await process.communicate(calendar)
    except TimeoutError:
        raise Unreadable("takes_too_long") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode != 0:
        raise Unreadable(_SAID.get(process.returncode or 0, "takes_too_much"))
    return [(instant(start), instant(end)) for start, end in json.loads(said)]

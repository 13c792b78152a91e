"""The interpreter of a server: whose turn it is, and when it looks for garbage."""

import asyncio
import gc
import sys

GARBAGE_AFTER = (50_000, 20, 500)
"""So many new things before the collector looks at the newest by itself, in the middle of something; so many such looks
before it looks at older ones."""

LOOK_SECONDS = 0.25
WORTH_A_LOOK = 5_000
"""So many new things are looked at between two requests, which takes one or two milliseconds.

Whoever waits for an answer keeps some sixty things: if these alone bring the collector in, it finds none of them to be
garbage, again and again, while two hundred wait. Fifty thousand at once, on the other hand, held up a booking by 15 ms.
"""

TURN_SECONDS = 0.002
"""So long whoever holds the interpreter keeps it from a writer who wants it back after a statement.

Python's own 5 ms are more than a whole transaction of his takes."""


def take_short_turns() -> None:
    """Let nobody keep the others waiting for long."""
    sys.setswitchinterval(TURN_SECONDS)


def spare_what_stays() -> None:
    """Keep the garbage collector from what was loaded to begin with, which stays for good.

    It held up whatever was under way, a pass of the distributor for one, by 60 ms every now and then.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GARBAGE_AFTER)


async def look_for_garbage() -> None:
    """Look for it between requests, for ever."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        look()


def look() -> None:
    """Look at the newest things if they are many, and at older ones every so many looks."""
    newest, newer, older = gc.get_count()
    _, looks_at_newest, looks_at_newer = gc.get_threshold()
    if newest > WORTH_A_LOOK:
        gc.collect(2 if older > looks_at_newer else 1 if newer > looks_at_newest else 0)

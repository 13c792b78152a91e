"""The interpreter of a server: whose turn it is, and when it looks for garbage."""

import gc
import sys

GARBAGE_AFTER = (5_000, 20, 500)
"""So many new things before the collector looks at the newest, which takes one or two milliseconds (fifty thousand held
up a booking by fifteen); so many such looks before it looks at older ones."""

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

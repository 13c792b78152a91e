"""Random bytes of the operating system, drawn many at a time.

Each draw lets go of the interpreter. A transaction of two hundred tickets that drew for each of its ids had to wait
eight hundred times until it was given back, and took five times as long as it works.
"""

import os
import struct

WORD = 8
WORDS_PER_DRAW = 512
_WORDS = struct.Struct(f"{WORDS_PER_DRAW}Q")

_drawn: list[int] = []  # whoever pops one has it alone, whatever the thread
os.register_at_fork(after_in_child=_drawn.clear)


def random_word() -> int:
    """64 random bits, which nobody guesses and nobody is given twice."""
    while True:
        try:
            return _drawn.pop()
        except IndexError:
            _drawn.extend(_WORDS.unpack(os.urandom(_WORDS.size)))


def random_bytes(size: int) -> bytes:
    """So many random bytes."""
    return b"".join([random_word().to_bytes(WORD) for _ in range(-(-size // WORD))])[:size]

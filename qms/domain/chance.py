"""Random bytes of the operating system, drawn many at a time.

Each draw lets go of the interpreter. A transaction of two hundred tickets that drew for each of its ids had to wait
eight hundred times until it was given back, and took five times as long as it works.
"""

import os

WORD = 8
WORDS_PER_DRAW = 512

_drawn: list[bytes] = []  # whoever pops one has it alone, whatever the thread
os.register_at_fork(after_in_child=_drawn.clear)


def random_bytes(size: int) -> bytes:
    """So many random bytes, which nobody guesses and nobody is given twice."""
    if size <= WORD:
        return _word()[:size]
    return b"".join([_word() for _ in range(-(-size // WORD))])[:size]


def _word() -> bytes:
    while True:
        try:
            return _drawn.pop()
        except IndexError:
            drawn = os.urandom(WORD * WORDS_PER_DRAW)
            _drawn.extend(drawn[at : at + WORD] for at in range(0, len(drawn), WORD))

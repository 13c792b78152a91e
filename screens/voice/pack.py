"""A voice that somebody recorded: clips for letters, figures and places, put together to a call.

A clip is named by what it says, in small letters: `a`, `0` … `9`, `47`, `counter 1`; `number` and `please go to` say
the rest, and may be missing. A call is spoken so only where every letter, every figure and the place have their clips.
"""

import io
import wave
from collections.abc import Collection, Sequence

NUMBER, GO_TO = "number", "please go to"
GAP_SECONDS = 0.08

Params = tuple[int, int, int]
"""Channels, bytes per sample, samples per second."""


def names(parts: Sequence[str], where: Sequence[str], there: Collection[str]) -> list[str] | None:
    """The clips of a call in order, of those that are there; None where it cannot be said with them.

    `parts` are those of the number; a figure that has no clip is said digit by digit.
    """
    said = [name for part in parts for name in _said(part.casefold(), there)]
    places = [place.casefold() for place in where]
    if not said or not all(name in there for name in (*said, *places)):
        return None
    return [*_if(NUMBER, there), *said, *(_if(GO_TO, there) if places else []), *places]


def join(clips: Sequence[bytes]) -> bytes:
    """One WAV file of several of the same kind, with a breath between them."""
    out = io.BytesIO()
    with wave.open(out, "wb") as whole:
        for n, clip in enumerate(clips):
            with wave.open(io.BytesIO(clip)) as one:
                if not n:
                    whole.setparams(one.getparams())
                else:
                    whole.writeframes(b"\0" * (int(one.getframerate() * GAP_SECONDS) * _frame(params_of(one))))
                whole.writeframes(one.readframes(one.getnframes()))
    return out.getvalue()


def params_of(one: wave.Wave_read) -> Params:
    """What an open clip is like."""
    return one.getnchannels(), one.getsampwidth(), one.getframerate()


def _frame(params: Params) -> int:
    return params[0] * params[1]


def _said(part: str, there: Collection[str]) -> list[str]:
    return [part] if part in there or not part.isdecimal() else list(part)


def _if(name: str, there: Collection[str]) -> list[str]:
    return [name] if name in there else []

"""Recorded clips for tests: silence of a certain length."""

import io
import wave


def tone(*, seconds: float, rate: int = 8000, channels: int = 1, width: int = 2) -> bytes:
    """A WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as clip:
        clip.setparams((channels, width, rate, 0, "NONE", ""))
        clip.writeframes(b"\0" * (int(seconds * rate) * channels * width))
    return out.getvalue()

"""Clips: their addresses, recorded ones put together, made once and kept."""

import asyncio
import io
import wave
from dataclasses import replace
from pathlib import Path

from screens.voice import address, espeak, pack
from screens.voice.address import Said
from screens.voice.clips import Clips

SECRET = b"a secret"
SAID = Said(account="a1", language="es", number="A047", where=("Caja 3",))


def tone(frames: int) -> bytes:
    """A clip of so many samples."""
    out = io.BytesIO()
    with wave.open(out, "wb") as clip:
        clip.setparams((1, 2, 8000, 0, "NONE", ""))
        clip.writeframes(b"\1\2" * frames)
    return out.getvalue()


def read(path: str, secret: bytes = SECRET, language: str = "es") -> Said | None:
    told, signature, _ = path.rpartition("/")[2].split(".")
    return address.read(secret, language, told, signature)


def test_an_address_tells_what_is_said_and_only_we_write_it():
    path = address.address(SECRET, SAID)

    assert read(path) == SAID
    assert read(path, b"another secret") is None
    assert read(path, language="en") is None
    assert read(path.replace(".", "A.", 1)) is None


def test_the_same_words_have_the_same_address():
    assert address.address(SECRET, SAID) == address.address(SECRET, replace(SAID))


def test_a_call_is_put_together_of_recorded_clips_figure_by_figure_where_need_be():
    there = {"number", "please go to", "a", "4", "7", "caja 3"}

    assert pack.names(["A", "47"], ["Caja 3"], there) == ["number", "a", "4", "7", "please go to", "caja 3"]
    assert "47" in (pack.names(["A", "47"], ["Caja 3"], {*there, "47"}) or [])
    assert pack.names(["B", "47"], ["Caja 3"], there) is None
    assert pack.names(["A", "47"], ["Caja 4"], there) is None


def test_joined_clips_are_one_file_with_a_breath_between_them():
    joined = pack.join([tone(800), tone(1600)])

    with wave.open(io.BytesIO(joined)) as whole:
        assert whole.getframerate() == 8000
        assert whole.getnframes() == 800 + 640 + 1600


def test_a_clip_is_made_once_however_many_screens_ask():
    asked: list[Said] = []

    async def recorded(said: Said) -> dict[str, bytes]:
        asked.append(said)
        await asyncio.sleep(0)
        return {"a": tone(10), "47": tone(10), "caja 3": tone(10)}

    async def many() -> list[bytes | None]:
        clips = Clips(None, recorded)
        said = replace(SAID, recorded="1")
        return [*await asyncio.gather(*(clips.get(said) for _ in range(20))), await clips.get(said)]

    made = asyncio.run(many())

    assert len(asked) == 1
    assert len(set(made)) == 1


def test_where_nobody_speaks_there_is_no_clip():
    async def recorded(said: Said) -> dict[str, bytes]:
        return {}

    assert asyncio.run(Clips(None, recorded).get(SAID)) is None
    assert asyncio.run(Clips(Path("/nowhere/espeak-ng"), recorded).get(SAID)) is None


def test_what_is_kept_has_a_limit():
    async def recorded(said: Said) -> dict[str, bytes]:
        return {"a": tone(10), "47": tone(10), **{f"caja {n}": tone(1000) for n in range(9)}}

    async def many() -> int:
        clips = Clips(None, recorded, kept_bytes=8000)
        for n in range(9):
            await clips.get(replace(SAID, where=(f"Caja {n}",), recorded="1"))
        return sum(map(len, clips._kept.values()))

    assert asyncio.run(many()) <= 8000


def test_a_file_from_a_pipe_is_told_its_length():
    whole = tone(100)
    piped = whole[:4] + b"\xff\xff\xff\x7f" + whole[8:40] + b"\xff\xff\xff\x7f" + whole[44:]

    assert espeak.sized(piped) == whole

"""Calls aloud: clips at the addresses that a screen is told, and at no others."""

import io
import shutil
import wave

import pytest

from qms.services import media
from screens.means import CLIPS
from tests.http.screens.lobby import state
from tests.recording import tone

ESPEAK = shutil.which("espeak-ng")


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is said does not depend on it."""
    return sqlite_url


async def said(branch, screen) -> list[dict]:
    (call,) = (await state(branch, screen))["calls"]
    return call["say"]


async def called(branch, **ticket) -> None:
    await branch.work()
    await branch.arrive(**ticket)
    await branch.call_next()


@pytest.mark.skipif(ESPEAK is None, reason="espeak-ng is not installed")
async def test_a_call_is_spoken_in_the_tickets_language_then_in_the_screens(branch, screen):
    await called(branch, language="en")

    clips = await said(branch, screen)

    assert [clip["language"] for clip in clips] == ["en", "es"]
    for clip in clips:
        response = await branch.client.get(clip["url"])
        assert response.status == 200
        assert response.content_type == "audio/wav"
        assert "immutable" in response.headers["Cache-Control"]
        with wave.open(io.BytesIO(await response.read())) as sound:
            assert sound.getnframes() / sound.getframerate() > 1


@pytest.mark.skipif(ESPEAK is None, reason="espeak-ng is not installed")
async def test_an_address_that_was_changed_is_not_spoken(branch, screen):
    await called(branch)
    (clip, *_) = await said(branch, screen)

    for wrong in (clip["url"].replace("/es/", "/en/"), clip["url"].replace(".wav", "").rsplit(".", 1)[0] + ".wav"):
        assert (await branch.client.get(wrong)).status == 404


async def test_without_a_synthesiser_recorded_clips_speak_and_nothing_else_is_promised(
    branch, screen, seeded, monkeypatch
):
    monkeypatch.setattr(branch.client.app[CLIPS], "program", None)
    await called(branch, language="en")
    assert await said(branch, screen) == []
    for name in ("c", "1", "counter 1"):
        await branch.store.write(
            media.put_clip, account=seeded.account, language="es", name=name, content=tone(seconds=0.1)
        )

    (clip,) = await said(branch, screen)
    response = await branch.client.get(clip["url"])

    assert clip["language"] == "es"
    with wave.open(io.BytesIO(await response.read())) as sound:
        assert 0.3 < sound.getnframes() / sound.getframerate() < 0.6

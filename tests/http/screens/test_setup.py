"""How a screen is set up, what it is told to do, and what is put up for it."""

import pytest

from qms.domain.ids import derived_id
from qms.services import fleet, media
from qms.store.schema.network import screen as screens
from screens.means import files
from screens.showing import _in_folder
from tests.http.screens.lobby import state
from tests.http.visits import change, listening


def device(seeded) -> str:
    return derived_id(seeded.slug, "screen", "lobby")


async def test_a_screen_is_told_its_setup_and_what_is_usual_where_it_has_none(branch, screen):
    settings = {"name": "Hall", "theme": "dark", "ticker": ["Hello"], "diagonal_inches": 43, "farthest_metres": 6}
    settings |= {"show_counts": False, "closed_text": "Door 2"}
    await branch.store.write(change, table=screens, settings=settings)

    told = (await state(branch, screen))["screen"]

    assert {name: told[name] for name in settings} == settings
    assert (told["volume"], told["motion"], told["audio"], told["closed"], told["open"]) == (
        100,
        True,
        True,
        "dark",
        True,
    )
    assert told["orders"] == {"reload": 0, "identify": 0, "test": 0}


async def test_an_order_reaches_the_screen_at_once(branch, screen, seeded):
    order = {"account": seeded.account, "id": device(seeded)}
    async with listening(branch, f"{screen}/socket") as socket:
        await socket.next()

        await branch.store.write(fleet.order, **order, what="identify")
        await branch.store.write(fleet.set_volume, **order, volume=30)

        told = await socket.until(lambda message: message["screen"]["volume"] == 30)

    assert told["screen"]["orders"] == {"reload": 0, "identify": 1, "test": 0}


async def test_what_a_screen_says_of_itself_is_kept(branch, screen, seeded):
    async with listening(branch, f"{screen}/socket") as socket:
        await socket.socket.send('{"painted": 1, "audio": "off", "device": {"width": 1920, "reads_metres": 8.5}}')
        await branch.arrive()
        await socket.until(lambda message: message["waiting"])
        for _ in range(50):
            kept = await branch.store.read(fleet.get, account=seeded.account, id=device(seeded))
            if kept.report:
                break
            await socket.next()

    assert kept.report == {"width": 1920, "reads_metres": 8.5}
    assert kept.seen_at is not None


@pytest.mark.parametrize("wanted", [True, False])
async def test_what_is_put_up_is_shown_where_a_screen_wants_it(branch, screen, seeded, wanted):
    await branch.store.write(change, table=screens, settings={"media": wanted})
    put = {"account": seeded.account, "shelf": media.MEDIA, "content_type": "image/png"}
    await branch.store.write(media.put, **put, name="a photo.png", content=b"\x89PNG")

    shown = (await state(branch, screen))["screen"]["media"]

    assert [one["type"] for one in shown] == (["image/png"] if wanted else [])
    for one in shown:
        response = await branch.client.get(one["url"])
        assert (response.status, await response.read()) == (200, b"\x89PNG")
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert (await branch.client.get(one["url"].replace("photo", "nothing"))).status == 404


def test_of_an_accounts_folder_pictures_and_films_are_shown(tmp_path):
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "film.mp4").write_bytes(b"film")
    (tmp_path / "acme" / "notes.txt").write_text("not for the lobby")
    (tmp_path / "secret.png").write_bytes(b"of nobody")

    found = files(tmp_path / "acme")
    ((name, content_type, version),) = found

    assert (name, content_type) == ("film.mp4", "video/mp4")
    assert _in_folder(tmp_path, "acme", version, "film.mp4") == tmp_path / "acme" / "film.mp4"
    assert _in_folder(tmp_path, "acme", version, "../secret.png") is None
    assert _in_folder(tmp_path, "acme", "0" * 16, "film.mp4") is None

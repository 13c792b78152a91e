"""What the doctor says of address, disk and files."""

import pytest

from server import surroundings
from server.settings import Settings


@pytest.mark.parametrize(
    ("address", "trouble"),
    [
        (None, "TURNERO_PUBLIC_URL is not set"),
        ("http://bank.example", "is not https"),
        ("https://bank.example", None),
        ("http://127.0.0.1:8080", None),
    ],
)
def test_an_address_that_browsers_do_not_trust_is_noted(address, trouble):
    told = surroundings._address(Settings(public_url=address))

    assert told is None if trouble is None else trouble in (told or "")


def test_every_file_that_pages_bring_along_is_as_its_manifest_says():
    assert surroundings._fonts() is None


def test_a_file_that_was_changed_is_named(monkeypatch, tmp_path):
    folder = tmp_path / "static" / "vendor"
    folder.mkdir(parents=True)
    (folder / "MANIFEST.json").write_text('{"ui.js": {"sha384": "sha384-another"}}')
    (folder / "ui.js").write_text("alert(1)")
    monkeypatch.setattr(surroundings, "files", lambda package: tmp_path)

    assert surroundings._fonts() == "ui.js has been changed"


def test_a_folder_of_media_that_is_not_there_is_named(tmp_path):
    there, nowhere = Settings(media_folder=str(tmp_path)), Settings(media_folder=str(tmp_path / "nowhere"))

    assert list(surroundings.media(there)) == [("media", None)]
    assert list(surroundings.media(nowhere)) == [("media", f"there is no folder {tmp_path}/nowhere that can be read")]
    assert list(surroundings.media(Settings())) == []

"""What others made is what its manifest says, to the byte."""

import base64
import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = [ROOT / "qms/web/pages/static/vendor", ROOT / "tests/vendor"]


def manifest(folder: Path) -> dict[str, dict]:
    return json.loads((folder / "MANIFEST.json").read_text())


@pytest.mark.parametrize("folder", FOLDERS, ids=["pages", "tests"])
def test_every_vendored_file_has_the_digest_of_its_manifest(folder):
    digests = {
        path: "sha384-" + base64.b64encode(hashlib.sha384((folder / path).read_bytes()).digest()).decode()
        for path in manifest(folder)
    }

    assert digests == {path: entry["sha384"] for path, entry in manifest(folder).items()}


@pytest.mark.parametrize("folder", FOLDERS, ids=["pages", "tests"])
def test_no_vendored_file_is_missing_from_the_manifest(folder):
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    own = {
        path for path in present if path == "MANIFEST.json" or path.startswith("licences/") or path.endswith(".d.ts")
    }

    assert present - own == set(manifest(folder))


@pytest.mark.parametrize("folder", FOLDERS, ids=["pages", "tests"])
def test_every_package_has_its_licence_beside_it(folder):
    packages = {name for entry in manifest(folder).values() for name in entry["made_from"]}
    texts = {path.stem for path in (folder / "licences").iterdir()}

    assert {name.lstrip("@").replace("/", "-") for name in packages} == texts


def test_the_live_pages_library_is_small():
    assert (FOLDERS[0] / "ui.js").stat().st_size < 30_000

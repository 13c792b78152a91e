"""Lists the licences of everything that comes with Turnero: `python tools/licences.py [FILE]`, by default below build/.

The Python libraries are those of requirements.lock, asked in this environment; the files of pages are those of their
manifest. Exits 1 where a library's licence is not one of those that we know to go with ours.
"""

import json
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
MANIFEST = ROOT / "qms/web/pages/static/vendor/MANIFEST.json"
FILE = ROOT / "build" / "licences.md"
CLASSIFIER = "License :: OSI Approved :: "

FAMILIES = (
    "MIT|MIT-0|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Lesser General Public|0BSD|Zlib|OFL"
)
KNOWN = re.compile(rf"\b({FAMILIES})\b", re.IGNORECASE)
"""Licences under which a library may be used beside an Apache-2.0 program. LGPL: used as they are."""


def libraries() -> Iterator[tuple[str, str, str]]:
    """Name, version and licence of each locked library that is installed here."""
    for name in re.findall(r"^([\w.-]+)==", LOCK.read_text("utf-8"), re.MULTILINE):
        try:
            about = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # locked for another platform
        yield name, about.version, licence_of(about)


def licence_of(about: metadata.Distribution) -> str:
    """What a library says of itself: an expression, a classifier, or a line of text."""
    said = about.metadata.json
    classifiers = [one.removeprefix(CLASSIFIER) for one in said.get("classifier", ()) if one.startswith(CLASSIFIER)]
    text = said.get("license_expression") or ", ".join(classifiers) or said.get("license") or ""
    return str(text).partition("\n")[0]


def vendored() -> Iterator[tuple[str, str, str]]:
    """Name, version and licence of what the files of pages are made of."""
    found: dict[tuple[str, str], str] = {}
    for entry in json.loads(MANIFEST.read_text("utf-8")).values():
        found |= {made: entry["licence"] for made in entry["made_from"].items()}
    for (name, version), licence in sorted(found.items()):
        yield name, version, licence


def main() -> int:
    """Write the list, and say what is unknown."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    rows = [*libraries(), *vendored()]
    lines = ["# Licences", "", "| what | version | licence |", "|---|---|---|"]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)]) + "\n", "utf-8")
    unknown = [
        f"{name} {version}: {licence or 'no licence'}" for name, version, licence in rows if not KNOWN.search(licence)
    ]
    for line in unknown:
        print(f"unknown licence: {line}")
    return 1 if unknown else 0


if __name__ == "__main__":
    raise SystemExit(main())

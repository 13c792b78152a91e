"""The map of the security standard: whole, and every test that it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAP = (ROOT / "docs/security/asvs.md").read_text()
LEVEL_1 = """
1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1 2.1.1 2.2.1 2.2.2 2.3.1 3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.5.3
4.1.1 4.4.1 5.2.1 5.2.2 5.3.1 5.3.2 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2
7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2 8.1.1 8.2.1 8.2.2 8.3.1 9.1.1 9.1.2 9.1.3 9.2.1 10.4.1 10.4.2 10.4.3 10.4.4 10.4.5
11.3.1 11.3.2 11.4.1 12.1.1 12.2.1 12.2.2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1
"""
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| [^|]+ \| (Shown|Partly|Gap|Elsewhere|Not used)\b([^|]*) \| ([^|]+) \|$", re.M)


def written_tests() -> set[str]:
    """The names of all tests."""
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in re.findall(r"def (test_\w+)\(", file.read_text())}


def test_every_test_that_is_named_exists():
    named = set(re.findall(r"`(test_\w+)`", MAP))

    assert named - written_tests() == set()


def test_every_requirement_of_level_1_is_in_the_map_once():
    assert len(LEVEL_1.split()) == 70
    assert [row[1] for row in ROW.finditer(MAP)] == LEVEL_1.split()


def test_what_is_shown_is_shown_by_a_test_and_what_is_not_is_explained():
    rows = list(ROW.finditer(MAP))

    assert [row[1] for row in rows if row[2] == "Shown" and "`test_" not in row[4]] == []
    assert [row[1] for row in rows if row[2] == "Partly" and not row[3].startswith(":")] == []
    assert [row[1] for row in rows if row[2] == "Gap"] == ["14.2.1"]


def test_every_severity_has_its_time_and_every_library_at_risk_is_one_of_ours():
    page = (ROOT / "docs/security/libraries.md").read_text()
    times = dict(re.findall(r"^\| (\w+) \((?!CVSS)[^|]+ \| ([^|]+) \|", page, re.M))
    riskiest = page.rpartition("send: ")[2].partition(" and the SQLite")[0].replace(",", "").lower().split()
    locked = set(re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.M))

    assert times == {
        "critical": "3 days", "high": "7 days", "medium": "30 days", "low": "with the next release"
    }  # fmt: skip
    assert set(riskiest) <= locked

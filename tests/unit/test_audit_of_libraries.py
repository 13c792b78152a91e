"""What is said of known vulnerabilities: never that there are none where nobody could be asked."""

import json

from tools.audit import FINE, KNOWN, UNKNOWN, Audit

GOOD = {"name": "aiohttp", "version": "3.14.5", "vulns": []}
FLAWED = {"name": "jinja2", "version": "2.10", "vulns": [{"id": "PYSEC-2019-217", "fix_versions": ["2.10.1"]}]}
SKIPPED = {"name": "redis", "skip_reason": "Dependency not found on PyPI"}


def audit(*libraries: dict, errors: str = "") -> Audit:
    return Audit.of(json.dumps({"dependencies": libraries}), errors)


def test_what_is_known_is_named_and_fails():
    found = audit(GOOD, FLAWED, SKIPPED)

    assert "jinja2 2.10: PYSEC-2019-217, mended in 2.10.1" in found.told()
    assert found.status(strict=False) == KNOWN


def test_what_could_not_be_asked_about_is_named_and_fails_where_one_is_strict():
    found = audit(GOOD, SKIPPED)

    assert "NOT AUDITED: redis" in found.told()
    assert (found.status(strict=False), found.status(strict=True)) == (FINE, UNKNOWN)


def test_where_nothing_could_be_asked_it_says_why():
    found = Audit.of("", "Downloading\nerror: no route to host\n")

    assert "NOT AUDITED: everything (error: no route to host)" in found.told()
    assert (found.status(strict=False), found.status(strict=True)) == (FINE, UNKNOWN)


def test_where_all_were_asked_about_and_nothing_is_known_all_is_fine():
    assert audit(GOOD).told() == "1 libraries asked about, 0 vulnerabilities known"
    assert audit(GOOD).status(strict=True) == FINE

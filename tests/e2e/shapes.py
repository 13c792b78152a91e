"""The two shapes that the suite is run on: one process on SQLite, and with `TEST_SHAPE=seven` seven on PostgreSQL.

What belongs to one process is left out there, or starts nothing that could be seven; each says why.
"""

from collections.abc import Mapping

ONE_PROCESS: Mapping[str, str] = {
    "test_backup.py": "copies a SQLite file with the secret beside it, and PostgreSQL by the command",
    "test_campaign.py": "fills a SQLite file, and kills the one process that sends from it",
    "test_cli.py": "runs commands on a SQLite file, and on PostgreSQL; serves nobody",
    "test_crash.py": "kills the process and looks into its SQLite file; tests/faults does so with each of seven",
    "test_docs.py": "types what a reader types, who starts one process",
    "test_rehearsing.py": "runs commands; serves nobody",
    "test_sandbox.py": "starts `turnero sandbox`, which is one process by itself",
    "test_sandbox_clock.py": "starts one process anew with other clocks",
    "test_scripts.py": "runs the pages' scripts in node",
    "test_start.py": "looks at how one process starts, or does not",
    "test_wheel.py": "looks at what is in the wheel, and starts it once",
    "scenes/": "draws pages within the test's own process",
}
"""Tests by where they are, and why they are not run on seven processes."""


def why_not_seven(nodeid: str) -> str | None:
    """Why a test is not run on seven processes; None where it is."""
    here = nodeid.removeprefix("tests/e2e/")
    return next((why for place, why in ONE_PROCESS.items() if here.startswith(place)), None)

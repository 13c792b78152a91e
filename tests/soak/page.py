"""The page of a soak's figures: docs/soak.md, written by `python -m tests.soak --write`."""

from datetime import UTC, datetime
from pathlib import Path

from tests.provenance import ROOT, commit, machine
from tests.soak import verdict

PAGE = ROOT / "docs" / "soak.md"
ABOUT = (Path(__file__).parent / "soak.md").read_text("utf-8")


def write(found: verdict.Verdict) -> None:
    """Write the page anew."""
    measured = f"Measured {datetime.now(UTC):%Y-%m-%d} at commit {commit()}, on {machine()}."
    PAGE.write_text("\n".join([ABOUT.rstrip(), "", measured, "", *verdict.table(found)]).rstrip() + "\n", "utf-8")

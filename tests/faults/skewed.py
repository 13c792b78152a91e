"""`turnero` on a machine whose wall clock can be set: the seconds by which it is wrong are read from a file."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from server import clock
from server.main import main

OFF_BY = Path(os.environ["SKEW_FILE"])


def _wall() -> datetime:
    """What the wall clock says."""
    off_by = float(OFF_BY.read_text() or 0) if OFF_BY.exists() else 0.0
    return datetime.now(UTC) + timedelta(seconds=off_by)


clock._wall = _wall

if __name__ == "__main__":
    main()

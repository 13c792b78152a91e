"""`python -m tests.db.earlier.record POSTGRESQL_URL`: a house at noon as this program leaves it, for those that come.

Writes `sqlite.sql` and `postgresql.sql` beside this file; the server's database has to be an empty one.
"""

import sqlite3
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from qms.store.engines import connect
from qms.store.migrate import migrate
from tests.bench.growth import filled
from tests.clock import HandClock

HERE = Path(__file__).parent
DUMP = ("pg_dump", "--inserts", "--no-owner", "--no-privileges", "--no-comments")
NOT_KEPT = ("--", "\\", "SET ", "SELECT pg_catalog.set_config('search_path'")
"""How lines begin that only this server, or psql, understands."""


def main() -> None:
    """Record both."""
    (url,) = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "earlier.db"
        live_through_a_morning(f"sqlite:///{file}")
        with sqlite3.connect(file) as connection:
            _write("sqlite.sql", "\n".join(connection.iterdump()))
    live_through_a_morning(url)
    _write("postgresql.sql", subprocess.run([*DUMP, url], capture_output=True, text=True, check=True).stdout)


def live_through_a_morning(url: str) -> None:
    """Some are served, one is at a counter, one is offered, two wait; one has booked, and one has cancelled."""
    engine = connect(url, pool_size=1)
    migrate(engine)
    engine.dispose()
    with ExitStack() as up:
        house = filled.house(up, url, clock := HandClock())
        house.sign_in("ana", "c1")
        house.sign_in("vic", None)
        for step in (house.serve_one, house.ring, house.book_and_cancel, lambda: house.book("10:00")):
            clock.move(minutes=1)
            step()
        for _ in range(3):
            clock.move(minutes=1)
            house.intake()
        house.next("ana")
        house.take("video", "main")
        house.run_passes()


def _write(name: str, dump: str) -> None:
    lines = [line for line in dump.splitlines() if line and not line.startswith(NOT_KEPT)]
    (HERE / name).write_text("\n".join([*lines, ""]), "utf-8")


if __name__ == "__main__":
    main()

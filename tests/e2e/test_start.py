"""Starting while the database is still starting, or where somebody else listens."""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request

from tests.e2e.turnero import ROOT, Turnero
from tests.servers import Postgres


def test_a_server_waits_for_a_database_that_starts_later(own_postgres, tmp_path):
    with own_postgres.database() as url:
        turnero = Turnero(tmp_path, {"DATABASE_URL": url, "SECRET_KEY": "x" * 40})
        own_postgres.stop()
        later = threading.Thread(target=_start_once_waited_for, args=(own_postgres, turnero))
        later.start()
        turnero.start()
        ready = urllib.request.urlopen(f"{turnero.url}/readyz", timeout=10).status  # noqa: S310 - our own server
        log = turnero.log
        turnero.stop()
        later.join()

    assert ready == 200
    assert "waiting_for_database" in log


def _start_once_waited_for(database: Postgres, turnero: Turnero) -> None:
    for _ in range(600):
        if "waiting_for_database" in turnero.log:
            break
        time.sleep(0.1)
    database.start()


def test_an_address_that_is_taken_is_told_in_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        settings = {"TURNERO_DATABASE_URL": f"sqlite:///{tmp_path}/turnero.db", "TURNERO_PORT": port}
        done = subprocess.run(
            [sys.executable, "-m", "server.main", "serve"],
            cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("turnero: cannot listen on 127.0.0.1:")
    assert "Traceback" not in done.stderr

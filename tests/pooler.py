"""PgBouncer in front of a PostgreSQL server: it lends one of its connections for one transaction at a time."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.servers import HOST, Postgres, free_port


@contextmanager
def pooler(postgres: Postgres, *, servers: int) -> Iterator[int]:
    """Its port, while it runs with so many connections to each database; whoever comes says any password."""
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        pytest.skip("pgbouncer is not installed")
    port = free_port()
    file = postgres.home.parent / f"pgbouncer-{port}.ini"  # where whoever runs it may read
    file.write_text(
        f"[databases]\n* = host={HOST} port={postgres.port} user=turnero\n"
        f"[pgbouncer]\nlisten_addr = {HOST}\nlisten_port = {port}\nauth_type = any\nunix_socket_dir =\n"
        f"pool_mode = transaction\ndefault_pool_size = {servers}\nmax_client_conn = 200\n"
    )
    user = "postgres" if os.geteuid() == 0 else None
    with subprocess.Popen([program, "--quiet", str(file)], cwd="/", user=user) as running:
        try:
            _wait_for(port)
            yield port
        finally:
            running.kill()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection((HOST, port)).close()
            return
        except OSError:
            assert time.monotonic() < until, "it did not start"
            time.sleep(0.02)

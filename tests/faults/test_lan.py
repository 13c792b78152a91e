"""The network of machines: what it does to packets is what it says."""

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.faults.apart import apart
from tests.faults.lan import Impossible, Lan, Machine, Way

ASKER = """
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2])), timeout=30) as line:
    for word in sys.stdin:
        line.sendall(word.encode())
        sys.stdout.write(line.recv(100).decode())
        sys.stdout.flush()
"""
"""Sends each line of its input to a server, and says what that answers."""


@pytest.fixture
def lan() -> Iterator[Lan]:
    try:
        with apart(), Lan() as made:
            yield made
    except Impossible as reason:
        pytest.skip(str(reason))


@pytest.fixture
def machine(lan: Lan) -> Machine:
    return lan.machine("one")


@pytest.mark.parametrize("way", ["both", "out", "in"])
def test_what_is_lost_on_the_way_is_told_nobody_and_arrives_when_the_cable_is_whole_again(
    lan: Lan, machine: Machine, way: Way
) -> None:
    with socket.create_server((lan.address, 0)) as server:
        there = [lan.address, str(server.getsockname()[1])]
        command = [*machine.inside, sys.executable, "-c", ASKER, *there]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as asker:
            assert asker.stdin is not None
            assert asker.stdout is not None
            line, _ = server.accept()
            with line:
                line.settimeout(0.3)
                with machine.losing(way):
                    asker.stdin.write(b"word\n")
                    heard_meanwhile = _heard(line)
                line.settimeout(20)
                heard = heard_meanwhile or line.recv(100)
                line.sendall(b"answer\n")
                answer = asker.stdout.readline()
            asker.stdin.close()

    assert heard_meanwhile == (b"word\n" if way == "in" else b"")
    assert heard == b"word\n"
    assert answer == b"answer\n"


def _heard(line: socket.socket) -> bytes:
    try:
        return line.recv(100)
    except TimeoutError:
        return b""


@pytest.mark.campaign
def test_a_machine_may_have_two_faults_at_once_that_end_in_any_order(machine: Machine) -> None:
    first, second = machine.losing("both"), machine.losing("both", "numgen random mod 5 < 1")

    for begin in (first, second):
        begin.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)

    assert (
        b"table"
        not in subprocess.run([*machine.inside, "nft", "list", "tables"], capture_output=True, check=True).stdout
    )

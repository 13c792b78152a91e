"""A network of our own: machines, each a network namespace of its own, at one switch with whoever runs this.

What a machine sends or is sent can be lost on the way. Nobody is told, as on a cable that has been pulled.
"""

import itertools
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Literal, Self

Way = Literal["out", "in", "both"]

ALL = ""
"""Every packet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """A machine at `address`; `plug` is the switch's end of its cable, `eth0` its own."""

    name: str
    address: str
    plug: str

    @property
    def inside(self) -> Sequence[str]:
        """What a command starts with that is to run there."""
        return ("ip", "netns", "exec", self.name)

    @contextmanager
    def losing(self, way: Way, which: str = ALL) -> Iterator[None]:
        """Of what it sends (`out`), or is sent (`in`), that is lost which nft's words describe."""
        with ExitStack() as stack:
            if way in ("out", "both"):
                stack.enter_context(_dropping((), self.plug, which))
            if way in ("in", "both"):
                stack.enter_context(_dropping(self.inside, "eth0", which))
            yield


class Lan:
    """The switch with its machines; enter with `with`. Whoever runs this has `address` in it, and may need to be root.

    Raises:
        Impossible: on entering, where it cannot be made.
    """

    def __init__(self) -> None:
        self._subnet = f"10.213.{os.getpid() % 250}"
        self._name = f"tn{os.getpid()}"
        self._made = ExitStack()
        self._count = 1
        self.address = f"{self._subnet}.1"

    def __enter__(self) -> Self:
        with self._made as made:
            _run("nft", "--version")
            _run("ip", "link", "add", self._name, "type", "bridge")
            made.callback(_run, "ip", "link", "delete", self._name)
            _run("ip", "address", "add", f"{self.address}/24", "dev", self._name)
            _run("ip", "link", "set", self._name, "up")
            with self.machine("probe").losing("both"):
                self._made = made.pop_all()
        return self

    @staticmethod
    @contextmanager
    def if_possible() -> Iterator["Lan | None"]:
        """One, or none and a line that says why."""
        with ExitStack() as stack:
            try:
                made: Lan | None = stack.enter_context(Lan())
            except Impossible as reason:
                print(f"no machines of their own, and no faults of their network: {reason}")
                made = None
            yield made

    def __exit__(self, *_: object) -> None:
        self._made.close()

    def machine(self, name: str) -> Machine:
        """One more machine."""
        self._count += 1
        made = Machine(
            name=f"{self._name}-{name}",
            address=f"{self._subnet}.{self._count}",
            plug=f"{self._name}p{self._count}",
        )
        _run("ip", "netns", "add", made.name)
        self._made.callback(_run, "ip", "netns", "delete", made.name)
        _run("ip", "link", "add", made.plug, "type", "veth", "peer", "name", "eth0", "netns", made.name)
        self._made.callback(_run, "ip", "link", "delete", made.plug)  # a namespace takes its own time to go
        _run("ip", "link", "set", made.plug, "master", self._name, "up")
        _run(*made.inside, "ip", "address", "add", f"{made.address}/24", "dev", "eth0")
        for device in ("lo", "eth0"):
            _run(*made.inside, "ip", "link", "set", device, "up")
        return made


class Impossible(Exception):
    """This cannot be done here."""


_TABLES = itertools.count()


@contextmanager
def _dropping(inside: Sequence[str], device: str, which: str) -> Iterator[None]:
    table = f"table netdev {device}_{next(_TABLES)}"  # a machine may have two faults at once
    chain = f'chain arriving {{ type filter hook ingress device "{device}" priority 0; {which} drop; }};'
    _run(*inside, "nft", f"{table} {{ {chain} }}")
    try:
        yield
    finally:
        _run(*inside, "nft", f"delete {table}")


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except FileNotFoundError as missing:
        raise Impossible(f"{command[0]} is not installed") from missing
    except subprocess.CalledProcessError as failed:
        raise Impossible(f"{' '.join(command)}: {failed.stderr.strip()}") from failed

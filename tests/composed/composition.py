"""`docker-compose.yml` without Docker: its containers on machines that find one another by the services' names."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

from tests.composed.container import Container
from tests.composed.file import ROOT, Service, services
from tests.faults.lan import Lan, Machine

HOSTS = Path("/etc/netns")
"""What a network namespace finds in its /etc, below its name."""

PORT = 8080


class Composition:
    """All containers, `scale` of a service; enter with `with`, and each of them is healthy, or has done its work.

    Raises:
        Impossible: on entering, where there can be no machines.
    """

    def __init__(self, folder: Path, variables: Mapping[str, str], *, scale: Mapping[str, int]) -> None:
        self._folder = folder
        self._names = folder / "names.json"
        self._variables = variables
        self._scale = scale
        self._held = ExitStack()
        self.url = ""
        self.containers: dict[str, list[Container]] = {}

    def __enter__(self) -> Self:
        self._folder.chmod(0o755)  # the user who runs PostgreSQL must get to its own below
        with self._held as held:
            lan = held.enter_context(Lan())
            proxy = lan.machine("proxy")
            self.url = f"http://{proxy.address}:{PORT}"
            composed = services({"TURNERO_PUBLIC_URL": self.url, **self._variables})
            for service in composed:
                self.containers[service.name] = self._made(service, lan, proxy)
            held.enter_context(self._known_to_each_other())
            held.enter_context(self._asked_in(proxy))
            for service in composed:
                self._begin(service, held)
            for service in composed:
                if service.healthy:
                    self._wait_for(service.name, "service_healthy")
            self._held = held.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def stop(self, one: Container) -> int | None:
        """Stop one: its service's name leads there no more; its exit code."""
        code = one.stop()
        self._tell_names()
        return code

    def start(self, one: Container) -> None:
        """Start it again, and wait until it is healthy."""
        one.start()
        one.wait("service_healthy")
        self._tell_names()

    def _made(self, service: Service, lan: Lan, proxy: Machine) -> list[Container]:
        return [
            Container(
                service=service,
                machine=proxy if service.name == "proxy" else lan.machine(f"{service.name}{number}"),
                folder=self._folder / f"{service.name}{number}",
            )
            for number in range(self._scale.get(service.name, 1))
        ]

    def _begin(self, service: Service, held: ExitStack) -> None:
        for name, condition in service.after.items():
            self._wait_for(name, condition)
        for one in self.containers[service.name]:
            held.callback(one.stop)
            one.start()
        self._tell_names()

    def _wait_for(self, name: str, condition: str) -> None:
        for one in self.containers[name]:
            one.wait(condition)

    @contextmanager
    def _known_to_each_other(self) -> Iterator[None]:
        hosts = [f"{ones[0].machine.address} {name}" for name, ones in self.containers.items()]
        folders = [HOSTS / one.machine.name for ones in self.containers.values() for one in ones]
        try:
            for folder in folders:
                folder.mkdir(parents=True)
                (folder / "hosts").write_text("\n".join(["127.0.0.1 localhost", *hosts, ""]))
            yield
        finally:
            for folder in folders:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _asked_in(self, machine: Machine) -> Iterator[None]:
        """Docker's name server, which tells all addresses of a service there."""
        self._tell_names()
        command = [*machine.inside, sys.executable, "-m", "tests.composed.names", str(self._names)]
        with subprocess.Popen(command, cwd=ROOT) as server:
            try:
                yield
            finally:
                server.kill()

    def _tell_names(self) -> None:
        running = {name: [one.machine.address for one in ones if one.process] for name, ones in self.containers.items()}
        written = self._names.with_suffix(".new")
        written.write_text(json.dumps(running))
        written.rename(self._names)

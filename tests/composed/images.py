"""What the images bring that `docker-compose.yml` names: how each begins, done here as its own entry point does it."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.composed.file import ROOT, Service
from tests.servers import installed

POSTGRES = ("setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups")
"""PostgreSQL's programs refuse to work for root."""

Begin = Callable[[Service, Path], Sequence[str]]
"""Makes what is needed in a container's own folder; the command that it runs."""


def command_of(service: Service, folder: Path) -> Sequence[str]:
    """What a container of this service runs, once its folder is ready."""
    return BEGINNINGS[service.image](service, folder)


def environment_of(service: Service) -> dict[str, str]:
    """What its processes find in their environment: nothing of ours but where programs are."""
    image = {"TURNERO_HOST": "0.0.0.0", "PYTHONUNBUFFERED": "1"} if service.image == "turnero" else {}
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **image, **service.environment}


def found(command: Sequence[str]) -> Sequence[str]:
    """A command with its program as it is found here."""
    here = {"python": sys.executable, "turnero": str(Path(sys.executable).with_name("turnero"))}
    first, *rest = command
    return (here.get(first) or installed(first), *rest)


def _turnero(service: Service, folder: Path) -> Sequence[str]:
    return found(("turnero", *(service.command or ("serve",))))


def _postgres(service: Service, folder: Path) -> Sequence[str]:
    said, data = service.environment, folder / "data"
    if not data.exists():
        _cluster(said, folder, data)
    reached = ["-D", str(data), "-c", "listen_addresses=*", "-c", f"unix_socket_directories={folder}"]
    first, *rest = service.command
    return [*POSTGRES, installed(first), *reached, *rest]


def _cluster(said: Mapping[str, str], folder: Path, data: Path) -> None:
    password = folder / "password"
    password.write_text(said["POSTGRES_PASSWORD"])
    for path in (folder, password):
        shutil.chown(path, "postgres", "postgres")
    who = ["--username", said["POSTGRES_USER"], "--pwfile", str(password), "--auth-host", "scram-sha-256"]
    made = [installed("initdb"), "--pgdata", str(data), *who, *shlex.split(said["POSTGRES_INITDB_ARGS"])]
    _quietly([*POSTGRES, *made], folder)
    with (data / "pg_hba.conf").open("a") as trusted:
        trusted.write("host all all all scram-sha-256\n")
    alone = [installed("postgres"), "--single", "-D", str(data), "postgres"]
    _quietly([*POSTGRES, *alone], folder, f"CREATE DATABASE {said['POSTGRES_DB']}\n")


def _redis(service: Service, folder: Path) -> Sequence[str]:
    return [*found(service.command), "--dir", str(folder), "--protected-mode", "no"]


def _nginx(service: Service, folder: Path) -> Sequence[str]:
    (configuration,) = service.mounts
    return [installed("nginx"), "-c", str(ROOT / configuration), "-g", f"daemon off; pid {folder}/nginx.pid;"]


BEGINNINGS: Mapping[str, Begin] = {"turnero": _turnero, "postgres": _postgres, "redis": _redis, "nginx": _nginx}
"""By the image's name."""


def _quietly(command: Sequence[str], folder: Path, given: str = "") -> None:
    subprocess.run(command, check=True, cwd=folder, input=given, text=True, capture_output=True)

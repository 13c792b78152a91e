"""`docker-compose.yml` as Docker reads it: variables put in, and those services first that others wait for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What is said of one."""

    name: str
    image: str
    command: Sequence[str]
    environment: Mapping[str, str]
    mounts: Sequence[str]
    """The project's files, by their names here."""

    after: Mapping[str, str]
    """The services that it waits for, and for what of each: `service_healthy` or `service_completed_successfully`."""

    healthy: Sequence[str]
    """The command that says whether it is; none for what is over when it has done its work."""


def services(variables: Mapping[str, str]) -> list[Service]:
    """All of them, those that others wait for first.

    Raises:
        ValueError: a variable has to be chosen.
    """
    read = {name: _service(name, said, variables) for name, said in _read()["services"].items()}
    return list({one.name: one for name in read for one in _from(read, name)}.values())


def _read() -> Any:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def _from(read: Mapping[str, Service], name: str) -> Iterator[Service]:
    for other in read[name].after:
        yield from _from(read, other)
    yield read[name]


def _service(name: str, said: Any, variables: Mapping[str, str]) -> Service:
    check = said.get("healthcheck", {}).get("test", [])
    return Service(
        name=name,
        image=said["image"].partition(":")[0],
        command=tuple(said.get("command", ())),
        environment={key: _chosen(str(value), variables) for key, value in said.get("environment", {}).items()},
        mounts=tuple(one.partition(":")[0] for one in said.get("volumes", ()) if one.startswith("./")),
        after={other: how["condition"] for other, how in said.get("depends_on", {}).items()},
        healthy=tuple(check[1:]),
    )


def _chosen(text: str, variables: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        name, how, otherwise = found.groups()
        if variables.get(name):
            return variables[name]
        if how == "-":
            return str(otherwise)
        raise ValueError(f"{name}: {otherwise}")

    return _VARIABLE.sub(value, text)

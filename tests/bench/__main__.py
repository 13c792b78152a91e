"""`python -m tests.bench [--write]`: what matters for speed, each beside its limit or a peer, in one run of minutes."""

import contextlib
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

from tests.bench import decisions, intake, stage, starting, ways, webhooks
from tests.provenance import origin
from tests.servers import Postgres

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def main() -> None:
    """Measure, print, and write `docs/benchmarks.md` if asked to."""
    with tempfile.TemporaryDirectory() as name, _postgres() as postgres:
        folder = Path(name)
        parts: list[Callable[[], list[str]]] = [
            about,
            lambda: taking(folder, postgres),
            lambda: ways.to_screens(folder),
            ways.to_many,
            lambda: webhooks.section(folder),
            lambda: decisions.section(_databases(folder, postgres)),
            lambda: starting.section(folder),
        ]
        text = "\n".join(line for part in parts for line in _tried(part))
    sys.stdout.write(text + "\n")
    if "--write" in sys.argv:
        PAGE.write_text("# Benchmarks\n\n" + text + "\n", "utf-8")


def _tried(part: Callable[[], list[str]]) -> list[str]:
    """The lines of a part; one that fails costs no other."""
    try:
        return part()
    except Exception as error:
        sys.stderr.write(traceback.format_exc())
        return ["", f"Something could not be measured: {type(error).__name__}."]


def taking(folder: Path, postgres: Postgres | None) -> list[str]:
    """Durable intake."""
    with contextlib.ExitStack() as up:
        nothing = stage.turnero("the same route, storing nothing", folder / "n", module="tests.bench.storing_nothing")
        servers = [up.enter_context(stage.bare("bare handler, constant 201")), up.enter_context(nothing)]
        servers.append(up.enter_context(stage.turnero("SQLite, durable", folder / "s")))
        if postgres is not None:
            database = up.enter_context(postgres.database())
            servers.append(up.enter_context(stage.turnero("PostgreSQL, durable", folder / "p", database=database)))
        return intake.section(servers)


def about() -> list[str]:
    """Machine and date."""
    return [
        f"{origin()}; the load is pinned to one of the cores.",
        "`make bench` repeats it.",
        "",
    ]


@contextlib.contextmanager
def _postgres() -> Iterator[Postgres | None]:
    """A PostgreSQL of our own that keeps what it has acknowledged; None where there is none."""
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)  # the user who runs PostgreSQL must get to its folder below this one
        try:
            cluster = Postgres.create(Path(home) / "postgres", durable=True)
        except FileNotFoundError as missing:
            sys.stderr.write(f"without PostgreSQL: {missing}\n")
            yield None
            return
        try:
            yield cluster
        finally:
            cluster.stop()


Empty = Callable[[], contextlib.AbstractContextManager[str]]
"""Lends the URL of an empty database."""


def _databases(folder: Path, postgres: Postgres | None) -> Mapping[str, Empty]:
    """What lends empty databases, by name."""
    numbers = count()
    found: dict[str, Empty] = {
        "SQLite": lambda: contextlib.nullcontext(f"sqlite:///{folder}/empty{next(numbers)}.db"),
    }
    return found if postgres is None else {**found, "PostgreSQL": postgres.database}


if __name__ == "__main__":
    main()

"""Where a plan comes from: files, or a day that this installation has recorded."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeVar, cast

from acd.simulation.day import Agent
from acd.simulation.dayfile import chosen_day, read_day
from acd.simulation.gaps import habits
from acd.simulation.plan import Plan
from acd.simulation.traffic import Recorded, read_roster, read_visits

T = TypeVar("T")


def opened(path: Path) -> IO[str]:
    """A text file, also one that is packed with gzip."""
    if path.suffix == ".gz":
        return cast(IO[str], gzip.open(path, "rt", encoding="utf-8", newline=""))
    return path.open(encoding="utf-8", newline="")


def reading(path: Path, read: Callable[[IO[str]], T]) -> T:
    """What a file says.

    Raises:
        ValueError: it cannot be read, or is not as documented; the text begins with its name.
    """
    try:
        with opened(path) as file:
            return read(file)
    except UnicodeDecodeError:
        raise ValueError(f"{path}: the text is not UTF-8") from None
    except (OSError, EOFError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ValueError(f"{path}: {reason}") from None


def plan_of(file: Path, roster: Path | None, day: str | None) -> Plan:
    """The plan of a day file, or of a file of visits with its roster.

    Raises:
        ValueError: a file cannot be read, or is not as documented.
    """
    if file.suffix == ".toml":
        return reading(file, lambda text: read_day(text.read(), lambda name: opened(file.parent / name)))
    visits, rosters = read_files(file, roster)
    chosen = chosen_day(visits, day)
    return Plan(
        name=chosen,
        agents=rosters.get(chosen, ()),
        policies={},
        habits=habits(one for some in visits.values() for one in some),
        recorded=tuple(visits[chosen]),
    )


def read_files(visits: Path, roster: Path | None) -> tuple[dict[str, list[Recorded]], dict[str, tuple[Agent, ...]]]:
    """The visitors and the agents of each day."""
    return reading(visits, read_visits), reading(roster, read_roster) if roster is not None else {}

"""Secrets of a network are never written out: where a file says `(kept)`, what the installation has stays."""

from collections.abc import Mapping
from typing import Any

from qms.domain.complaint import complaint
from qms.domain.errors import Conflict

KEPT = "(kept)"
"""What a written network file has in the place of a secret."""

_KNOWN_BY = ("channel", "key")
"""What tells the tables of a list apart."""


def restored(wanted: Any, before: Any, place: str) -> Any:
    """What is wanted, with what is kept taken from how it was before.

    Raises:
        Conflict: nothing is kept there.
    """
    match wanted:
        case str() if wanted == KEPT:
            if before is None:
                said = complaint(
                    'nothing is kept here that "%(kept)s" could stand for; give the value itself', kept=KEPT
                )
                raise Conflict(place, said)
            return before
        case Mapping():
            had = before if isinstance(before, Mapping) else {}
            return {name: restored(value, had.get(name), f"{place} {name}") for name, value in wanted.items()}
        case list():
            return [restored(value, _counterpart(value, n, before), place) for n, value in enumerate(wanted)]
        case _:
            return wanted


def _counterpart(value: Any, n: int, before: Any) -> Any:
    had = before if isinstance(before, list) else []
    if not isinstance(value, Mapping):
        return had[n] if n < len(had) else None
    name = next((name for name in _KNOWN_BY if name in value), None)
    return next((one for one in had if name and isinstance(one, Mapping) and one.get(name) == value[name]), None)

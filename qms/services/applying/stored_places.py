"""Branches with their points of contact, and queues, out of their rows, as a network file writes them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from qms.domain.ids import derived_id
from qms.services.applying.stored_times import closures, holidays, hours

Row = Mapping[str, Any]
T = TypeVar("T")


class Keys:
    """What an account has in use, to know things by their keys, and what belongs to a branch or a queue."""

    def __init__(self, account: Row, rows: Mapping[str, Sequence[Row]], pocs: Sequence[Row]) -> None:
        self.slug: str = account["slug"]
        self.account = account
        self._by_id = {(kind, row["id"]): row["key"] for kind, some in rows.items() for row in some}
        self._pocs = _grouped((poc["branch_id"], poc) for poc in pocs)
        self._queues = _grouped((branch, row["id"]) for row in rows["queue"] for branch in row["branch_ids"])
        self._agents = _grouped((queue, row["key"]) for row in rows["agent"] for queue in row["queues"])

    def pocs_of(self, branch: str) -> Sequence[Row]:
        """The points of contact of a branch."""
        return self._pocs.get(branch, ())

    def queues_of(self, branch: str) -> Sequence[str]:
        """The ids of the queues of a branch."""
        return self._queues.get(branch, ())

    def agents_of(self, queue: str) -> Sequence[str]:
        """The keys of those who serve a queue."""
        return self._agents.get(queue, ())

    def of(self, kind: str, id: str | None) -> str | None:
        """The key of something; None where it is no longer in use."""
        return self._by_id.get((kind, id)) if id is not None else None

    def all(self, kind: str, ids: Sequence[str]) -> list[str]:
        """The keys of those that are in use."""
        return [key for id in ids if (key := self.of(kind, id)) is not None]

    def id(self, kind: str, row: Row, name: str | None = None) -> str | None:
        """The id that the file gave; None where it is the one that follows from the key."""
        given = row["given_id"] or row["id"]
        return None if given == derived_id(self.slug, kind, name or row["key"]) else str(given)


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


class Own(list[Any]):
    """A list that is said even when it is empty."""


def own(values: Sequence[Any]) -> Own:
    """The list, said whatever is in it."""
    return Own(values)


def said(**values: Any) -> dict[str, Any]:
    """A table of what there is to say."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {}) or isinstance(value, Own)}


def branch(row: Row, keys: Keys) -> dict[str, Any]:
    """A branch; holidays are said where they are not the account's."""
    place = [row["latitude"], row["longitude"]]
    told: dict[str, Any] = said(
        key=row["key"],
        id=keys.id("branch", row),
        name=row["name"],
        label=row["label"],
        address=row["address"],
        location=None if place == [0, 0] else place,
        timezone=row["timezone"],
        closures=closures(row["closures"]),
        pocs=[_poc(poc, row, keys) for poc in keys.pocs_of(row["id"])],
    )
    posted = hours(row["hours"], own_zone=False)
    if posted is not None:
        told["hours"] = posted
    if row["holidays"] != keys.account["holidays"]:
        told["holidays"] = holidays(row["holidays"]) or False
    return told | said(brand=row["brand"])


def _poc(row: Row, branch: Row, keys: Keys) -> dict[str, Any]:
    identifier = keys.id("poc", row, f"{branch['key']}/{row['key']}")
    return said(key=row["key"], id=identifier, label=row["label"], kind=row["kind"])


def queue(row: Row, keys: Keys) -> dict[str, Any]:
    """A queue with the policies that it has."""
    same = ("mode", "call", "ring_seconds", "wrap_up_seconds", "decline_cooldown_seconds")
    more = ("unstaffed", "target_minutes", "max_wait_minutes")
    settings = dict(row["settings"])
    rings = [{"after_seconds": after, "level": level} for after, level in settings.pop("rings", ())]
    overflow = settings.pop("overflow", None)
    survey = keys.of("form", settings.pop("survey", None))
    return {
        **said(key=row["key"], id=keys.id("queue", row), name=row["name"]),
        "prefix": row["prefix"],
        **said(branches=keys.all("branch", row["branch_ids"])),
        **{name: row[name] for name in (*same, *more)},
        **said(
            form=keys.of("form", row["form_id"]),
            contact_form=keys.of("form", row["contact_form_id"]),
            survey=survey,
            credit_seconds=row["credit_seconds"],
            rings=rings,
            overflow=overflow and said(**overflow),
        ),
        **settings,
    }

"""Branches with their points of contact, and queues, out of their rows, as a network file writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qms.domain.ids import derived_id
from qms.services.applying.stored_times import closures, holidays, hours

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What an account has in use, to know things by their keys."""

    slug: str
    account: Row
    rows: Mapping[str, Sequence[Row]]
    pocs: Sequence[Row]
    _by_id: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_id.update({(kind, row["id"]): row["key"] for kind, rows in self.rows.items() for row in rows})

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
    pocs = [poc for poc in keys.pocs if poc["branch_id"] == row["id"]]
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
        pocs=[_poc(poc, row, keys) for poc in pocs],
    )
    posted = hours(row["hours"], own_zone=False)
    if posted is not None:
        told["hours"] = posted
    if row["holidays"] != keys.account["holidays"]:
        told["holidays"] = holidays(row["holidays"]) or False
    return told


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

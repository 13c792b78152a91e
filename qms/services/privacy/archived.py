"""A person in archives of days: which rows are his, and an archive without him."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import sqlalchemy as sa

from qms.services.privacy.blanks import APPOINTMENT, TICKET, figures, without_reasons
from qms.services.privacy.erasures import Person
from qms.services.privacy.finding import naming
from qms.store.archive import About, Archive, Folder, write_day
from qms.store.archive.rows import encode
from qms.store.columns import Instant, Json, compact, instant
from qms.store.schema import metadata

Row = Mapping[str, Any]
Ids = Mapping[str, set[str]]

_WORDS: Mapping[str, Collection[str]] = {
    "appointment": ("title", "data"),
    "ticket": ("customer", "customer_email", "customer_phone", "integration_data", "note"),
    "submission": ("values",),
}
"""Table → columns in which a text may name him."""

_BY: Mapping[str, Mapping[str, str]] = {
    "appointment": {},
    "ticket": {"appointment_id": "appointment", "submission_id": "submission"},
    "submission": {"ticket_id": "ticket"},
}
"""Table → column → a row is his where this holds the id of a row of that table which is."""

_LEADS = {"submission_id": "submission"}
"""Column → of which table it holds the id of a row that is his with this one."""


_OF = frozenset({"id", "ticket_id", "appointment_id", "entity"})
"""Columns that hold the id of what a row is, or of what it hangs on."""


@dataclass(slots=True)
class His:
    """The rows that are somebody's, by table, as far as they are found."""

    person: Person
    ids: Ids = field(default_factory=lambda: {name: set() for name in _WORDS})

    def look(self, archive: Archive) -> bool:
        """Look for more in an archive, which may lead to more in others; whether there was any."""
        before, names = self._count(), naming(self.person.marks)
        for row in archive.rows("participant"):
            if row["party_id"] in self.person.customers:
                self.ids["appointment"].add(row["appointment_id"])
        for table in _WORDS:
            for row in archive.rows(table):
                if self._is_his(table, row, names):
                    self._follow(table, row)
        return self._count() > before

    def look_for_ticket(self, archive: Archive, wanted: str) -> None:
        """Look for a ticket by its id or its number."""
        self.ids["ticket"].update(row["id"] for row in archive.rows("ticket") if wanted in (row["id"], row["number"]))

    def are_in(self, archive: Archive) -> bool:
        """Whether any of them is in an archive."""
        return any(row["id"] in self.ids[table] for table in _WORDS for row in archive.rows(table))

    def _is_his(self, table: str, row: Row, names: re.Pattern[str]) -> bool:
        if row["id"] in self.ids[table] or row.get("customer_id") in self.person.customers:
            return True
        led = any(row[column] in self.ids[other] for column, other in _BY[table].items())
        return led or any(names.search(str(row[name] or "").lower()) for name in _WORDS[table])

    def _follow(self, table: str, row: Row) -> None:
        self.ids[table].add(row["id"])
        for column, other in _LEADS.items():
            if row.get(column):
                self.ids[other].add(row[column])

    def _count(self) -> int:
        return sum(map(len, self.ids.values()))


def told(archive: Archive, ids: Ids) -> dict[str, list[dict[str, Any]]]:
    """Rows of an archive with all that hangs on them, by table, as plain values."""
    everybodys = set().union(*ids.values())
    found: dict[str, list[dict[str, Any]]] = {}
    for table in archive.manifest.tables:
        of = _OF & {column.name for column in table.columns}
        rows = [row for row in archive.rows(table.name) if not everybodys.isdisjoint(row[name] for name in of)]
        if rows:
            found[table.name] = [_plain(metadata.tables[table.name], row) for row in rows]
    return found


def write_without(archive: Archive, ids: Ids, folder: Folder, about: About) -> str:
    """Write an archive of a day anew without the person of some rows; the name of what was written."""
    manifest, day = archive.manifest, archive.manifest.day
    if day is None:
        raise ValueError("not an archive of a day")
    file = folder.fresh(day.account, day.date, day.part)
    everybodys = set().union(*ids.values())
    contents = ((one, _lines(archive.rows(one.name), one.name, everybodys)) for one in manifest.tables)
    write_day(folder.path(file), about, day, contents, manifest.database)
    return file


def _plain(table: sa.Table, row: Row) -> dict[str, Any]:
    """A row as people read it: without what is empty, instants and JSON as what they are."""
    plain = {name: value for name, value in row.items() if value is not None}
    for column in table.columns:
        if column.name in plain and isinstance(column.type, Instant):
            plain[column.name] = instant(plain[column.name]).isoformat()
        elif column.name in plain and isinstance(column.type, Json):
            plain[column.name] = msgspec.json.decode(plain[column.name])
    return plain


def _lines(rows: Iterable[dict[str, Any]], table: str, his: Collection[str]) -> Iterator[bytes]:
    key, left = _LEFT.get(table, ("", None))
    for row in rows:
        kept = {**row, **left(row)} if left is not None and row[key] in his else row
        yield encode(list(kept.values())) + b"\n"


def _answers(row: Row) -> Row:
    return {"values": compact(figures(row["kind"], msgspec.json.decode(row["values"])))}


def _told(row: Row) -> Row:
    return {"data": compact(without_reasons(msgspec.json.decode(row["data"])))}


_LEFT: Mapping[str, tuple[str, Callable[[Row], Row]]] = {
    "appointment": ("id", lambda _: {**APPOINTMENT, "data": compact(APPOINTMENT["data"])}),
    "ticket": ("id", lambda _: TICKET),
    "submission": ("id", _answers),
    "journal": ("entity", _told),
}
"""Table → by which column a row is somebody's, and what changes in it when he goes."""

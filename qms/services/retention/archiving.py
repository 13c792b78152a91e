"""Archiving: what is old enough to go is written to a file first, a day of an account at a time.

In a snapshot the rows are written, the file is read again and compared, then it is recorded: only that makes it count,
and only rows that are in a file which counts are dropped. Two who write the same day write two files, of which one
comes to count; whoever is killed leaves a file that never does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.zones import wall_time, zone
from qms.services.privacy import erasures
from qms.services.retention.kinds import KINDS, Kind, Where
from qms.services.retention.limits import Limit, limit_at, limits
from qms.store.archive import About, Day, Folder, Manifest, write_day
from qms.store.archive.manifest import database_of, shape_of
from qms.store.archive.rows import lines_where
from qms.store.schema import booking, forecast, hall, reaching, work
from qms.store.schema.archived import archived_day
from qms.store.tx import Tx

TABLES: Sequence[sa.Table] = (
    *(booking.appointment, booking.claim, booking.participant, booking.reminder, reaching.waiting_room),
    *(work.ticket, work.offer, work.call, hall.hall_call, forecast.quote, work.submission, work.session, work.journal),
)
"""What an archive of a day has, in this order."""

IDS_AT_ONCE = 500

d = archived_day.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day of which something is to go: into its next part, or, where `file` is recorded, out of the database."""

    limit: Limit
    day: date
    part: int
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that does not count yet; `erased` is how many people had been erased when its rows were read."""

    due: Due
    file: str
    manifest: Manifest
    erased: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """A file that counts; from `dropped_at` what is in it is nowhere else."""

    day: str
    part: int
    file: str
    rows: int
    archived_at: datetime
    dropped_at: datetime | None


def due(tx: Tx) -> Due | None:
    """The next day to be archived or dropped, account by account and day by day; None where nothing is too old."""
    return next((found for limit in limits(tx) if (found := next_of(tx, limit)) is not None), None)


def next_of(tx: Tx, limit: Limit) -> Due | None:
    """The next day of an account: what is in a file is dropped before another file is written."""
    kept = _recorded(limit) & (d.day < limit.day.isoformat()) & d.dropped_at.is_(None)
    found = tx.execute(sa.select(d.day, d.part, d.file).where(kept).order_by(d.day, d.part).limit(1)).first()
    if found is not None:
        return Due(limit=limit, day=date.fromisoformat(found.day), part=found.part, file=found.file)
    days = [day for kind in KINDS if (day := _first(tx, kind, limit)) is not None]
    return _next_part(tx, limit, min(days)) if days else None


def next_kept(tx: Tx, limit: Limit) -> Due | None:
    """The next day of an account that is in no file yet, for who writes files and drops nothing."""
    last = tx.execute(sa.select(sa.func.max(d.day)).where(_recorded(limit))).scalar()
    after = date.min if last is None else date.fromisoformat(last) + timedelta(days=1)
    days = [day for kind in KINDS if (day := _first(tx, kind, limit, after)) is not None]
    return _next_part(tx, limit, min(days)) if days else None


def write(tx: Tx, *, due: Due, folder: Folder, version: str) -> Written:
    """Write what is to go of a day to a file.

    Raises:
        OSError: it cannot be written.
    """
    account = tx.network(due.limit.account).account
    day = Day(account=account.slug, id=account.id, date=due.day, part=due.part)
    file = folder.fresh(account.slug, due.day, due.part)
    about = About(version=version, taken_at=tx.machine_now)
    ids = {kind.table: sorted(tx.execute(_on_day(tx, kind, due)).scalars()) for kind in KINDS}
    contents = ((shape_of(table), _lines(tx, table, ids)) for table in TABLES)
    manifest = write_day(folder.path(file), about, day, contents, database_of(tx.connection))
    return Written(due=due, file=file, manifest=manifest, erased=erasures.asked(tx, account.id))


def record(tx: Tx, *, written: Written) -> bool:
    """Let a file count that is whole; not where another does, or somebody was erased since its rows were read."""
    due, account = written.due, written.due.limit.account
    if erasures.asked(tx, account) != written.erased:
        return False
    row = {"account_id": account, "day": due.day.isoformat(), "part": due.part, "file": written.file}
    return tx.add_unless_there(archived_day, {**row, "rows": written.manifest.rows, "archived_at": tx.now})


def dropped(tx: Tx, *, due: Due) -> None:
    """All that is in a file is nowhere else now."""
    tx.execute(archived_day.update().where(_this(due)).values(dropped_at=tx.now))


def give_up(tx: Tx, *, account: str, file: str) -> None:
    """Count on a file no more that is lost: what the database still has of its day goes to a new one."""
    tx.execute(archived_day.delete().where(d.account_id == account, d.file == file))


def listed(tx: Tx, *, account: str) -> list[Archived]:
    """The archives of an account that count, by day."""
    columns = (d.day, d.part, d.file, d.rows, d.archived_at, d.dropped_at)
    return tx.all(Archived, sa.select(*columns).where(d.account_id == account).order_by(d.day, d.part))


def _recorded(limit: Limit) -> Where:
    return d.account_id == limit.account


def _this(due: Due) -> Where:
    return _recorded(due.limit) & (d.day == due.day.isoformat()) & (d.part == due.part)


def _next_part(tx: Tx, limit: Limit, day: date) -> Due:
    last = sa.select(sa.func.max(d.part)).where(_recorded(limit), d.day == day.isoformat())
    return Due(limit=limit, day=day, part=(tx.execute(last).scalar() or 0) + 1)


def _first(tx: Tx, kind: Kind, limit: Limit, after: date = date.min) -> date | None:
    """The first day on which something of a kind is old."""
    old = sa.select(kind.by).where(kind.old(limit))
    if after > date.min:
        old = old.where(kind.by >= _begin(tx, kind, limit, after))
    found: Any = tx.execute(old.order_by(kind.by).limit(1)).scalar()
    if found is None or isinstance(found, str):
        return None if found is None else date.fromisoformat(found)
    return wall_time(found, zone(tx.network(limit.account).account.timezone)).date()


def _on_day(tx: Tx, kind: Kind, due: Due) -> sa.Select[str]:
    begin, end = (_begin(tx, kind, due.limit, due.day + timedelta(days=n)) for n in (0, 1))
    return sa.select(kind.table.c.id).where(kind.old(due.limit), kind.by >= begin, kind.by < end)


def _begin(tx: Tx, kind: Kind, limit: Limit, day: date) -> str | datetime:
    """Where a day begins in the order in which a kind goes: a service day, or an instant."""
    return day.isoformat() if isinstance(kind.by.type, sa.String) else limit_at(tx, limit.account, day).at


def _lines(tx: Tx, table: sa.Table, ids: dict[sa.Table, list[str]]) -> Iterator[bytes]:
    """The rows of a table that go with some; what the journal says of an agent hangs on each of his sessions."""
    for kind in KINDS:
        seen = set[bytes]()
        for line in _of_kind(tx, table, kind, ids[kind.table]):
            if kind.table is not work.session:
                yield line
            elif line not in seen:
                seen.add(line)
                yield line


def _of_kind(tx: Tx, table: sa.Table, kind: Kind, ids: Sequence[str]) -> Iterator[bytes]:
    for at in range(0, len(ids), IDS_AT_ONCE):
        some = ids[at : at + IDS_AT_ONCE]
        for found, where in ((kind.table, kind.table.c.id.in_(some)), *kind.hanging(tx, some)):
            if found is table:
                yield from lines_where(tx.connection, table, where)

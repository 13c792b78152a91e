"""What is old enough goes to files first: all of it, once, whatever happens meanwhile; and the erased go from there."""

from itertools import cycle
from typing import Any

import pytest

from acd.archivist import Archivist, NotArchived
from qms.domain.errors import NotFound
from qms.services.privacy import archived, people
from qms.services.privacy.archived import His
from qms.services.privacy.erasures import Person
from qms.services.privacy.finding import Who
from qms.services.retention import archiving
from qms.store.archive import Unfit, restore
from tests.db.retention.conftest import BOB, EVE, in_archives, in_database

WHICHEVER = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
"""What comes of files is the same on either database."""


def all_of_it(archivist):
    """Work until nothing is due."""
    while archivist.step():
        pass


def days(house):
    return [(one.day, one.part) for one in house.store.read(archiving.listed, account=house.account)]


def of(person, house, folder):
    """What archives have of somebody."""
    his, found = His(Person(marks={person})), []
    files = [one.file for one in house.store.read(archiving.listed, account=house.account)]
    for look in (his.look, his.look, lambda archive: found.append(archived.told(archive, his.ids))):
        for file in files:
            with folder.open(file) as archive:
                look(archive)
    return [table for rows in found for table in rows]


def test_what_goes_from_the_database_is_in_archives_row_by_row(house, folder, archivist):
    before = in_database(house.store)

    all_of_it(archivist)

    assert in_archives(house, folder) == before
    assert {name: len(rows) for name, rows in before.items() if rows} == {
        **{"appointment": 6, "claim": 6, "ticket": 60, "offer": 60, "call": 60, "quote": 60},
        **{"submission": 2, "session": 6, "journal": 300},
    }
    assert not any(in_database(house.store).values())
    assert days(house) == [("2025-01-26", 1), ("2026-02-27", 1), ("2026-02-28", 1), ("2026-03-01", 1)]


@WHICHEVER
def test_an_archive_of_a_day_says_which_and_no_database_is_made_from_it(house, folder, archivist):
    all_of_it(archivist)
    file = house.store.read(archiving.listed, account=house.account)[1].file

    with folder.open(file) as archive, pytest.raises(Unfit):
        restore(house.store.engine, archive, force=True)

    assert file.startswith("grown/2026/2026-02-27.1-")
    assert (archive.manifest.day.account, archive.manifest.day.id) == ("grown", house.account)


class Killed(BaseException):
    """Nothing more is done."""


class Interrupted:
    """A store whose process is killed in the midst of its n-th command: after it is done, or before."""

    def __init__(self, store, n, *, done):
        self._store, self._left, self._done = store, n, done

    def read(self, service, /, **arguments):
        return self._command(self._store.read, service, arguments)

    def write(self, service, /, **arguments):
        return self._command(self._store.write, service, arguments)

    def _command(self, run, service, arguments):
        self._left -= 1
        if self._left < 0 and not self._done:
            raise Killed
        answer = run(service, **arguments)
        if self._left < 0:
            raise Killed
        return answer


def test_whoever_is_killed_at_any_point_loses_nothing_and_archives_nothing_twice(house, folder):
    before, kills = in_database(house.store), 0

    for n, done in zip(cycle((2, 3, 5, 7)), cycle((True, False, True)), strict=False):
        store: Any = Interrupted(house.store, n, done=done)
        try:
            all_of_it(Archivist(store, folder, version="1.2.3"))
            break
        except Killed:
            kills += 1
            there, kept = in_database(house.store), in_archives(house, folder)
            assert all(set(before[name]) == {*there[name], *kept[name]} for name in before)
            assert all(len(set(rows)) == len(rows) for rows in kept.values())

    assert kills > 10
    assert in_archives(house, folder) == before
    assert len(days(house)) == len([*folder.names()]) == 4


@WHICHEVER
def test_who_is_killed_while_writing_leaves_a_file_that_never_counts(house, folder, archivist):
    due = house.store.read(archiving.due)
    left = folder.path(folder.fresh("grown", due.day, due.part))
    left.with_name(f".{left.name}.0123").write_bytes(b"half")
    house.store.read(archiving.write, due=due, folder=folder, version="1.2.3")

    all_of_it(archivist)

    assert [*folder.names()] == [one.file for one in house.store.read(archiving.listed, account=house.account)]
    assert not [*left.parent.glob(".*")]


@WHICHEVER
def test_of_two_who_archive_at_once_one_counts(house, folder, archivist):
    due = house.store.read(archiving.due)
    first, second = (house.store.read(archiving.write, due=due, folder=folder, version="1") for _ in range(2))

    counts = [house.store.write(archiving.record, written=one) for one in (first, second)]

    assert counts == [True, False]


@WHICHEVER
def test_nothing_is_dropped_that_a_damaged_file_was_to_keep_until_it_is_given_up(house, folder, archivist):
    archivist.step()
    before = in_database(house.store)
    (one,) = house.store.read(archiving.listed, account=house.account)
    folder.path(one.file).write_bytes(folder.path(one.file).read_bytes()[:-100])

    for _ in range(2):
        with pytest.raises(NotArchived):
            archivist.step()
    kept = in_database(house.store)
    house.store.write(archiving.give_up, account=house.account, file=one.file)
    all_of_it(archivist)

    assert kept == before
    assert in_archives(house, folder) == before
    assert len([*folder.names()]) == 4


def test_who_is_erased_goes_out_of_archives_and_nobody_else_does(house, folder, archivist):
    all_of_it(archivist)
    before = of(EVE, house, folder)
    rows = {name: len(lines) for name, lines in in_archives(house, folder).items()}

    house.store.write(people.erase, account=house.account, who=Who(email=EVE), by="me")
    all_of_it(archivist)

    assert before == ["submission", "ticket", "offer", "call", "quote", "journal"]
    assert of(EVE, house, folder) == []
    assert of(BOB, house, folder) == before
    after = in_archives(house, folder)
    assert EVE.encode() not in b"".join(line for lines in after.values() for line in lines)
    assert {name: len(lines) for name, lines in after.items()} == rows
    assert len([*folder.names()]) == 4


@WHICHEVER
def test_what_was_read_before_somebody_was_erased_never_counts(house, folder, archivist):
    archivist.step()
    due = house.store.read(archiving.next_kept, limit=house.store.read(archiving.due).limit)
    written = house.store.read(archiving.write, due=due, folder=folder, version="1")

    house.store.write(people.erase, account=house.account, who=Who(email=EVE), by="me")

    assert house.store.write(archiving.record, written=written) is False


@WHICHEVER
def test_nobody_is_sought_in_archives_where_there_are_none(house):
    with pytest.raises(NotFound):
        house.store.write(people.erase, account=house.account, who=Who(email="mallory@mail.example"), by="me")

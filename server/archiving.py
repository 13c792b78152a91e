"""`turnero archive`: days that are to go from the database, in files: written, listed, proven, searched."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from acd.archivist import Archivist
from qms.services.accounts import account_id
from qms.services.privacy.archived import His, told
from qms.services.privacy.erasures import Person
from qms.services.privacy.finding import Who, look
from qms.services.retention import archiving, limits
from qms.services.retention.archiving import Archived
from qms.services.retention.limits import Limit
from qms.store.archive import Archive, ArchiveRefused, Folder
from qms.store.store import Store
from qms.store.tx import Tx
from server.archivists import archivist_of
from server.failing import fail
from server.settings import Settings
from server.tool import installation

NO_FOLDER = "TURNERO_ARCHIVE_FOLDER: there is no folder for archives"

app = typer.Typer(no_args_is_help=True, help="Archives of days: write, list, verify and search them.")

Account = Annotated[str, typer.Option("--account", help="The account's slug.")]
Day = Annotated[datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], help="One day only.")]


@app.command("run")
def run(
    account: Annotated[str, typer.Option("--account", help="The account's slug; else all.")] = "",
    before: Annotated[
        datetime | None,
        typer.Option("--before", formats=["%Y-%m-%d"], help="Up to this day, not up to where keep_tickets_days says."),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Drop nothing from the database.")] = False,
) -> None:
    """Write the days that are old enough to files, and drop what is in them from the database."""
    if before is not None and not account:
        fail("--before: of which --account?")
    with _archivist() as (store, archivist):
        written = dropped = 0
        for limit in store.read(_limits, slug=account, before=before):
            following = archiving.next_kept if keep else archiving.next_of
            while (due := store.read(following, limit=limit)) is not None:
                for _ in archivist.day(due):
                    pass
                written, dropped = written + (not due.file), dropped + bool(due.file)
    typer.echo(f"{written} archives written, {dropped} dropped from the database")


@app.command("list")
def list_(account: Account, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the archives of an account, by day."""
    with installation() as store:
        found = store.read(_listed, slug=account)
    if as_json:
        _print(found)
        return
    for one in found:
        typer.echo(f"{one.file}  {one.rows} rows" + ("" if one.dropped_at else ", in the database still"))


@app.command("verify")
def verify(account: Account) -> None:
    """Read every archive of an account, and name those that are not what was written."""
    folder, broken = _folder(), 0
    with installation() as store:
        found = store.read(_listed, slug=account)
    for one in found:
        wrong = _wrong(folder, one)
        if wrong:
            broken += 1
            typer.echo(f"FAIL {wrong}", err=True)
    if broken:
        raise typer.Exit(1)
    typer.echo(f"ok   {len(found)} archives, {sum(one.rows for one in found)} rows")


@app.command("find")
def find(
    account: Account,
    ticket: Annotated[str, typer.Option("--ticket", help="A ticket's id or number.")] = "",
    email: Annotated[str, typer.Option("--email", help="A person's e-mail address.")] = "",
    phone: Annotated[str, typer.Option("--phone", help="A person's telephone number.")] = "",
    customer: Annotated[str, typer.Option("--customer", help="A customer's id.")] = "",
    day: Day = None,
) -> None:
    """Print what archives have of a ticket, or of a person, as JSON: with offers, calls, and the journal."""
    folder = _folder()
    if not (ticket or email or phone or customer):
        fail("expected --ticket, or --email, --phone or --customer of a person")
    with installation() as store:
        wanted = None if ticket else store.read(_person, slug=account, email=email, phone=phone, customer=customer)
        files = [one.file for one in store.read(_listed, slug=account) if _on(one, day)]
    his = His(wanted or Person(marks=()))
    with _refusals():
        more = True
        while more:
            more = any([_look(his, archive, ticket) for archive in _opened(folder, files)])
        found = {archive.manifest.day: told(archive, his.ids) for archive in _opened(folder, files)}
    shown = [{"day": of.date.isoformat(), "part": of.part, **rows} for of, rows in found.items() if of and rows]
    _print(shown)


@app.command("renew")
def renew(account: Account, day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="A day.")]) -> None:
    """Count no more on a day's files that are lost: what the database has of it still is written to new ones."""
    folder = _folder()
    with installation() as store:
        id = store.read(account_id, slug=account)
        lost = [one.file for one in store.read(_listed, slug=account) if _on(one, day) and _wrong(folder, one)]
        for file in lost:
            store.write(archiving.give_up, account=id, file=file)
    typer.echo("given up: " + (", ".join(lost) or "none, all are whole"))


def _look(his: His, archive: Archive, ticket: str) -> bool:
    if not ticket:
        return his.look(archive)
    his.look_for_ticket(archive, ticket)
    return False


def _opened(folder: Folder, files: list[str]) -> Iterator[Archive]:
    for file in files:
        with folder.open(file) as archive:
            yield archive


def _wrong(folder: Folder, one: Archived) -> str:
    """What is wrong with an archive; nothing where nothing is."""
    try:
        with folder.open(one.file) as archive:
            archive.check()
            return (
                ""
                if archive.manifest.rows == one.rows
                else f"{one.file} has {archive.manifest.rows} rows of {one.rows}"
            )
    except ArchiveRefused as refused:
        return str(refused)
    except OSError as error:
        return f"{one.file}: {error.strerror}"


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except ArchiveRefused as refused:
        fail(str(refused))
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")


@contextmanager
def _archivist() -> Iterator[tuple[Store, Archivist]]:
    with installation() as store:
        archivist = archivist_of(Settings.read(os.environ), store)
        if archivist is None:
            fail(NO_FOLDER)
        yield store, archivist


def _folder() -> Folder:
    folder = Settings.read(os.environ).archive_folder
    if folder is None:
        fail(NO_FOLDER)
    return Folder(Path(folder))


def _limits(tx: Tx, slug: str, before: datetime | None) -> list[Limit]:
    if before is None:
        return [one for one in limits.limits(tx) if not slug or one.account == account_id(tx, slug=slug)]
    limit = limits.limit_before(tx, account_id(tx, slug=slug), before.date())
    return [limit] if limit is not None else []


def _listed(tx: Tx, slug: str) -> list[Archived]:
    return archiving.listed(tx, account=account_id(tx, slug=slug))


def _person(tx: Tx, slug: str, **known: str) -> Person:
    who = Who(**known)
    return Person(marks=look(tx, account=account_id(tx, slug=slug), who=who).marks, customers=who.customers)


def _on(one: Archived, day: datetime | None) -> bool:
    return day is None or one.day == day.date().isoformat()


def _print(what: object) -> None:
    typer.echo(msgspec.json.format(msgspec.json.encode(what), indent=2))

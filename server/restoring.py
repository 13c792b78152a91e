"""`turnero restore`: a database from an archive, or the proof that one could be made."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import sqlalchemy.exc
import typer

from qms.services import seals
from qms.services.inspection import broken_invariants
from qms.store import archive
from qms.store.archive import Archive
from qms.store.engines import connect
from qms.store.migrate import NewerDatabase
from qms.store.store import Store
from qms.store.vault import NotOpened, Vault
from server.clock import StoppedClock
from server.failing import fail, outages_told
from server.secret import fingerprint, kept_secret, known_secret, replace_kept
from server.settings import Settings
from server.timekeeping import clock_of


def restore(
    file: Annotated[Path, typer.Argument(help="An archive that turnero backup has written.", readable=False)],
    verify: Annotated[
        bool, typer.Option("--verify", help="Only try it, in a scratch database that is thrown away.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace what the database has.")] = False,
) -> None:
    """Make the database be what it was when the archive was taken: all of it or nothing. Stop the servers first."""
    settings = Settings.read(os.environ)
    with _refusals(file, settings), Archive(file) as opened:
        opened.check()
        if verify:
            _rehearse(opened, file.parent, opened.secret or known_secret(settings) or kept_secret(settings))
            typer.echo(f"ok   {file}: {opened.manifest.rows} rows restored and compared, the invariants hold")
            return
        engine = connect(settings.database_url, pool_size=1)
        try:
            archive.restore(engine, opened, force=force, leap=True)
        finally:
            engine.dispose()
        typer.echo(f"restored {opened.manifest.rows} rows of {len(opened.manifest.tables)} tables")
        _secret(settings, opened)


@contextmanager
def _refusals(file: Path, settings: Settings) -> Iterator[None]:
    """Every reason not to restore, in one line."""
    try:
        with outages_told(settings):
            yield
    except (archive.ArchiveRefused, NewerDatabase) as refused:
        fail(str(refused))
    except sqlalchemy.exc.DBAPIError as error:
        fail(f"nothing was restored: {str(error.orig).splitlines()[0]}")
    except OSError as error:
        fail(f"{file}: {error.strerror}")


def _rehearse(opened: Archive, folder: Path, secret: bytes | None) -> None:
    """Restore into a database of its own, compare, and look for what contradicts itself."""
    with tempfile.TemporaryDirectory(dir=folder if os.access(folder, os.W_OK) else None) as scratch:
        url = f"sqlite:///{scratch}/rehearsal.db"
        engine = connect(url, pool_size=1)
        try:
            archive.restore(engine, opened)
            clock = clock_of(None, engine, tool=True)
        finally:
            engine.dispose()
        store = Store(url, StoppedClock(clock, opened.manifest.taken_at), Vault(secret or b""))
        try:
            broken = store.read(broken_invariants, rate=clock.rate)
            _try_seals(store)
        finally:
            store.close()
    for sentence in broken:
        typer.echo(f"FAIL invariants: {sentence}", err=True)
    if broken:
        raise typer.Exit(1)


def _try_seals(store: Store) -> None:
    """Say so where nobody here could open what is sealed."""
    try:
        store.read(seals.proven)
    except NotOpened:
        typer.echo("what is sealed in it opens with the secret of before only, which is not known here", err=True)


def _secret(settings: Settings, opened: Archive) -> None:
    """Put the secret where it was, or say that keys of before need it."""
    if opened.secret is not None and settings.secret_key is None and replace_kept(settings, opened.secret):
        typer.echo("the secret is beside the database again")
        return
    here = known_secret(settings) or kept_secret(settings)
    before = opened.manifest.secret
    if before is not None and (here is None or fingerprint(here) != before):
        where = (
            "it is in the archive, as `secret`"
            if opened.secret is not None
            else "it was set, and is not in the archive"
        )
        typer.echo(
            "the secret is not the one of before: what it sealed does not open, and keys and links that it signed are "
            f"refused, until TURNERO_SECRET_KEY is that one ({where})",
            err=True,
        )

"""`turnero migrate`: the database at the present schema."""

import os

import typer

from qms.store.engines import connect
from qms.store.migrate import NewerDatabase
from qms.store.migrate import migrate as bring_up
from server.failing import fail, outages_told
from server.settings import Settings


def migrate() -> None:
    """Bring the database to the present schema; builds an empty one."""
    settings = Settings.read(os.environ)
    engine = connect(settings.database_url, pool_size=1)
    try:
        with outages_told(settings):
            before, after = bring_up(engine)
    except NewerDatabase as newer:
        fail(str(newer))
    finally:
        engine.dispose()
    typer.echo(f"at revision {after}" if before == after else f"{before or 'empty'} -> {after}")

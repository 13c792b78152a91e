"""`turnero backup`: all that the database has, in one file, while everybody works."""

import os
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from qms.store import archive
from server.clock import SystemClock
from server.failing import fail, outages_told
from server.secret import fingerprint, kept_secret, known_secret
from server.settings import Settings


def backup(
    file: Annotated[Path, typer.Argument(help="The archive to write; one of that name is replaced.", readable=False)],
) -> None:
    """Write all data to one file, as it is at this instant; the servers go on working."""
    settings = Settings.read(os.environ)
    known = known_secret(settings)
    kept = kept_secret(settings) if known is None else None
    secret = known or kept
    about = archive.About(
        version=metadata.version("turnero"),
        taken_at=SystemClock().machine(),
        fingerprint=None if secret is None else fingerprint(secret),
        secret=kept,
    )
    try:
        with outages_told(settings), archive.snapshot(settings.database_url, file.parent) as connection:
            manifest = archive.write(connection, file, about)
    except archive.ArchiveRefused as refused:
        fail(str(refused))
    except OSError as error:
        fail(f"{file}: {error.strerror}")
    typer.echo(f"{file}: {manifest.rows} rows of {len(manifest.tables)} tables, {file.stat().st_size} bytes")
    if about.secret is not None:
        typer.echo("the secret that signs keys and links is in it: keep it as safe as the database")

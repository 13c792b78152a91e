"""How a command says that it cannot do what it was asked to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import sqlalchemy.exc
import typer

from qms.domain.errors import Unavailable
from qms.store.referees import fact
from server.disk import file_of
from server.settings import Settings


def fail(text: str) -> NoReturn:
    """Say what is wrong on standard error, and exit with 1."""
    typer.echo(text, err=True)
    raise typer.Exit(1)


@contextmanager
def file_troubles_told(file: Path) -> Iterator[None]:
    """A file that cannot be read or written inside, or is no text, is told in a line and ends the command."""
    try:
        yield
    except OSError as error:
        fail(f"{file}: {error.strerror or error}")
    except UnicodeDecodeError:
        fail(f"{file}: the text is not UTF-8")


class NotAnswering(Unavailable):
    """Nobody answers at the database's address, or it says that it is only starting: it may yet come."""


STARTING = "57P03"
"""PostgreSQL's word for a server that does not take connections yet."""


@contextmanager
def outages_told(settings: Settings) -> Iterator[None]:
    """What a database that does not answer raises inside is Unavailable outside, and names the file if it is one.

    Raises:
        Unavailable: there is no such database, or it does not answer (NotAnswering), or cannot be written.
    """
    try:
        yield
    except sqlalchemy.exc.DBAPIError as error:
        outage = fact(error)
        if not isinstance(outage, Unavailable):
            raise
        if getattr(error.orig, "sqlstate", "SQLite has none") in (None, STARTING):
            raise NotAnswering(str(outage)) from error
        file = file_of(settings)
        raise Unavailable(str(outage) if file is None else f"{file}: {outage}") from error

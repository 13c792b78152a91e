"""How a command says that it cannot do what it was asked to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import sqlalchemy.exc
import typer

from qms.domain.errors import Unavailable
from qms.store.referees import fact


def fail(text: str) -> NoReturn:
    """Say what is wrong on standard error, and exit with 1."""
    typer.echo(text, err=True)
    raise typer.Exit(1)


@contextmanager
def outages_told() -> Iterator[None]:
    """What a database that does not answer raises inside is Unavailable outside.

    Raises:
        Unavailable: there is no such database, or it does not answer, or cannot be written.
    """
    try:
        yield
    except sqlalchemy.exc.DBAPIError as error:
        outage = fact(error)
        if not isinstance(outage, Unavailable):
            raise
        raise outage from error

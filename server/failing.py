"""How a command says that it cannot do what it was asked to."""

from typing import NoReturn

import typer


def fail(text: str) -> NoReturn:
    """Say what is wrong on standard error, and exit with 1."""
    typer.echo(text, err=True)
    raise typer.Exit(1)

"""`turnero secrets`: what the database keeps sealed, sealed anew when the installation's secret changes."""

import os
from typing import Annotated

import typer

from qms.services import seals
from server.failing import fail
from server.opened import open_installation
from server.secret import drop_kept_before, secret_before, succeed_kept
from server.settings import Settings

app = typer.Typer(no_args_is_help=True, help="The secrets that the database keeps sealed, and the secret that seals.")

NEEDED = (
    "set TURNERO_SECRET_KEY to the new secret and TURNERO_SECRET_KEY_BEFORE to the present one, for the servers too, "
    "then run this again"
)


@app.command("rotate")
def rotate() -> None:
    """Seal everything with the present secret. Stop the servers first where it is kept beside an SQLite file: a new one
    is made then."""
    settings = Settings.read(os.environ)
    open_installation(settings, tool=True, begins=False).store.close()
    if secret_before(settings) is None and not succeed_kept(settings):
        fail(NEEDED)
    opened = open_installation(settings, tool=True, begins=False)
    try:
        done, signed = opened.store.write(seals.seal_anew), opened.store.read(seals.signed_keys)
    finally:
        opened.store.close()
    drop_kept_before(settings)
    typer.echo(f"sealed anew: {done}")
    for account, count in signed.items():
        typer.echo(f"keys of {account} to be issued anew, as the secret before had signed them: {count}")
    typer.echo(
        "links to appointments, and what Voki's and Auvious' clients signed in with, have ended; desk logins go on"
    )


@app.command("forget")
def forget(
    yes: Annotated[bool, typer.Option("--yes", help="That what the lost secret sealed may go.")] = False,
) -> None:
    """Go on with the present secret where the one before is lost: webhooks get new secrets, the others are gone."""
    if not yes:
        fail("webhooks get new secrets, second factors and secrets of network files go: say so with --yes")
    opened = open_installation(Settings.read(os.environ), tool=True, begins=False, proven=False)
    try:
        made = opened.store.write(seals.give_up)
    finally:
        opened.store.close()
    for name, secret in made.items():
        typer.echo(f"webhook {name}: secret {secret} (shown once)")
    typer.echo("apply the network files again: sign_in, messages, and headers and secrets of webhooks are gone")

"""`turnero email`: the account's own e-mail."""

import json
import os
import sys
from typing import Annotated

import typer

from qms.services import sender_verification
from qms.services.accounts import account_id
from server.settings import Settings
from server.tool import installation

app = typer.Typer(no_args_is_help=True, help="An account's e-mail: prove that it goes out.")


@app.callback()
def email() -> None:
    """An account's e-mail: prove that it goes out."""


@app.command("verify")
def verify(
    account: Annotated[str, typer.Option("--account", help="The account's slug.")],
    to: Annotated[str, typer.Option("--to", help="Where the code goes; unless said, to the account's owner.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Send a code by e-mail; whoever gets it says it back with Auvious's emails/confirm, within ten minutes."""
    with installation() as store:
        id = store.read(account_id, slug=account)
        address, until = store.write(sender_verification.start, account=id, to=to or None)
    if Settings.read(os.environ).smtp_url is None:
        typer.echo("TURNERO_SMTP_URL is not set: the code waits until it is.", err=True)
    if as_json:
        json.dump({"account": account, "to": address, "expires": until.isoformat().replace("+00:00", "Z")}, sys.stdout)
        sys.stdout.write("\n")
    else:
        typer.echo(f"a code is on its way to {address}, and holds until {until:%Y-%m-%d %H:%M:%S} UTC")

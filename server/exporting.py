"""`turnero export`: the stored network as a network file."""

from pathlib import Path
from typing import Annotated

import typer

from qms.domain.network_file.writer import write_network
from qms.services.accounts import account_id
from qms.services.applying.stored import network_document
from qms.store.tx import Tx
from server.tool import installation


def export(
    account: Annotated[str, typer.Option("--account", help="The account's slug.")],
    file: Annotated[Path | None, typer.Argument(help="Where to write it; else it is printed.", dir_okay=False)] = None,
) -> None:
    """Write an account's network as a network file, without secrets: applied again, it changes nothing."""

    def ask(tx: Tx) -> str:
        return write_network(network_document(tx, account=account_id(tx, slug=account)))

    with installation() as store:
        text = store.read(ask)
    if file is None:
        typer.echo(text, nl=False)
    else:
        file.write_text(text, "utf-8")

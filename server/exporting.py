"""`turnero export`: the stored network as a network file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from qms.domain.network_file.writer import write_network
from qms.services.accounts import account_id
from qms.services.applying.stored import network_document
from qms.services.brand_files import contents
from qms.store.tx import Tx
from server.failing import file_troubles_told
from server.tool import installation


def export(
    account: Annotated[str, typer.Option("--account", help="The account's slug.")],
    file: Annotated[Path | None, typer.Argument(help="Where to write it; else it is printed.", readable=False)] = None,
) -> None:
    """Write an account's network as a network file, without secrets: applied again, it changes nothing.

    What its brand is made of is written beside the file.
    """

    def ask(tx: Tx) -> tuple[str, Mapping[str, bytes]]:
        id = account_id(tx, slug=account)
        return write_network(network_document(tx, account=id)), contents(tx, account=id)

    with installation() as store:
        text, beside = store.read(ask)
    if file is None:
        typer.echo(text, nl=False)
        return
    with file_troubles_told(file):
        file.write_text(text, "utf-8")
    for path, content in ((file.parent / name, content) for name, content in beside.items()):
        with file_troubles_told(path):
            path.write_bytes(content)

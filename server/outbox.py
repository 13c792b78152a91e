"""`turnero outbox`: what people are told by message, what became of it, and sending it again."""

import json
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from qms.domain.message import STATES, Message
from qms.services.accounts import account_id
from qms.services.notification import outbox
from qms.store.tx import Tx
from server.failing import fail
from server.tool import installation

app = typer.Typer(no_args_is_help=True, help="Messages to people: list them, send them again.")

Account = Annotated[str, typer.Option("--account", help="The account's slug.")]
COLUMNS = ("id", "kind", "channel", "recipient", "state", "attempts", "due_at", "error")


@app.command("list")
def list_(
    account: Account,
    state: Annotated[str, typer.Option("--state", help=" | ".join(STATES))] = "",
    appointment: Annotated[str, typer.Option("--appointment", help="Only about this appointment, by id.")] = "",
    limit: int = 50,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List messages, newest first; `--state dead` are those that were given up."""
    if state and state not in STATES:
        fail(f"--state: expected one of {', '.join(STATES)}")

    def ask(tx: Tx) -> list[Message]:
        chosen: dict[str, Any] = {"state": state or None, "appointment": appointment or None}
        return outbox.list_messages(tx, account_id(tx, slug=account), limit=limit, **chosen)

    rows = [outbox.shown(one) for one in _run(ask)]
    if as_json:
        json.dump(rows, sys.stdout, indent=2)
        sys.stdout.write("\n")
        return
    table = Table(*COLUMNS)
    for row in rows:
        table.add_row(*(escape("" if row[name] is None else str(row[name])) for name in COLUMNS))
    Console().print(table)


@app.command()
def resend(account: Account, message: Annotated[str, typer.Argument(help="A message's id.")]) -> None:
    """Send a message once more; one about an appointment only if what it says is still so."""

    def ask(tx: Tx) -> Message:
        return outbox.send_again(tx, account_id(tx, slug=account), id=message)

    again: Message = _run(ask, write=True)
    typer.echo(f"{again.id} to be sent again to {again.recipient}")


def _run(ask: Callable[[Tx], Any], *, write: bool = False) -> Any:
    with installation() as store:
        return store.write(ask) if write else store.read(ask)

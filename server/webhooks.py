"""`turnero webhooks`: what was delivered, what was given up, and sending it again."""

import json
import os
import sys
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from qms.domain.delivery import Delivery, DeliveryState
from qms.domain.errors import Refused
from qms.services import deliveries
from qms.services.accounts import account_id
from qms.store.tx import Tx
from server.failing import fail
from server.opened import open_installation
from server.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Deliveries to webhooks: list them, send them again.")

Account = Annotated[str, typer.Option("--account", help="The account's slug.")]
Webhook = Annotated[str, typer.Option("--webhook", help="Only this webhook, by key or id.")]
State = Annotated[str, typer.Option("--state", help="pending | delivered | dead | withheld")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
STATES = ("pending", "delivered", "dead", "withheld")


@app.command("list")
def list_(account: Account, webhook: Webhook = "", state: State = "", limit: int = 50, as_json: AsJson = False) -> None:
    """List deliveries, newest first; `--state dead` is the dead-letter list."""

    def ask(tx: Tx) -> list[Delivery]:
        id = account_id(tx, slug=account)
        return deliveries.list_deliveries(tx, id, state=_state(state), webhook=webhook or None, limit=limit)

    rows = [_row(delivery) for delivery in _run(ask)]
    if as_json:
        json.dump(rows, sys.stdout, indent=2)
        sys.stdout.write("\n")
        return
    table = Table(*("id", "event", "state", "attempts", "due", "last"))
    for row in rows:
        last = str(row["last_status"] or row["last_error"] or "")
        table.add_row(row["id"], row["event"], row["state"], str(row["attempts"]), row["due_at"], last)
    Console().print(table)


@app.command()
def replay(
    account: Account,
    delivery: Annotated[str, typer.Argument(help="A delivery's id; or use the filters.")] = "",
    webhook: Webhook = "",
    state: State = "dead",
    since: Annotated[str, typer.Option(help="Events from this instant on.")] = "",
    until: Annotated[str, typer.Option(help="Events before this instant.")] = "",
) -> None:
    """Send deliveries again, under the ids they have."""
    if not (delivery or webhook or since or until):
        fail("name a delivery, or some of --webhook, --since, --until")

    def ask(tx: Tx) -> list[str]:
        chosen: dict[str, Any] = {"delivery_id": delivery or None, "webhook": webhook or None}
        times: dict[str, Any] = {"since": _instant("--since", since), "until": _instant("--until", until)}
        return deliveries.replay(tx, account_id(tx, slug=account), state=_state(state) or "dead", **chosen, **times)

    replayed = _run(ask, write=True)
    typer.echo(f"{len(replayed)} to be sent again")
    for id in replayed:
        typer.echo(id)


def _run(ask: Any, *, write: bool = False) -> Any:
    opened = open_installation(Settings.read(os.environ), tool=True)
    try:
        return opened.store.write(ask) if write else opened.store.read(ask)
    except Refused as refused:
        fail(str(refused))
    finally:
        opened.store.close()


def _state(text: str) -> DeliveryState | None:
    if text and text not in STATES:
        fail(f"--state: expected one of {', '.join(STATES)}")
    return text or None  # type: ignore[return-value]


def _instant(name: str, text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        fail(f"{name}: expected an instant such as 2027-01-01T00:00:00Z, not {text!r}")
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _row(delivery: Delivery) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "webhook": delivery.webhook_id,
        "event": delivery.event,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "at": delivery.at.isoformat(),
        "due_at": delivery.due_at.isoformat(),
        "last_status": delivery.last_status,
        "last_error": delivery.last_error,
    }

"""`turnero webhooks`: what was delivered, what was given up, sending it again; switching on and off; secrets."""

import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from qms.domain.audit import OPERATOR
from qms.domain.delivery import STATES, Delivery, DeliveryState
from qms.domain.errors import Refused
from qms.domain.network import Custom
from qms.domain.network_file.custom import check_templates
from qms.services import deliveries, webhooks
from qms.services.accounts import account_id
from qms.store.tx import Tx
from qms.web.playground import Trial
from qms_gateway.dialects.videsk.playground import try_out
from server.failing import fail, file_troubles_told
from server.instants import instant
from server.tool import installation

app = typer.Typer(no_args_is_help=True, help="Deliveries to webhooks: list them, send them again.")

Account = Annotated[str, typer.Option("--account", help="The account's slug.")]
Webhook = Annotated[str, typer.Option("--webhook", help="Only this webhook, by key or id.")]
Key = Annotated[str, typer.Argument(help="The webhook's key or id.")]
State = Annotated[str, typer.Option("--state", help="pending | delivered | dead | withheld")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


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
        times: dict[str, Any] = {"since": instant("--since", since), "until": instant("--until", until)}
        return deliveries.replay(tx, account_id(tx, slug=account), state=_state(state) or "dead", **chosen, **times)

    replayed = _run(ask, write=True)
    typer.echo(f"{len(replayed)} to be sent again")
    for id in replayed:
        typer.echo(id)


@app.command()
def attempts(account: Account, delivery: Annotated[str, typer.Argument(help="A delivery's id.")]) -> None:
    """Show what was tried for a delivery: when, status or error, milliseconds, how the answer began."""
    tried = _run(lambda tx: deliveries.list_attempts(tx, account_id(tx, slug=account), delivery))
    table = Table(*("number", "at", "came of it", "ms", "answer"))
    for one in tried:
        row = (str(one.number), one.at.isoformat(), str(one.error or one.status), str(one.duration_ms))
        table.add_row(*row, escape(one.excerpt or ""))
    Console().print(table)


@app.command()
def test(account: Account, webhook: Key) -> None:
    """Send a webhook an event that says that nothing has happened; prints the delivery's id."""
    typer.echo(
        _run(
            lambda tx: deliveries.send_test(tx, account_id(tx, slug=account), webhook=webhook, by=OPERATOR), write=True
        )
    )


@app.command()
def enable(account: Account, webhook: Key) -> None:
    """Tell a disabled webhook again what happens from now on."""
    _run(lambda tx: webhooks.enable(tx, account=account_id(tx, slug=account), webhook=webhook), write=True)


@app.command()
def disable(account: Account, webhook: Key) -> None:
    """Tell a webhook nothing more; what waits for it is given up."""
    reason = "switched off by hand"
    _run(
        lambda tx: webhooks.disable(tx, account=account_id(tx, slug=account), webhook=webhook, reason=reason),
        write=True,
    )


@app.command()
def rotate(
    account: Account,
    webhook: Key,
    overlap_hours: Annotated[float, typer.Option(help="So long the secret before counts too.")] = 24,
) -> None:
    """Give a webhook a new secret, and print it."""
    overlap = timedelta(hours=overlap_hours)
    typer.echo(
        _run(
            lambda tx: webhooks.rotate(tx, account=account_id(tx, slug=account), webhook=webhook, overlap=overlap),
            write=True,
        )
    )


@app.command()
def render(
    body: Annotated[Path, typer.Argument(help="A file with the template of a body.", readable=False)],
    event: Annotated[str, typer.Option(help="The event that it is tried on.")] = "qms.assigned",
    data: Annotated[Path | None, typer.Option(help="Its data, as JSON.", readable=False)] = None,
    content_type: Annotated[str, typer.Option(help="What the body is.")] = "application/json",
    show_data: Annotated[bool, typer.Option("--show-data", help="Print what templates can say instead.")] = False,
) -> None:
    """Print what a template makes of a sample event; nothing is sent."""
    custom, headers = Custom(body=_text(body)), {"Content-Type": content_type}
    url = "https://receiver.example/hook"
    if (wrong := check_templates(url, headers, custom)) is not None:
        fail(": ".join(wrong))
    try:
        given = json.loads(_text(data)) if data is not None else None
        trial = Trial(event=event, url=url, custom=custom, headers=headers, data=given)
        tried = try_out(trial, datetime.now(UTC))
    except json.JSONDecodeError as broken:
        fail(f"{data}:{broken.lineno}: not JSON: {broken.msg}")
    except (Refused, ValueError) as refused:
        fail(str(refused))
    if tried.problem is not None:
        fail(tried.problem)
    typer.echo(json.dumps(tried.data, indent=2, ensure_ascii=False) if show_data else tried.body)


def _text(file: Path) -> str:
    with file_troubles_told(file):
        return file.read_text("utf-8")


def _run(ask: Any, *, write: bool = False) -> Any:
    with installation() as store:
        return store.write(ask) if write else store.read(ask)


def _state(text: str) -> DeliveryState | None:
    if text and text not in STATES:
        fail(f"--state: expected one of {', '.join(STATES)}")
    return text or None


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

"""`turnero audit`: who did what, and whether the log of it is what was written."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, TypeVar

import typer

from qms.domain.audit import Head
from qms.services import auditing
from qms.services.accounts import account_id
from qms.store.columns import compact
from qms.store.tx import Tx
from server.failing import fail
from server.tool import installation

app = typer.Typer(no_args_is_help=True, help="The audit log: list it, verify it.")
R = TypeVar("R")

Account = Annotated[str, typer.Option("--account", help="The account's slug.")]


@app.command("list")
def list_(
    account: Account,
    action: Annotated[str, typer.Option("--action", help="Only what begins so, such as login or person.")] = "",
    limit: int = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List what was done, the newest first."""
    found = _ask(lambda tx: auditing.listed(tx, account=account_id(tx, slug=account), action=action, limit=limit))
    if as_json:
        json.dump([{**asdict(one), "at": one.at.isoformat()} for one in found], sys.stdout, indent=2)
        sys.stdout.write("\n")
        return
    for one in found:
        when = one.at.isoformat(timespec="seconds")
        typer.echo(f"{one.seq}  {when}  {one.actor}  {one.action}  {one.object}  {compact(one.data)}")


@app.command("verify")
def verify(
    account: Account,
    head: Annotated[
        str, typer.Option("--head", help="A head that an earlier run printed: the log must go on from it.")
    ] = "",
) -> None:
    """Read the log from its beginning, and name the first row that is not what was written. Prints the head."""
    kept = _head(head)
    finding = _ask(lambda tx: auditing.verify(tx, account=account_id(tx, slug=account), kept=kept))
    if finding.broken is not None:
        fail(f"broken at row {finding.broken.seq}: {finding.broken.what}; the {finding.rows} before it are right")
    typer.echo(f"{finding.rows} rows, whole; head {finding.head.seq}:{finding.head.hash}")


def _head(text: str) -> Head | None:
    if not text:
        return None
    seq, _, hash = text.partition(":")
    if not seq.isdecimal() or not hash:
        fail("--head: expected what an earlier run printed, such as 12:0a1b…")
    return Head(seq=int(seq), hash=hash)


def _ask(ask: Callable[[Tx], R]) -> R:
    with installation() as store:
        return store.read(ask)

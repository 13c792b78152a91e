"""`turnero login`: who is signed in, ending that, and letting somebody in again."""

import json
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from qms.domain.audit import OPERATOR
from qms.services import one_time_passwords, own_logins
from qms.services.accounts import account_id
from qms.store.store import Store
from qms.store.tx import Tx
from qms.web.hashing import Argon2
from server.tool import installation

app = typer.Typer(no_args_is_help=True, help="Logins of people: list and end them, give a one-time password.")

Account = Annotated[str, typer.Option("--account", help="The account's slug.")]
AgentKey = Annotated[str, typer.Option("--agent", help="The agent's key.")]


@app.command("list")
def list_(
    account: Account,
    agent: AgentKey = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the logins that go on, the newest first."""

    def ask(tx: Tx) -> list[dict[str, Any]]:
        id = account_id(tx, slug=account)
        agents = tx.network(id).agents
        found = own_logins.going_on(tx, account=id, agent=agents.find(agent).id if agent else None)
        keys = {one.id: one.key for one in agents.values()}
        return [
            {
                "id": one.id,
                "agent": keys.get(one.agent_id),
                "kind": one.kind,
                "since": one.created_at.isoformat(timespec="seconds"),
                "until": one.expires_at.isoformat(timespec="seconds"),
            }
            for one in found
        ]

    rows = _with(lambda store: store.read(ask))
    if as_json:
        json.dump(rows, sys.stdout, indent=2)
        sys.stdout.write("\n")
        return
    for row in rows:
        typer.echo("  ".join(str(value) for value in row.values()))


@app.command("end")
def end(account: Account, login: Annotated[str, typer.Argument(help="A login's id.")]) -> None:
    """End a login; its tokens and sockets are dead within a second."""
    _with(
        lambda store: store.write(
            lambda tx: own_logins.end(tx, account=account_id(tx, slug=account), id=login, by=OPERATOR)
        )
    )


@app.command("end-all")
def end_all(account: Account, agent: AgentKey) -> None:
    """End every login of an agent."""

    def ask(tx: Tx) -> int:
        id = account_id(tx, slug=account)
        return own_logins.end_all(tx, account=id, agent=tx.network(id).agents.find(agent).id, by=OPERATOR)

    typer.echo(f"ended: {_with(lambda store: store.write(ask))}")


@app.command("password")
def password(account: Account, agent: AgentKey) -> None:
    """Print a one-time password for an agent, who then chooses his own; his logins and second factor end."""
    text = one_time_passwords.new()
    kept = Argon2().hash(text)

    def ask(tx: Tx) -> None:
        id = account_id(tx, slug=account)
        one_time_passwords.let_in_again(tx, agent=tx.network(id).agents.find(agent), password_hash=kept)

    _with(lambda store: store.write(ask))
    typer.echo(f"one-time password of {agent}: {text}")


def first_passwords(store: Store, account: str) -> dict[str, str]:
    """A one-time password for every administrator of an account who has none; by key."""
    id = store.read(account_id, slug=account)
    given = {}
    for one in store.read(one_time_passwords.without, account=id):
        text = given[one.key] = one_time_passwords.new()
        store.write(one_time_passwords.give, agent=one, password_hash=Argon2().hash(text))
    return given


def _with(ask: Callable[[Store], Any]) -> Any:
    with installation() as store:
        return ask(store)

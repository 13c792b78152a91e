"""`turnero token`: keys for vendors' programs and clients."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from qms.domain.access import SCOPES
from qms.services import clients, keys, program_keys
from qms.services.accounts import account_id
from qms.store.store import Store
from server.failing import fail
from server.instants import instant
from server.secret import secret_of
from server.settings import Settings
from server.tool import installation

KINDS = (*keys.KINDS, "client", program_keys.KIND)


def token(
    account: Annotated[str, typer.Option("--account", help="The account's slug.")],
    kind: Annotated[str, typer.Option("--kind", help=" | ".join(KINDS))] = "",
    expires: Annotated[str, typer.Option("--expires", help="An instant such as 2027-01-01T00:00:00Z.")] = "",
    roles: Annotated[str, typer.Option("--roles", help="A client's roles: ROLE_AGENT,ROLE_SUPERVISOR,…")] = "",
    application: Annotated[str, typer.Option("--application", help="A client's application, by key or id.")] = "",
    agent: Annotated[str, typer.Option("--agent", help="Binds a ROLE_AGENT client to this agent.")] = "",
    scopes: Annotated[str, typer.Option("--scopes", help=f"A program's: {', '.join(SCOPES)}")] = "",
    branches: Annotated[str, typer.Option("--branches", help="A program's: only these, by key.")] = "",
    addresses: Annotated[str, typer.Option("--addresses", help="Only from these: 192.0.2.7,10.0.0.0/8")] = "",
    label: Annotated[str, typer.Option("--label", help="What a program's key is for.")] = "",
    rotate: Annotated[str, typer.Option("--rotate", help="Replace the program's key with this id.")] = "",
    overlap_hours: Annotated[float, typer.Option("--overlap-hours", help="So long the old one holds too.")] = 24,
    show: Annotated[bool, typer.Option("--list", help="List the account's keys.")] = False,
    revoke: Annotated[str, typer.Option("--revoke", help="Revoke the key with this id.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Issue, list or revoke an account's keys. A token or secret is shown this once."""
    good_for: dict[str, Any] = {"expires_at": instant("--expires", expires), "addresses": _list(addresses)}
    with installation() as store:
        id = store.read(account_id, slug=account)
        if show:
            answer: Any = [_listed(key) for key in store.read(keys.list_keys, account=id)]
        elif revoke:
            store.write(keys.revoke_key, account=id, id=revoke)
            answer = {"id": revoke, "revoked": True}
        elif rotate:
            overlap = timedelta(hours=overlap_hours)
            answer = _told(store.write(program_keys.rotate, account=id, id=rotate, overlap=overlap))
        elif kind == "client":
            whose = {"application": application, "agent": agent}
            answer = _client(store, account, id, roles=_list(roles), **whose, **good_for)
        elif kind == program_keys.KIND:
            wish = program_keys.Wish(label=label, scopes=_list(scopes), branches=_list(branches), **good_for)
            answer = _told(store.write(program_keys.issue, account=id, wish=wish))
        elif kind in keys.KINDS:
            secret = secret_of(Settings.read(os.environ))
            answer = _told(store.write(keys.issue_key, account=id, kind=kind, secret=secret, **good_for))
        else:
            fail(f"--kind: expected one of {', '.join(KINDS)}")
    _print(answer, as_json=as_json)


def _told(key: keys.IssuedKey) -> dict[str, Any]:
    named = {"id": key.id, "kind": key.kind, "account": key.account, "token": key.token}
    return {**named, "expires": _spelled(key.expires)}


def _client(store: Store, slug: str, account: str, *, roles: list[str], **more: Any) -> dict[str, Any]:
    if not roles:
        fail(f"--roles: expected some of {', '.join(clients.ROLES)}")
    made = store.write(clients.issue_client, account=account, roles=roles, **more)
    answer = {"id": made.id, "kind": "client", "account": slug, "client_id": made.client_id}
    return {**answer, "client_secret": made.client_secret, "roles": roles}


def _listed(key: keys.ApiKey) -> dict[str, Any]:
    return {
        "id": key.id,
        "kind": key.kind,
        "roles": list(key.roles),
        "created": _spelled(key.created_at),
        "expires": _spelled(key.expires_at),
        "revoked": _spelled(key.revoked_at),
        "label": key.label or None,
        "addresses": list(key.addresses),
        "replaced_by": key.replaced_by,
    }


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _spelled(at: datetime | None) -> str | None:
    """An instant as one may give it back: ISO 8601 in UTC."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _print(answer: Mapping[str, Any] | list[Mapping[str, Any]], *, as_json: bool) -> None:
    if as_json:
        json.dump(answer, sys.stdout, indent=2)
        sys.stdout.write("\n")
        return
    rows = answer if isinstance(answer, list) else [answer]
    if rows:
        typer.echo("\n\n".join("\n".join(_lines(row)) for row in rows))


def _lines(row: Mapping[str, Any]) -> Iterator[str]:
    for name, value in row.items():
        if value is not None and value != []:
            yield f"{name}: {', '.join(value) if isinstance(value, list) else value}"

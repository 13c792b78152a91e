"""`turnero person`: what is kept of a person, handed out or erased."""

import json
import os
import sys
from typing import Annotated, Any

import typer

from qms.domain.audit import OPERATOR
from qms.domain.errors import NotFound
from qms.services.accounts import account_id
from qms.services.privacy import erasures, people
from qms.services.privacy.finding import Who
from qms.store.scrubbing import scrub
from qms.store.store import Store
from qms.store.tx import Tx
from server.archivists import archivist_of
from server.failing import fail
from server.settings import Settings
from server.tool import installation

app = typer.Typer(no_args_is_help=True, help="A person's data: export it, erase it.")

Account = Annotated[str, typer.Option("--account", help="The account's slug.")]
Email = Annotated[str, typer.Option("--email", help="The person's e-mail address.")]
Phone = Annotated[str, typer.Option("--phone", help="The person's telephone number.")]
Customer = Annotated[str, typer.Option("--customer", help="The customer's id.")]


@app.command("export")
def export(account: Account, email: Email = "", phone: Phone = "", customer: Customer = "") -> None:
    """Print all that is kept of a person, as JSON."""
    found, _ = _do(people.export, account, email, phone, customer)
    json.dump(found, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


@app.command("erase")
def erase(account: Account, email: Email = "", phone: Phone = "", customer: Customer = "") -> None:
    """Take a person out of everything; what is counted stays. His visits and appointments have to be over."""
    erased, clean = _do(people.erase, account, email, phone, customer)
    typer.echo(
        "erased: " + (", ".join(f"{table} {rows}" for table, rows in erased.items()) or "nothing but in archives")
    )
    if not clean:
        typer.echo("somebody reads the database: run this again with nobody at work to clean its log too", err=True)


def _do(service: Any, account: str, email: str, phone: str, customer: str) -> tuple[dict[str, Any], bool]:
    """What the service says, and, where it erases, whether the files are clean."""

    def ask(tx: Tx) -> dict[str, Any]:
        who = Who(email=email, phone=phone, customer=customer)
        done: dict[str, Any] = service(tx, account=account_id(tx, slug=account), who=who, by=OPERATOR)
        return done

    with installation() as store:
        try:
            done = store.write(ask)
        except NotFound as none:
            fail("nothing is kept of this person" if none.kind == "person" else str(none))
        if service is not people.erase:
            return done, True
        _erase_in_archives(store)
        return done, scrub(store.engine)


def _erase_in_archives(store: Store) -> None:
    """Take him out of the archives too, or say who will."""
    archivist = archivist_of(Settings.read(os.environ), store)
    if archivist is not None:
        for _ in archivist.erase():
            pass
    elif store.read(erasures.next_one) is not None:
        typer.echo("TURNERO_ARCHIVE_FOLDER is not set: he goes from archives where it is, within a minute", err=True)

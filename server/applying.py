"""`turnero apply`: make the database be what a network file says."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.markup import escape

from qms.domain.errors import Invalid, Refused
from qms.domain.network_file import NetworkFile, NetworkFileErrors, read_network
from qms.services.almanac import WORLD
from qms.services.applying import Applied, DryRun, apply_network, known_hashes, password_hashes
from qms.services.applying.apply import domains_of
from qms.services.brand_files import checked, missing, put_up_beside
from qms.store.store import Store
from qms.web.hashing import Argon2
from server.failing import fail, file_troubles_told
from server.opened import is_begun, open_installation
from server.people import first_passwords
from server.settings import Settings


def apply(
    file: Annotated[Path, typer.Argument(help="The network file (TOML).", readable=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print what would change.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Retire what the file does not mention.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print ids, tokens and secrets as JSON.")] = False,
) -> None:
    """Apply a network file: idempotent, whole or not at all."""
    network = _read(file)
    beside = files_beside(file, network)
    with _store(Settings.read(os.environ), dry_run=dry_run) as store:
        try:
            applied = apply_to(store, network, prune=prune, dry_run=dry_run)
            if not dry_run:
                _tell_of_files(store, network.account.slug, beside)
            first = {} if dry_run else first_passwords(store, network.account.slug)
        except Refused as refused:
            fail(f"{file}: {refused}")
    _remark(applied, network.filename)
    for key, password in first.items():
        typer.echo(f"one-time password of {key}, who chooses another with it: {password} (shown once)", err=True)
    if as_json:
        json.dump(applied.as_json(), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        _print(applied, dry_run=dry_run)


@contextmanager
def _store(settings: Settings, *, dry_run: bool) -> Iterator[Store]:
    """The installation's store, which is begun here; a dry run that finds none has one that is thrown away."""
    with ExitStack() as until_done:
        if dry_run and not is_begun(settings):
            scratch = until_done.enter_context(TemporaryDirectory(prefix="turnero-"))
            settings = msgspec.structs.replace(settings, database_url=f"sqlite:///{scratch}/scratch.db")
        opened = open_installation(settings, tool=True)
        until_done.callback(opened.store.close)
        yield opened.store


def _read(file: Path) -> NetworkFile:
    try:
        return read_network(file.read_text("utf-8"), str(file), WORLD)
    except OSError as error:
        fail(f"{file}: {error.strerror}")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        fail(f"{file}:{line}: not TOML: the text is not UTF-8")
    except NetworkFileErrors as errors:
        fail(str(errors))


def files_beside(file: Path, network: NetworkFile) -> Mapping[str, bytes]:
    """The logos and letters that the brands of a network file name, as far as they lie in its folder."""
    brands = (network.account.brand, *(branch.brand for branch in network.branches))
    paths = {name: file.parent / name for brand in brands for name in brand.files}
    found = {name: _content(path) for name, path in paths.items() if path.is_file()}
    for name, content in found.items():
        try:
            checked(name, content)
        except Invalid as wrong:
            fail(f"{paths[name]}: {wrong}")
    return found


def _content(file: Path) -> bytes:
    with file_troubles_told(file):
        return file.read_bytes()


def apply_to(store: Store, network: NetworkFile, *, prune: bool = False, dry_run: bool = False) -> Applied:
    """Apply a network file through a store; passwords are hashed before the transaction.

    Raises:
        Refused: it contradicts what another account has.
    """
    slug = network.account.slug
    hashes = password_hashes(network, store.read(known_hashes, slug=slug), Argon2())
    domains = store.read(domains_of, slug=slug)
    try:
        return store.write(apply_network, domain=domains, file=network, hashes=hashes, prune=prune, dry_run=dry_run)
    except DryRun as dry:
        return dry.applied


def _tell_of_files(store: Store, slug: str, beside: Mapping[str, bytes]) -> None:
    """Put the brand's files up, and say which of them are new and which are nowhere."""
    for name in store.write(put_up_beside, slug=slug, files=beside):
        typer.echo(f"put up for the brand: {name}", err=True)
    for name in store.read(missing, slug=slug):
        typer.echo(f"the brand goes without {name}: it lies neither beside the file nor was it put up", err=True)


def _remark(applied: Applied, filename: str) -> None:
    """What is worth a second look, on standard error, so that the rest can be read by programs."""
    out = Console(stderr=True, highlight=False, soft_wrap=True)
    for warning in applied.warnings:
        out.print(f"[yellow]warning[/] {escape(warning.text(filename))}")
    for kind, key in applied.unmentioned:
        out.print(f"[dim]not in the file, left as it is (retire with --prune): {kind} {escape(key)}[/]")


def _print(applied: Applied, *, dry_run: bool) -> None:
    out = Console(highlight=False, soft_wrap=True)
    marks = {"add": "[green]+[/]", "change": "[yellow]~[/]", "retire": "[red]-[/]", "restore": "[green]+[/]"}
    if applied.changes:  # at once: of a country there are tens of thousands
        out.print("\n".join(f"{marks[change.action]} {escape(str(change))}" for change in applied.changes))
    else:
        out.print("nothing to change")
    if applied.changes and dry_run:
        out.print(f"{len(applied.changes)} changes would be made (dry run)")
    for kind, secrets in applied.secrets.items():
        for key, secret in secrets.items():
            out.print(f"{kind} {escape(key)}: secret {secret} (shown once)")

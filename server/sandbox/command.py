"""`turnero sandbox`: start one; `turnero sandbox check`: hold both sides to the contract."""

import asyncio
import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from aiohttp import web
from msgspec.structs import replace

from qms.domain.network_file import NetworkFile, NetworkFileErrors, read_network
from qms.services import clients, keys
from qms.services.almanac import WORLD
from qms.store.store import Store
from server import logs, serving
from server.applying import apply_to
from server.failing import fail, file_troubles_told
from server.opened import open_installation
from server.sandbox.agents import NAMES, PASSWORD, Agents
from server.sandbox.contract import Part, check_contract
from server.sandbox.particulars import FILE, SECRET, Particulars
from server.secret import secret_of
from server.settings import Settings
from server.wiring import EVENT_NAMES

AGENTS: web.AppKey["asyncio.Task[None]"] = web.AppKey("sandbox_agents")
APPLICATION = "sandbox"
LOOPBACK = "127.0.0.0/8,::1/128"

app = typer.Typer(no_args_is_help=False, help="A branch with a fast clock to test a vendor's client against.")
Where = Annotated[
    Path, typer.Option("--file", help="Where addresses and keys are written, and read by check.", readable=False)
]


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    webhook: Annotated[str, typer.Option(help="Where its webhooks go.")] = "http://127.0.0.1:8090/hook",
    rate: Annotated[float, typer.Option(help="Seconds of its time per second.", min=1, max=1000)] = 60,
    begin: Annotated[str, typer.Option(help="Its time when it starts first.")] = "2026-03-02T09:00:00Z",
    file: Where = FILE,
) -> None:
    """Serve a branch where agents answer everybody, on a clock of its own."""
    if context.invoked_subcommand is not None:
        return
    settings, network = _settings(f"{begin}*{rate:g}"), _network(webhook)
    with file_troubles_told(file):
        Particulars.require_place(file)
    logs.configure(settings.log_level)
    opened = open_installation(settings, event_names=EVENT_NAMES)
    particulars = _particulars(opened.store, network, webhook, secret_of(settings))

    def ready(app: web.Application, address: str) -> None:
        def staffed() -> None:
            replace(particulars, url=settings.public_url or address).write(file)
            typer.echo(f"written: {file}\nwebhooks go to {webhook}, signed with {SECRET}")

        app[AGENTS] = asyncio.create_task(Agents(address, opened.clock.rate, staffed).work())

    try:
        serving.run(opened, ready=ready)
    finally:
        opened.store.close()


@app.command()
def check(
    url: Annotated[str | None, typer.Argument(help="The sandbox, if it is not where the file says.")] = None,
    receiver: Annotated[str | None, typer.Option(help="A receiver of webhooks to try, too.")] = None,
    only: Annotated[list[Part] | None, typer.Option(help="Only this part of the contract; may be repeated.")] = None,
    file: Where = FILE,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Go the ways of tickets and appointments as the contract has them; exits 0 where all is as it says."""
    try:
        told = Particulars.read(file)
    except OSError as error:
        fail(f"{file}: {error.strerror}; turnero sandbox writes it")
    except ValueError as error:
        fail(f"{file}: {error}; turnero sandbox writes it")
    findings = asyncio.run(check_contract(told, url or told.url, receiver, only or tuple(Part)))
    if as_json:
        typer.echo(json.dumps([finding.as_json() for finding in findings], indent=2))
    else:
        for finding in findings:
            typer.echo(str(finding))
    raise typer.Exit(1 if any(finding.failed for finding in findings) else 0)


def _settings(clock: str) -> Settings:
    """The settings of the environment; what it does not say is as a sandbox needs it."""
    defaults = {
        "TURNERO_DATABASE_URL": "sqlite:///turnero-sandbox.db",
        "TURNERO_CLOCK": clock,
        "TURNERO_LOG_LEVEL": "warning",
        "TURNERO_RATE_LIMIT": "0",
        "TURNERO_WEBHOOK_ALLOW_CIDRS": LOOPBACK,
    }
    return Settings.read({**defaults, **os.environ})


def _network(webhook: str) -> NetworkFile:
    """The sandbox's network, with its webhooks going there."""
    try:
        return read_network(network_of(webhook), "network.toml", WORLD)
    except NetworkFileErrors:
        fail(f"--webhook: expected an http or https address, found {webhook!r}")


def _particulars(store: Store, network: NetworkFile, webhook: str, secret: bytes) -> Particulars:
    """Apply the sandbox's network and issue its keys: all that a client has to know but the address."""
    apply_to(store, network)
    account, ids = network.account, {queue.key: queue.id for queue in network.queues}
    key = store.write(keys.issue_key, account=account.id, kind="backend", expires_at=None, secret=secret)
    client = store.write(
        clients.issue_client, account=account.id, roles=["ROLE_CLIENT_SERVICE"], application=APPLICATION
    )
    return Particulars(
        url="",
        key=key.token,
        branch=network.branches[0].id,
        queue=ids["advice"],
        unstaffed_queue=ids["nobody"],
        service=network.services[0].id,
        application=APPLICATION,
        client_id=client.client_id,
        client_secret=client.client_secret,
        tenant=account.slug,
        email=f"{NAMES[0]}@sandbox.example",
        password=PASSWORD,
        webhook_url=webhook,
    )


def network_of(webhook: str) -> str:
    """The sandbox's network file, with a webhook that tells all."""
    text = files("server.sandbox").joinpath("network.toml").read_text("utf-8")
    hook = {"key": "vendor", "url": webhook, "dialect": "videsk", "secret": SECRET}
    lines = [f"{name} = {json.dumps(value)}" for name, value in hook.items()]
    return "\n".join([text, "[[webhook]]", *lines, 'events = ["qms.assigned"]', ""])

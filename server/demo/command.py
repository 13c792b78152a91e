"""`turnero demo`: a living branch in one command."""

import asyncio
import os
from collections.abc import Mapping
from importlib.resources import files
from typing import Annotated

import typer
from aiohttp import web
from rich.console import Console

from qms.domain.network_file import read_network
from qms.services import keys, one_time_passwords
from qms.services.almanac import WORLD
from server import logs, serving
from server.applying import apply_to
from server.demo.people import People
from server.opened import open_installation
from server.secret import secret_of
from server.settings import Settings
from server.wiring import EVENT_NAMES

DEFAULTS: Mapping[str, str] = {"TURNERO_DATABASE_URL": "sqlite:///turnero-demo.db", "TURNERO_LOG_LEVEL": "warning"}
PLACEHOLDER = "turnero-demo"
"""What stands in the network file for a password that is made anew each time."""

PEOPLE: web.AppKey["asyncio.Task[None]"] = web.AppKey("people")


def demo(
    empty: Annotated[bool, typer.Option("--empty", help="Without simulated visitors and agents.")] = False,
    password: Annotated[str, typer.Option("--password", help="Of everybody at the desks; a new one if absent.")] = "",
) -> None:
    """Serve a demo network with simulated people, and print every address."""
    settings = Settings.read({**DEFAULTS, **os.environ})
    logs.configure(settings.log_level)
    opened = open_installation(settings, event_names=EVENT_NAMES)
    text = files("server.demo").joinpath("network.toml").read_text("utf-8")
    password = password or one_time_passwords.new()
    network = read_network(text.replace(PLACEHOLDER, password), "network.toml", WORLD)
    apply_to(opened.store, network)
    key = opened.store.write(
        keys.issue_key, account=network.account.id, kind="backend", expires_at=None, secret=secret_of(settings)
    )
    queue = next(queue.id for queue in network.queues if queue.key == "advice")

    def ready(app: web.Application, address: str) -> None:
        _print_addresses(settings.public_url or address, key.token, queue, password)
        if not empty:
            app[PEOPLE] = asyncio.create_task(People(address, key.token, password).live())

    try:
        serving.run(opened, ready=ready)
    finally:
        opened.store.close()


def _print_addresses(address: str, token: str, queue: str, password: str) -> None:
    out = Console(highlight=False, soft_wrap=True)
    rows = [
        ("Lobby screen, Downtown", f"{address}/screens/demo-downtown-lobby"),
        ("Lobby screen, Riverside", f"{address}/screens/demo-riverside-lobby"),
        ("Kiosk, Downtown", f"{address}/kiosk/demo-downtown-door"),
        ("Kiosk, Riverside", f"{address}/kiosk/demo-riverside-door"),
        ("Booking page", f"{address}/book/demo"),
        ("Desk", f"{address}/desk?account=demo   (you@demo.example, password {password})"),
        ("Board, reports, devices", f"{address}/supervisor   {address}/reports   {address}/admin/devices"),
        ("Administration", f"{address}/admin"),
        ("Interfaces, health", f"{address}/docs   {address}/readyz   {address}/version"),
    ]
    out.print("\n[bold]Harbour Bank is open.[/]\n")
    for name, where in rows:
        out.print(f"  {name:<26}{where}")
    out.print("\n  A vendor's ticket, in the Videsk dialect:\n")
    out.print(
        f"  curl -X POST {address}/public/video-contact-center/branches/downtown/queues/{queue} "
        f"-H 'Authorization: Bearer {token}' -H 'Content-Type: application/json' -d '{{\"ticketId\": \"V-777\"}}'",
        markup=False,
    )
    out.print("\n  Ctrl-C ends it.\n")

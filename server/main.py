"""The command line `turnero`. Only the module of the command that was asked for is loaded: starting is quick."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from qms.domain.errors import Unavailable
from server.setting_forms import SettingsError
from server.settings import Settings

if TYPE_CHECKING:
    import typer

ABOUT = "Turnero: queues, agents, screens and bookings."

COMMANDS: Mapping[str, str] = {
    "serve": "server.serving:serve",
    "demo": "server.demo.command:demo",
    "sandbox": "server.sandbox.command:app",
    "apply": "server.applying:apply",
    "export": "server.exporting:export",
    "schema": "server.schema:schema",
    "token": "server.tokens:token",
    "login": "server.people:app",
    "secrets": "server.sealing:app",
    "person": "server.privacy:app",
    "audit": "server.auditing:app",
    "migrate": "server.migrating:migrate",
    "doctor": "server.doctoring:doctor",
    "backup": "server.backing_up:backup",
    "restore": "server.restoring:restore",
    "archive": "server.archiving:app",
    "simulate": "server.rehearsing.simulate:simulate",
    "forecast-score": "server.forecasting:forecast_score",
    "forecast-report": "server.forecasting:forecast_report",
    "staffing": "server.rehearsing.staffing:staffing",
    "webhooks": "server.webhooks:app",
    "email": "server.emails:app",
    "outbox": "server.outbox:app",
    "display": "server.display.command:display",
    "openapi": "server.openapi:openapi",
    "version": "server.versioning:version",
}
"""Command → where it is; a typer application has commands of its own."""

POLICIES: Mapping[str, str] = {
    "serve": "operate",
    "demo": "operate",
    "sandbox": "operate",
    "apply": "operate",
    "export": "operate",
    "schema": "compute",
    "token": "operate",
    "login": "operate",
    "secrets": "operate",
    "person": "operate",
    "audit": "operate",
    "migrate": "operate",
    "doctor": "operate",
    "backup": "operate",
    "restore": "operate",
    "archive": "operate",
    "simulate": "compute",
    "forecast-score": "compute",
    "forecast-report": "operate",
    "staffing": "compute",
    "webhooks": "operate",
    "email": "operate",
    "outbox": "operate",
    "display": "compute",
    "openapi": "compute",
    "version": "compute",
}
"""Command → the permission that it takes: all are an operator's, some touch no installation."""


def command_line(arguments: Sequence[str]) -> typer.Typer:
    """The command line with the command that was asked for, or with all where none was (for help)."""
    import typer

    app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=ABOUT)
    app.callback()(lambda: None)  # keeps a lone command's name on the line
    asked = [name for name in arguments[:1] if name in COMMANDS]
    for name in asked or COMMANDS:
        module, _, attribute = COMMANDS[name].partition(":")
        found = getattr(import_module(module), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    return app


def asked(arguments: Sequence[str]) -> Callable[[], None]:
    """What was asked for. `serve`, which takes no options, starts sooner without what reads them."""
    if list(arguments) == ["serve"]:
        from server.serving import serve

        return serve
    return command_line(arguments)


def main() -> None:
    """Run the command line; a wrong setting, or a database that does not answer, is told in one line."""
    try:
        Settings.read(os.environ)
        gc.disable()  # what is loaded stays
        run = asked(sys.argv[1:])
        gc.enable()
        run()
    except (SettingsError, Unavailable) as error:
        first, *_ = str(error).splitlines()
        print(f"turnero: {first}", file=sys.stderr)
        raise SystemExit(2 if isinstance(error, SettingsError) else 1) from None


if __name__ == "__main__":
    main()

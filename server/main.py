"""The command line `turnero`."""

import os
from importlib import metadata

import typer

from server import applying, doctoring, serving, tokens, webhooks
from server.demo import command as demo
from server.settings import Settings, SettingsError

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help="Turnero: queues, agents, screens and bookings.")
app.command("serve")(serving.serve)
app.command("demo")(demo.demo)
app.command("apply")(applying.apply)
app.command("token")(tokens.token)
app.command("migrate")(serving.migrate)
app.command("doctor")(doctoring.doctor)
app.add_typer(webhooks.app, name="webhooks")


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(metadata.version("turnero"))


def main() -> None:
    """Run the command line; a wrong setting is told in one line."""
    try:
        Settings.read(os.environ)
        app()
    except SettingsError as error:
        typer.echo(f"turnero: {error}", err=True)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()

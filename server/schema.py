"""`turnero schema`: the network file's format for editors."""

import json

import typer

from qms.domain.network_file.json_schema import network_schema


def schema() -> None:
    """Print the JSON Schema of the network file, with which an editor completes and checks it."""
    typer.echo(json.dumps(network_schema(), indent=2, ensure_ascii=False))

"""The files that commands are given: what is wrong with one, the command says, and not the parser of options."""

import inspect
from collections.abc import Iterator
from typing import get_args

import pytest
import typer
from typer.models import ParameterInfo

from server.main import command_line


def given_files(app: typer.Typer, name: str) -> Iterator[tuple[str, ParameterInfo]]:
    """What is said of every parameter of the commands that is a file, by command and parameter."""
    commands = [one.callback for one in (*app.registered_commands, app.registered_callback) if one is not None]
    for command in filter(None, commands):
        for parameter in inspect.signature(command).parameters.values():
            kind, *said = get_args(parameter.annotation) or (parameter.annotation,)
            if "pathlib.Path" in f"{kind!r}":
                told = said[0] if said and isinstance(said[0], ParameterInfo) else parameter.default
                yield f"{name} {command.__name__} {parameter.name}", told
    for group in app.registered_groups:
        assert group.typer_instance is not None
        yield from given_files(group.typer_instance, f"{name} {group.name}")


FILES = dict(given_files(command_line([]), "turnero"))


def test_the_commands_that_are_given_files_are_found():
    assert {"turnero apply file", "turnero webhooks render data", "turnero forecast_score data"} <= FILES.keys()


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_an_unreadable_one_and_a_folder_end_a_command_alike(name):
    file = FILES[name]

    refused_by_the_parser = [file.exists, not file.file_okay, not file.dir_okay, file.readable, file.writable]

    assert not any(refused_by_the_parser), "it would end with 2, and in other words"

"""The schema for editors: valid itself, silent about files that are right, and right about those that are wrong."""

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from qms.domain.network_file.json_schema import network_schema
from qms.domain.network_file.lines import flatten

ROOT = Path(__file__).parents[3]
FILES = [
    "server/demo/network.toml",
    "server/sandbox/network.toml",
    "tests/bench/network.toml",
    "tests/unit/network/acme.toml",
]


@pytest.fixture(scope="module")
def schema():
    return Draft202012Validator(network_schema())


def test_the_schema_is_one(schema):
    Draft202012Validator.check_schema(network_schema())


@pytest.mark.parametrize("file", FILES)
def test_files_that_can_be_applied_are_right(schema, file):
    read = tomllib.loads(flatten((ROOT / file).read_text("utf-8")))
    written = json.loads(json.dumps(read, default=str))  # to a schema dates are texts

    assert [error.message for error in schema.iter_errors(written)] == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[acount]\nslug = 'x'", "'acount' was unexpected"),
        ("[account]\nslug = 'x'\n[[queue]]\nkey = 'q'\nmod = 'booth'", "'mod' was unexpected"),
        ("[account]\nslug = 'x'\n[[queue]]\nkey = 'q'\nmode = 'both'", "'both' is not one of ['booth', 'counter']"),
        ("[account]\nslug = 'x'\n[[queue]]\nkey = 'q'\nring_seconds = 0", "0 is less than the minimum of 1"),
        ("[account]\nslug = 'x'\n[[queue]]\nname = 'Q'", "'key' is a required property"),
    ],
)
def test_what_is_wrong_is_found(schema, wrong, said):
    assert any(said in error.message for error in schema.iter_errors(tomllib.loads(wrong)))

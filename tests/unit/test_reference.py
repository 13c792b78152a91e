"""The reference says what the code does: settings, options, events, commands."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from qms.domain import errors
from server.main import COMMANDS
from server.settings import Settings
from tools.errors_page import EXAMPLES

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def test_every_setting_is_documented_and_no_other():
    page = (REFERENCE / "settings.md").read_text("utf-8")

    documented = set(re.findall(r"^\| `TURNERO_(\w+)`", page, re.MULTILINE))

    assert documented == {name.upper() for name in Settings.__struct_fields__}


def test_the_generated_pages_are_up_to_date():
    done = subprocess.run(
        [sys.executable, ROOT / "tools/reference.py", "--check"], capture_output=True, text=True, check=False
    )

    assert done.stdout == ""
    assert done.returncode == 0


def test_every_fact_for_which_a_command_is_refused_is_on_the_page_of_refusals():
    facts = {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.Refused)}

    assert facts - {type(example) for example in EXAMPLES} == {errors.Refused}


def test_every_command_is_documented():
    page = (REFERENCE / "commands.md").read_text("utf-8")

    documented = set(re.findall(r"^\| `turnero ([\w-]+)", page, re.MULTILINE))

    assert documented == set(COMMANDS)


@pytest.mark.parametrize("dialect", ["auvious", "voki"])
def test_every_test_that_a_dialects_table_names_is_there(dialect):
    tests = {path.name: path.read_text("utf-8") for path in (ROOT / "tests/http" / dialect).glob("test_*.py")}
    written = "\n".join(tests.values())

    named = set(re.findall(r"`((?:test_|Test)[\w…]+(?:\.py)?)`", (REFERENCE / f"{dialect}.md").read_text("utf-8")))

    assert named
    assert {name for name in named if name not in tests and name.rstrip("…") not in written} == set()

"""What the packages import is what pyproject.toml declares, and what the lock files pin."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


def imported(folder: str) -> set[str]:
    """The top-level modules that a package's files import, other than the project's own."""
    names = set()
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - set(PACKAGES)


def named(requirements: list[str]) -> set[str]:
    """The normalised names in a list of requirements."""
    return {re.split(r"[^\w.-]", line)[0].lower().replace("_", "-").replace(".", "-") for line in requirements}


def pinned(lock: str) -> set[str]:
    return named([line for line in (ROOT / lock).read_text().splitlines() if "==" in line and not line.startswith("#")])


@pytest.mark.parametrize("package", PACKAGES)
def test_every_library_that_is_imported_is_declared(package):
    providers = packages_distributions()
    extras = [lines for extra, lines in PROJECT["project"]["optional-dependencies"].items() if extra != "dev"]
    declared = named([*PROJECT["project"]["dependencies"], *chain.from_iterable(extras)])

    undeclared = {name for name in imported(package) if not named(providers.get(name, [name])) & declared}

    assert undeclared == set()


def test_the_ground_floor_stands_on_the_standard_library_alone():
    assert imported("qms/domain") == set()


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ["fast"]), ("requirements-dev.lock", ["fast", "dev"])]
)
def test_the_lock_pins_what_is_declared_and_says_nothing_of_where_it_came_from(lock, extras):
    declared = PROJECT["project"]["dependencies"].copy()
    for extra in extras:
        declared += PROJECT["project"]["optional-dependencies"][extra]

    text = (ROOT / lock).read_text()

    assert named(declared) - pinned(lock) == set()
    assert not re.search(r"://|file:|--(find-links|index-url|extra-index-url|trusted-host)| @ |^/", text, re.MULTILINE)
    assert text.count("==") <= text.count("--hash=sha256:")


def test_the_two_locks_agree():
    runtime, development = (
        set(re.findall(r"^[\w.-]+==\S+", (ROOT / lock).read_text(), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    )

    assert runtime - development == set()

"""The wheel is the whole product: what git knows of the packages is in it, and it runs where nothing else is."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PACKAGES = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def contents(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_everything_that_git_tracks_in_the_packages_is_in_the_wheel(contents):
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--", *PACKAGES], cwd=ROOT, check=True, capture_output=True, text=True
    )
    tracked = {name for name in listing.stdout.split("\0") if name and (ROOT / name).exists()}

    assert tracked - contents == set()


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(("qms/store/migrations/", ".py"), id="migrations"),
        pytest.param(("", (".html.j2", ".html")), id="templates"),
        pytest.param(("", ".js"), id="scripts"),
        pytest.param(("", ".css"), id="styles"),
        pytest.param(("", ".woff2"), id="fonts"),
    ],
)
def test_the_wheel_holds_more_than_code(contents, kind):
    folder, ending = kind

    assert [name for name in contents if name.startswith(folder) and name.endswith(ending)]


def test_the_command_runs_from_the_wheel_alone(wheel, tmp_path):
    site = tmp_path / "site"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", site, wheel]
    subprocess.run(install, check=True, capture_output=True)

    # The libraries are this environment's; of the project's own packages the wheel's come first.
    done = subprocess.run(
        [site / "bin" / "turnero", "version"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(site)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert PROJECT["project"]["version"] in done.stdout

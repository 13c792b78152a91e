"""The scripts' own tests, run by node as `make test` runs them."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = sorted((ROOT / "tests/js").glob("*.test.mjs"))


def test_the_scripts_pass_their_own_tests():
    node = shutil.which("node")
    if node is None:
        pytest.fail("the pages' scripts are tested by node (18.19 or later), and there is none on the path")

    done = subprocess.run(
        [
            node,
            "--experimental-global-webcrypto",
            "--import",
            "./tests/js/resolve.mjs",
            "--test",
            "--test-reporter=spec",
            *map(str, TESTS),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr

"""The same seed is the same history, byte for byte, in any process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_seed_has_one_history_whatever_python_hashes(stage):
    here = stage(7, 0.4)

    elsewhere = _rehearsed(hash_seed="1")  # and here with one that was drawn when this process began

    assert elsewhere.split()[-1] == here.digest


def test_two_seeds_have_two_histories(stage):
    one, other = stage(8, 0.3), stage(9, 0.3)

    assert one.digest != other.digest


def _rehearsed(*, hash_seed: str) -> str:
    command = [sys.executable, "-m", "tests.rehearsed", "7", "0.4"]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout

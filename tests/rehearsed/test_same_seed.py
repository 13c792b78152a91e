"""The same seed is the same history, byte for byte, in any process."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_seed_has_one_history_whatever_python_hashes(stage):
    runs = [_begun(hash_seed) for hash_seed in ("1", "77")]

    digests = {run.communicate(timeout=200)[0].split()[-1] for run in runs}

    assert digests == {stage(7, 0.4).digest}


def test_two_seeds_have_two_histories(stage):
    one, other = stage(8, 0.3), stage(9, 0.3)

    assert one.digest != other.digest


def _begun(hash_seed: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.rehearsed", "7", "0.4"]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)

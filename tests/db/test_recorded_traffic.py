"""The forecast on real traffic, where there is some: `TRAFFIC=folder pytest …`; it is not part of the project."""

import json
import os

import pytest
from typer.testing import CliRunner

from server.main import command_line

FOLDER = os.environ.get("TRAFFIC", "")


@pytest.mark.skipif(not FOLDER, reason="no recorded traffic: TRAFFIC names no folder of *.calls.csv and *.agents.csv")
@pytest.mark.timeout(300)
def test_the_forecast_is_better_than_what_others_show_and_as_safe_as_it_says():
    told = CliRunner().invoke(command_line(["forecast-score"]), ["forecast-score", "--data", FOLDER, "--json"])

    figures = json.loads(told.output)
    errors = {name: score["mean_error"] for name, score in figures["scores"].items()}
    assert 0.88 <= figures["p90"]["held"] <= 0.92
    assert errors["model"] == min(errors.values())
    assert errors["model"] <= 0.75 * errors["length, in service"]
    assert errors["model"] <= 0.9 * errors["length"]

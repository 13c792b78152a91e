"""What the page says of a figure is what the documentation says."""

from pathlib import Path

import pytest

from desk.reports.words import COLUMNS, FIGURES, MAIN, TITLES
from qms.services.statistics.agents import AgentStatistics
from qms.services.statistics.counting import Counted

DOCUMENT = (Path(__file__).parents[3] / "docs/reference/statistics.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in FIGURES if name != "came_on_average"])
def test_every_figure_is_documented_in_the_words_of_the_page(name):
    assert f"| `{name}` | {FIGURES[name].name} | {FIGURES[name].definition} |" in DOCUMENT


def test_every_table_is_named():
    assert [name for name in TITLES if f"`{name}`" not in DOCUMENT] == []


def test_every_figure_that_is_counted_has_a_word():
    counted = {*Counted().statistics().as_json(), *AgentStatistics.__dataclass_fields__}

    assert counted | {name for names in (MAIN, *COLUMNS.values()) for name in names} <= FIGURES.keys()

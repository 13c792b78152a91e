"""The demo's network: a visitor reads all of it in his own language, whichever of ours that is."""

import tomllib
from typing import Any

import pytest

from qms.domain.network_file.written import written_texts
from qms.web.pages import SHIPPED
from tests.e2e.turnero import ROOT

UNDERSTOOD = {"priority"}
"""What kiosks say in every language by themselves."""

SOURCE, *OTHERS = [language.tag for language in SHIPPED]
OWN_NAMES = {language.name.partition(" ")[0] for language in SHIPPED}
"""Languages are called what their speakers call them."""


@pytest.fixture(scope="module")
def network() -> dict[str, Any]:
    return tomllib.loads((ROOT / "server/demo/network.toml").read_text("utf-8"))


@pytest.mark.parametrize("language", OTHERS)
def test_all_that_visitors_read_is_translated_and_nothing_else(network, language):
    read = {written.text for written in written_texts(network)} - UNDERSTOOD - OWN_NAMES

    assert set(network["translations"][language]) == read


def test_it_speaks_every_language_of_ours_the_one_it_is_written_in_first(network):
    assert network["account"]["languages"] == [SOURCE, *OTHERS]
    assert [kiosk["languages"] for kiosk in network["kiosk"]] == [[SOURCE, *OTHERS]] * len(network["kiosk"])

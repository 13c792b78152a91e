"""The bank for tests that look at every scene."""

from collections.abc import Iterator

import pytest

from server import logs
from tests.e2e.scenes.bank import Bank, network
from tests.e2e.scenes.still import still


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """The bank on its morning, one for a module."""
    logs.configure("error")
    with still(tmp_path_factory.mktemp("bank"), network()) as opened:
        bank = Bank(opened)
        bank.open()
        yield bank

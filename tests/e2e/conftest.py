"""What the suites with processes share: a browser, and the shape of the servers."""

import pytest

from tests.e2e.browser import browser, page, visit
from tests.e2e.shapes import why_not_seven
from tests.e2e.turnero import is_fleet

__all__ = ["browser", "page", "visit"]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what belongs to one process where there are seven."""
    if is_fleet() and (why := why_not_seven(item.nodeid)):
        pytest.skip(why)

"""What the tests of visitors' pages share: one house for all of them."""

from tests.e2e.pages.house import house, shared_house

__all__ = ["house", "shared_house"]

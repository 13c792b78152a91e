"""What the tests of pages share: one house for those of visitors, one office for those of the desk."""

from tests.e2e.pages.house import house, shared_house
from tests.e2e.pages.office import office, shared_office

__all__ = ["house", "office", "shared_house", "shared_office"]

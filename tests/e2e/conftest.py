"""What the suites with processes share: a browser."""

from tests.e2e.browser import browser, page, visit

__all__ = ["browser", "page", "visit"]

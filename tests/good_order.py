"""How a run of several workers shares the tests out: so that none has long to do when the others have done.

A file's tests stay together, for what they share. Two workers begin with the pages, with one browser each, the others
with what starts processes; then come the interfaces and the services, and last what takes milliseconds.
"""

import pytest
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

PAGES = "tests/e2e/pages/"
ORDER = (
    PAGES,
    "tests/e2e/",
    "tests/composed/",
    "tests/rehearsed/",
    "tests/faults/",
    "tests/http/",
    "tests/db/",
    "tests/",
)
LAST = ("tests/unit/",)


def in_good_order(items: list[pytest.Item]) -> None:
    """Put what takes longest first."""
    items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> tuple[bool, int]:
    return nodeid.startswith(LAST), next(n for n, folder in enumerate(ORDER) if nodeid.startswith(folder))


class Sharing(LoadFileScheduling):  # type: ignore[misc]  # it brings no types
    """A file to whoever has nothing to do, but the pages to two workers: others need not start a browser for them."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return f"{PAGES} {sum(file.encode()) % 2}" if file.startswith(PAGES) else file

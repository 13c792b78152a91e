"""Which Chromium the tests look at pages with: its headless shell, which opens them in half the time, or the whole."""

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import TypeVar

WHOLE = "/usr/bin/chromium"
CHROMIUM = shutil.which("chromium-headless-shell") or WHOLE
OPEN = ExitStack()
"""What to close when this process has no more tests in a row that want its browser (tests/e2e/browser.py)."""

T = TypeVar("T")


def kept_open(here: list[T], opening: Callable[[], AbstractContextManager[T]]) -> T:
    """What is opened once for all tests in a row that want the browser; a server that nobody needs takes time too."""
    if not here:
        here.append(OPEN.enter_context(opening()))
        OPEN.callback(here.clear)
    return here[0]

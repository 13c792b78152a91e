"""Which Chromium the tests look at pages with: its headless shell, which opens them in half the time, or the whole."""

import shutil
from contextlib import ExitStack

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
OPEN = ExitStack()
"""What to close when this process has no more tests in a row that want its browser (tests/e2e/browser.py)."""

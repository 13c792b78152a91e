"""Which Chromium the tests look at pages with: its headless shell, which opens them in half the time, or the whole."""

import shutil

CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"

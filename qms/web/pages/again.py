"""The script that stands in the head of each live page, and loads it again where another script was lost on the way."""

import base64
import hashlib
from pathlib import Path

from markupsafe import Markup

_WRITTEN = (Path(__file__).parent / "static" / "again.js").read_text(encoding="utf-8")
_LINES = [line.strip() for line in _WRITTEN.splitlines()]

SCRIPT = Markup("\n".join(line for line in _LINES if not line.startswith(("//", "/**"))))  # noqa: S704 - our own file
"""Its text, without what is only there for those who read it."""

SOURCE = f"'sha256-{base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()}'"
"""By what a Content-Security-Policy knows it."""

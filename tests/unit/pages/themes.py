"""The themes of our pages, and which of their colours stand on each other."""

import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "qms/web/pages/static"

FROM_AFAR = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "sunk"),
    ("ink-soft", "paper"), ("ink-soft", "surface"), ("ink-soft", "sunk"),
    ("on-brand", "brand"), ("on-brand", "brand-raised"),
    ("on-brand-soft", "brand"), ("on-brand-soft", "brand-raised"),
    ("on-accent", "accent"), ("on-accent", "accent-deep"),
    ("on-inverse", "inverse"),
]  # fmt: skip

NEAR_BY = [
    ("link", "paper"), ("link", "surface"), ("link", "sunk"),
    ("good", "good-soft"), ("warn", "warn-soft"), ("bad", "bad-soft"), ("info", "info-soft"),
    ("good", "surface"), ("warn", "surface"), ("bad", "surface"), ("info", "surface"),
    ("bad", "paper"), ("on-bad", "bad"), ("warn", "sunk"),
]  # fmt: skip

OUTLINES = [
    ("line-strong", "paper"), ("line-strong", "surface"),
    ("focus", "paper"), ("focus", "surface"), ("focus", "sunk"),
    ("accent-edge", "paper"), ("accent-edge", "surface"), ("accent-edge", "sunk"),
    ("surface", "link"), ("surface", "line-strong"),  # the knob of a switch
    ("bad", "surface"),
]  # fmt: skip

MEASURED = [
    *((pair, 7.0) for pair in FROM_AFAR),
    *((pair, 4.5) for pair in NEAR_BY),
    *((pair, 3.0) for pair in OUTLINES),
]

DARK_WISHED = "dark, as the device wishes"

THEMES = ("light", DARK_WISHED, "dark", "contrast")


@cache
def themes() -> dict[str, dict[str, str]]:
    """The colours of each theme by their names, as the style sheet says."""
    text = re.sub(r"/\*.*?\*/", "", (STATIC / "tokens.css").read_text(), flags=re.DOTALL)
    found = {}
    for selector, body in re.findall(r"(:root[^{,]*)\{([^{}]*)\}", text):
        tokens = dict(re.findall(r"--([\w-]+):\s*([^;]+);", body))
        name = {":root": "light", ":root:not([data-theme])": DARK_WISHED}.get(selector.strip())
        forced = re.search(r'data-theme="(\w+)"', selector)
        name = forced[1] if forced else name
        if name and "paper" in tokens:
            found[name] = tokens
    return found

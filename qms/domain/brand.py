"""How an account looks to its visitors: its logo, its colours, its letters; a branch may look otherwise.

What is wished is kept; what is shown follows from it (`qms.domain.palette`).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

ACCESSIBLE = "accessible"
FONTS: Mapping[str, str] = {
    ACCESSIBLE: '"Atkinson Hyperlegible Next", "Noto Sans Arabic", system-ui, sans-serif',
    "system": 'system-ui, "Noto Sans Arabic", sans-serif',
    "humanist": 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", "Noto Sans Arabic", sans-serif',
    "geometric": 'Avenir, Montserrat, Corbel, "URW Gothic", "Noto Sans Arabic", sans-serif',
    "serif": 'Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Naskh Arabic", serif',
}
"""The letters that need no file: ours, and what devices have; by name."""

FONT_ENDING = ".woff2"
LOGOS: Mapping[str, str] = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
"""Ending → type of what can be a logo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """What is wished; None: as the account has it, or as we have it.

    `logo` and a `font` of one's own are names of files that were put up. `bar`: of bars and of the stage on which
    numbers are called. `background`, `background_dark`: behind everything, by theme.
    """

    logo: str | None = None
    accent: str | None = None
    bar: str | None = None
    background: str | None = None
    background_dark: str | None = None
    font: str | None = None

    @classmethod
    def of(cls, *said: Mapping[str, Any] | None) -> "Brand":
        """The brand that is kept, the account's first, then the branch's, which goes before it."""
        values: dict[str, Any] = {}
        for one in said:
            values |= one or {}
        return cls(**values)

    def as_kept(self) -> dict[str, str] | None:
        """What is wished, by name; None where nothing is."""
        return {name: value for name, value in asdict(self).items() if value is not None} or None

    @property
    def files(self) -> tuple[str, ...]:
        """The names of files that it needs."""
        font = self.font if self.font and self.font not in FONTS else None
        return tuple(name for name in (self.logo, font) if name)


NO_BRAND = Brand()
COLOURS = ("accent", "bar", "background", "background_dark")

"""Lobby screens and kiosks as a network file declares them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qms.domain.network_file.declared.named import Identified


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenLooks:
    """How a lobby screen looks and sounds; what is None or empty is as every screen has it.

    `pronounce`: how labels of places are said, where they are said otherwise than written. `closed_text`: what is said
    besides outside opening hours.
    """

    voice: bool = True
    volume: int = 100
    theme: str = "auto"
    motion: bool = True
    closed: str = "dark"
    closed_text: str = ""
    show_counts: bool = True
    diagonal_inches: float | None = None
    farthest_metres: float | None = None
    ticker: tuple[str, ...] = ()
    media: bool = False
    media_seconds: int = 12
    pronounce: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenDecl(Identified):
    """A lobby screen. `branches` it shows besides the one where it stands. `token` None: one is to be made.

    `queues` it shows: those of its branches unless told.
    """

    name: str
    branch: str
    branches: tuple[str, ...]
    queues: tuple[str, ...]
    languages: tuple[str, ...]
    show_waiting: bool
    show_waits: bool
    audio: bool
    looks: ScreenLooks = ScreenLooks()
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskDecl(Identified):
    """A kiosk. `queues` it offers, in order; `classes` a visitor may say to be of. `token` None: one is to be made.

    `phone`: whether it asks for a telephone number to write to.
    """

    name: str
    branch: str
    queues: tuple[str, ...]
    languages: tuple[str, ...]
    classes: tuple[str, ...]
    phone: bool = False
    token: str | None = field(default=None, repr=False)

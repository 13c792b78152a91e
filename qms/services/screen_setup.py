"""How a screen is set up and what it is told to do, as the screen itself is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import msgspec

from qms.domain.network import Network, Screen
from qms.services import media
from qms.services.fleet import counted
from qms.store.columns import compact
from qms.store.tx import Tx

USUAL: Mapping[str, Any] = {
    "audio": True,
    "voice": True,
    "volume": 100,
    "theme": "auto",
    "motion": True,
    "closed": "dark",
    "closed_text": "",
    "show_counts": True,
    "diagonal_inches": None,
    "farthest_metres": None,
    "media_seconds": 12,
}
"""What a screen is told of its settings, and what holds where they say nothing."""


Folder = Callable[[str], Sequence[tuple[str, str, str]]]
"""Account → name, type and version of what lies in its folder."""

VERSION_LETTERS = 16


def no_folder(slug: str) -> Sequence[tuple[str, str, str]]:
    """No account has a folder."""
    return ()


@dataclass(frozen=True, slots=True)
class Looks:
    """The setup of a screen as text, so that screens that are set up alike are known to be; `media` None: none."""

    text: str
    media: bool


def looks_of(screen: Screen, told: Mapping[str, int]) -> Looks:
    """The setup of a screen, and its orders."""
    settings = screen.settings
    setup = {name: settings.get(name, usual) for name, usual in USUAL.items()}
    named = {"name": settings.get("name") or screen.key, "languages": list(screen.languages)}
    if "volume" in told:
        setup["volume"] = told["volume"]
    text = compact({**named, **setup, "ticker": list(settings.get("ticker", ())), "orders": counted(told)})
    return Looks(text, bool(settings.get("media")))


def setup_of(tx: Tx, network: Network, looks: Looks, folder: Folder = no_folder) -> dict[str, Any]:
    """The setup of a screen as it is told, with what was put up for it."""
    said: dict[str, Any] = msgspec.json.decode(looks.text)
    return {**said, "media": _media(tx, network, folder) if looks.media else []}


def media_url(slug: str, version: str, name: str) -> str:
    """Where a picture or a film is; another content has another address, and nobody guesses it."""
    return f"/screens/media/{slug}/{version}/{quote(name)}"


def _media(tx: Tx, network: Network, folder: Folder) -> list[dict[str, Any]]:
    slug = network.account.slug
    there = media.listed(tx, account=network.account.id, shelf=media.MEDIA)
    found = [(one.name, one.content_type, one.digest[:VERSION_LETTERS]) for one in there]
    return [
        {"url": media_url(slug, version, name), "type": content_type}
        for name, content_type, version in (*found, *folder(slug))
    ]

"""The forms that settings have: how they are spelled and kept in a file, and what is said of one that will not do."""

import difflib
import re
import tomllib
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "TURNERO_"


class SettingsError(Exception):
    """A setting that is unknown, or not of the form expected; the text says which and what was expected."""


def unknown(name: str, names: list[str] | tuple[str, ...]) -> str:
    """The sentence for a name that is unknown, with the nearest one that is not."""
    near = difflib.get_close_matches(name, names, n=1, cutoff=0)
    return f"{name} is unknown; the nearest name is {near[0]}" if near else f"{name} is unknown"


def spelled(name: str) -> str:
    """A setting's name as the environment has it."""
    return PREFIX + name.upper()


def what_is_wrong(told: str) -> str:
    """A library's words on a value, in an operator's: `Expected `int`, got `str` - at `$.port`` and the like."""
    what, _, place = told.replace("`", "").partition(" - at $.")
    words = re.sub(r"\b(int|float|str)\b", lambda word: _WORDS[word[0]], what[:1].lower() + what[1:])
    return f"{spelled(place)}: {words}" if place else words


_WORDS = {"int": "a whole number", "float": "a number", "str": "a text"}


def from_file(path: Path, names: Sequence[str]) -> dict[str, Any]:
    """The settings in a TOML file: the same names, in small letters and without the prefix or as in the environment.

    Raises:
        SettingsError: it cannot be read, is no TOML, or has another name.
    """
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"TURNERO_CONFIG: {path}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"TURNERO_CONFIG: {path}: {error}") from error
    found = {name.lower().removeprefix(PREFIX.lower()): value for name, value in given.items()}
    for name in found:
        if name not in names:
            raise SettingsError(f"TURNERO_CONFIG: {path}: {unknown(name, list(names))}")
    return {name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in found.items()}


def check_database(url: str, secret_key: str | None) -> None:
    """Refuse what is no database's address, and PostgreSQL without a secret.

    Raises:
        SettingsError: it is one of these.
    """
    expected = SettingsError(
        "TURNERO_DATABASE_URL: expected sqlite:///file or postgresql://user:password@host/database"
    )
    if url.startswith("sqlite:///") and url not in ("sqlite:///", "sqlite:///:memory:"):
        return
    if not url.startswith("postgresql://"):
        raise expected
    try:
        _ = urlsplit(url).port
    except ValueError as error:
        raise expected from error
    if secret_key is None:
        raise SettingsError("TURNERO_SECRET_KEY: required with PostgreSQL (32 characters or more)")


def check_address(name: str, url: str | None, schemes: Sequence[str]) -> None:
    """Refuse an address of another scheme, or without a host or path.

    Raises:
        SettingsError: it is one.
    """
    if url is None:
        return
    try:
        parts = urlsplit(url)
        sound = parts.scheme in schemes and bool(parts.hostname or parts.path.strip("/")) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound:
        raise SettingsError(f"{name}: expected an address that begins with {' or '.join(f'{s}://' for s in schemes)}")


def networks(name: str, text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks in a comma list.

    Raises:
        SettingsError: one of them is none.
    """
    try:
        return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SettingsError(f"{name}: {error}") from error

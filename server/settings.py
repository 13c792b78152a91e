"""Settings: environment variables `TURNERO_*`, or a TOML file named by `TURNERO_CONFIG`; the environment wins."""

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec

from acd.notification.mailbox import SmtpServer
from kiosk.printing.address import read_printers
from qms.services.ageing import Ages

PREFIX = "TURNERO_"
ROLES = ("gateway", "acd", "screens", "kiosk", "desk")
LEVELS = ("debug", "info", "warning", "error", "critical")

FASTEST = 10_000
"""A sandbox runs at most so many times as fast: a day in nine seconds."""


MOST_DAYS = 36_500


class SettingsError(Exception):
    """A setting that is unknown, or not of the form expected; the text says which and what was expected."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an operator may set. Every field is read from `TURNERO_` and its name in capitals."""

    database_url: str = "sqlite:///turnero.db"
    redis_url: str | None = None
    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8080
    roles: str = ",".join(ROLES)
    public_url: str | None = None
    secret_key: Annotated[str, msgspec.Meta(min_length=32)] | None = None
    secret_key_before: Annotated[str, msgspec.Meta(min_length=32)] | None = None
    smtp_url: str | None = None
    webhook_allow_cidrs: str = ""
    rate_limit: Annotated[float, msgspec.Meta(ge=0)] = 20
    clock: str | None = None
    trusted_proxies: str = ""
    media_folder: str | None = None
    printers: str = ""
    keep_decisions_days: Annotated[int, msgspec.Meta(ge=1, le=MOST_DAYS)] = 30
    keep_quotes_days: Annotated[int, msgspec.Meta(ge=1, le=MOST_DAYS)] = 180
    archive_folder: str | None = None
    log_level: str = "info"

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings of an environment.

        Raises:
            SettingsError: a name is unknown, or a value is not of the form expected.
        """
        given = {k.removeprefix(PREFIX).lower(): v for k, v in environ.items() if k.startswith(PREFIX) and v}
        file = given.pop("config", None)
        return cls.of({**(_from_file(Path(file), cls.__struct_fields__) if file else {}), **given})

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Settings":
        """The settings with these names and values; text is converted where a number is expected."""
        for name in given:
            if name not in cls.__struct_fields__:
                raise SettingsError(unknown(_spelled(name), [_spelled(f) for f in (*cls.__struct_fields__, "config")]))
        try:
            settings = msgspec.convert(dict(given), cls, strict=False)
        except msgspec.ValidationError as error:
            raise SettingsError(_what_is_wrong(str(error))) from error
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse what would only fail later.

        Raises:
            SettingsError: an address, a role, a network, a level or a clock is not of the form expected.
        """
        _ = self.role_set, self.allowed_networks, self.proxies, self.sandbox
        _check_database(self.database_url, self.secret_key)
        _check_address("TURNERO_REDIS_URL", self.redis_url, ("redis", "rediss", "unix"))
        _check_address("TURNERO_PUBLIC_URL", self.public_url, ("http", "https"))
        _ = self.smtp_server, self.printers_of_kiosks
        if self.log_level.lower() not in LEVELS:
            raise SettingsError("TURNERO_LOG_LEVEL: " + unknown(self.log_level, LEVELS))

    @property
    def role_set(self) -> frozenset[str]:
        """The roles of this process."""
        roles = [role.strip() for role in self.roles.split(",") if role.strip()]
        for role in roles:
            if role not in ROLES:
                raise SettingsError("TURNERO_ROLES: " + unknown(role, ROLES))
        return frozenset(roles or ROLES)

    @property
    def allowed_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The private networks that webhooks may go to."""
        return _networks("TURNERO_WEBHOOK_ALLOW_CIDRS", self.webhook_allow_cidrs)

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The proxies whose X-Forwarded-For is believed."""
        return _networks("TURNERO_TRUSTED_PROXIES", self.trusted_proxies)

    @property
    def smtp_server(self) -> SmtpServer | None:
        """The server that e-mail is handed over to, if one is set."""
        if self.smtp_url is None:
            return None
        try:
            return SmtpServer.parse(self.smtp_url)
        except ValueError as error:
            raise SettingsError(f"TURNERO_SMTP_URL: {error}") from error

    @property
    def printers_of_kiosks(self) -> Mapping[str, str]:
        """The addresses of receipt printers, by `account/kiosk`."""
        try:
            printers = read_printers(self.printers)
        except ValueError as error:
            raise SettingsError(f"TURNERO_PRINTERS: {error}") from error
        if printers and find_spec("escpos") is None:
            raise SettingsError("TURNERO_PRINTERS: what prints is not installed; it comes with turnero[printer]")
        return printers

    @property
    def ages(self) -> Ages:
        """How long what was written down to be looked up is kept."""
        return Ages(
            decisions=timedelta(days=self.keep_decisions_days),
            quotes=timedelta(days=self.keep_quotes_days),
        )

    @property
    def sandbox(self) -> "Sandbox | None":
        """The sandbox clock, if one is set."""
        return None if not self.clock else Sandbox.parse(self.clock)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """Business time that starts at an instant and runs at a rate."""

    text: str
    start: datetime
    rate: float

    @classmethod
    def parse(cls, text: str) -> "Sandbox":
        """Read `2026-03-01T00:00:00Z` or `2026-03-01T00:00:00Z*60`.

        Raises:
            SettingsError: it is neither.
        """
        start_text, _, rate_text = text.partition("*")
        try:
            start, rate = datetime.fromisoformat(start_text), float(rate_text or 1)
        except ValueError as error:
            raise SettingsError(f"TURNERO_CLOCK: expected 2026-03-01T00:00:00Z*60, not {text!r}") from error
        if start.tzinfo is None or not 1970 <= start.year < 2200 or not 0 < rate <= FASTEST:
            raise SettingsError(f"TURNERO_CLOCK: expected an instant with a zone and a rate above 0, up to {FASTEST}")
        return cls(text=text, start=start, rate=rate)


def unknown(name: str, names: list[str] | tuple[str, ...]) -> str:
    """The sentence for a name that is unknown, with the nearest one that is not."""
    near = difflib.get_close_matches(name, names, n=1, cutoff=0)
    return f"{name} is unknown; the nearest name is {near[0]}" if near else f"{name} is unknown"


def _spelled(name: str) -> str:
    return PREFIX + name.upper()


def _what_is_wrong(told: str) -> str:
    """A library's words on a value, in an operator's: `Expected `int`, got `str` - at `$.port`` and the like."""
    what, _, place = told.replace("`", "").partition(" - at $.")
    words = re.sub(r"\b(int|float|str)\b", lambda word: _WORDS[word[0]], what[:1].lower() + what[1:])
    return f"{_spelled(place)}: {words}" if place else words


_WORDS = {"int": "a whole number", "float": "a number", "str": "a text"}


def _from_file(path: Path, names: Sequence[str]) -> dict[str, Any]:
    """The settings in a TOML file: the same names, in small letters and without the prefix or as in the environment."""
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


def _check_database(url: str, secret_key: str | None) -> None:
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


def _check_address(name: str, url: str | None, schemes: Sequence[str]) -> None:
    if url is None:
        return
    try:
        parts = urlsplit(url)
        sound = parts.scheme in schemes and bool(parts.hostname or parts.path.strip("/")) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound:
        raise SettingsError(f"{name}: expected an address that begins with {' or '.join(f'{s}://' for s in schemes)}")


def _networks(name: str, text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SettingsError(f"{name}: {error}") from error

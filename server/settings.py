"""Settings: environment variables `TURNERO_*`, or a TOML file named by `TURNERO_CONFIG`; the environment wins."""

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any

import msgspec

PREFIX = "TURNERO_"
ROLES = ("gateway", "acd", "screens", "kiosk", "desk")


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
    smtp_url: str | None = None
    webhook_allow_cidrs: str = ""
    rate_limit: Annotated[float, msgspec.Meta(ge=0)] = 20
    clock: str | None = None
    trusted_proxies: str = ""
    log_level: str = "info"

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings of an environment.

        Raises:
            SettingsError: a name is unknown, or a value is not of the form expected.
        """
        given = {k.removeprefix(PREFIX).lower(): v for k, v in environ.items() if k.startswith(PREFIX)}
        file = given.pop("config", None)
        return cls.of({**(_from_file(Path(file)) if file else {}), **given})

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Settings":
        """The settings with these names and values; text is converted where a number is expected."""
        for name in given:
            if name not in cls.__struct_fields__:
                raise SettingsError(unknown(PREFIX + name.upper(), [PREFIX + f.upper() for f in cls.__struct_fields__]))
        try:
            settings = msgspec.convert(dict(given), cls, strict=False)
        except msgspec.ValidationError as error:
            raise SettingsError(f"{PREFIX}… {error}") from error
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse what would only fail later.

        Raises:
            SettingsError: a role, a network, a database URL or a clock is not of the form expected.
        """
        _ = self.role_set, self.allowed_networks, self.proxies, self.sandbox
        if not self.database_url.startswith(("sqlite:///", "postgresql://")):
            raise SettingsError("TURNERO_DATABASE_URL: expected sqlite:///file or postgresql://…")
        if self.database_url.startswith("postgresql://") and self.secret_key is None:
            raise SettingsError("TURNERO_SECRET_KEY: required with PostgreSQL (32 characters or more)")

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
        if start.tzinfo is None or not 0 < rate <= 100_000:
            raise SettingsError("TURNERO_CLOCK: expected an instant with a zone and a rate above 0")
        return cls(text=text, start=start, rate=rate)


def unknown(name: str, names: list[str] | tuple[str, ...]) -> str:
    """The sentence for a name that is unknown, with the nearest one that is not."""
    near = difflib.get_close_matches(name, names, n=1, cutoff=0)
    return f"{name} is unknown; the nearest name is {near[0]}" if near else f"{name} is unknown"


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"TURNERO_CONFIG: {path}: {error}") from error


def _networks(name: str, text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SettingsError(f"{name}: {error}") from error

"""Settings: environment variables `TURNERO_*`, or a TOML file named by `TURNERO_CONFIG`; the environment wins."""

from collections.abc import Mapping
from datetime import timedelta
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any

import msgspec

from acd.notification.mailbox import SmtpServer
from kiosk.printing.address import read_printers
from qms.services.ageing import Ages
from server.clock import Sandbox
from server.setting_forms import (
    PREFIX,
    SettingsError,
    check_address,
    check_database,
    from_file,
    networks,
    spelled,
    unknown,
    what_is_wrong,
)

ROLES = ("gateway", "acd", "screens", "kiosk", "desk")
LEVELS = ("debug", "info", "warning", "error", "critical")

MOST_DAYS = 36_500


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
        return cls.of({**(from_file(Path(file), cls.__struct_fields__) if file else {}), **given})

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Settings":
        """The settings with these names and values; text is converted where a number is expected."""
        for name in given:
            if name not in cls.__struct_fields__:
                raise SettingsError(unknown(spelled(name), [spelled(f) for f in (*cls.__struct_fields__, "config")]))
        try:
            settings = msgspec.convert(dict(given), cls, strict=False)
        except msgspec.ValidationError as error:
            raise SettingsError(what_is_wrong(str(error))) from error
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse what would only fail later.

        Raises:
            SettingsError: an address, a role, a network, a level or a clock is not of the form expected.
        """
        _ = self.role_set, self.allowed_networks, self.proxies, self.sandbox
        check_database(self.database_url, self.secret_key)
        check_address("TURNERO_REDIS_URL", self.redis_url, ("redis", "rediss", "unix"))
        check_address("TURNERO_PUBLIC_URL", self.public_url, ("http", "https"))
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
        return networks("TURNERO_WEBHOOK_ALLOW_CIDRS", self.webhook_allow_cidrs)

    @property
    def proxies(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The proxies whose X-Forwarded-For is believed."""
        return networks("TURNERO_TRUSTED_PROXIES", self.trusted_proxies)

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
    def sandbox(self) -> Sandbox | None:
        """The sandbox clock, if one is set."""
        return None if not self.clock else Sandbox.parse(self.clock)

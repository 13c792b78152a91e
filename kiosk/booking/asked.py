"""What the address of a booking page asks for. What makes no sense is left out: the page shows what there is."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from urllib.parse import quote, urlencode

from aiohttp import web

from qms.domain.zones import is_zone
from qms.services.booking.availability import YEARS

ACTION, TOKEN = "v-schedule-action", "v-schedule-auth"
"""How Videsk's links say what they are for, and by which token."""

KEPT = ("lang", "theme", ACTION, TOKEN, "do", "agent", "zone", "month", "day", "start")
"""What an address keeps while somebody goes on from page to page."""

_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An address: its account and, where there is one, its service; what it asks for; and what leads on from it."""

    account: str
    service: str | None
    agent: str | None
    zone: str | None
    month: date | None
    day: date | None
    start: datetime | None
    do: str | None
    token: str | None
    kept: Mapping[str, str]

    @classmethod
    def of(cls, request: web.Request) -> "Asked":
        """Read the address of a request."""
        said = request.query
        return cls(
            account=request.match_info["account"],
            service=request.match_info.get("service"),
            agent=said.get("agent") or None,
            zone=said["zone"] if is_zone(said.get("zone", "")) else None,
            month=_day(f"{said['month']}-01") if _MONTH.fullmatch(said.get("month", "")) else None,
            day=_day(said.get("day", "")),
            start=_instant(said.get("start", "")),
            do=said.get("do"),
            token=said.get(TOKEN),
            kept={name: said[name] for name in KEPT if said.get(name)},
        )

    def here(self, **changes: str | None) -> str:
        """The address of this page with some of what it asks for changed, or left out."""
        return self.at(self.path, **changes)

    def at(self, path: str, **changes: str | None) -> str:
        """Another page's address that asks for the same, but for some changes."""
        said = {name: value for name, value in {**self.kept, **changes}.items() if value is not None}
        return f"{path}?{urlencode(said)}" if said else path

    def anew(self, path: str, **more: str | None) -> str:
        """Another page's address that only keeps how somebody reads: language, theme and zone."""
        said = {name: value for name, value in self.kept.items() if name in ("lang", "theme", "zone")}
        said |= {name: value for name, value in more.items() if value is not None}
        return f"{path}?{urlencode(said)}" if said else path

    def without_start(self) -> "Asked":
        """The same address before a start was chosen."""
        return replace(self, start=None, kept={name: value for name, value in self.kept.items() if name != "start"})

    @property
    def path(self) -> str:
        """The path of this page."""
        return path_of(self.account, self.service)


def path_of(account: str, service: str | None = None) -> str:
    """The path of an account's booking page, or of one service's."""
    return "/book/" + "/".join(quote(part, safe="") for part in (account, service) if part)


def written(instant: datetime) -> str:
    """An instant as addresses and `data-slot` have it: `2026-12-01T13:00:00Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _day(text: str) -> date | None:
    with suppress(ValueError):
        day = date.fromisoformat(text)
        return day if day.year in YEARS else None
    return None


def _instant(text: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        instant = datetime.fromisoformat(text) if _INSTANT.fullmatch(text) else None
        return instant.astimezone(UTC) if instant is not None and instant.year in YEARS else None
    return None

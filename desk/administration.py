"""The administration: the pages it has, who may see which, and how each is shown with the others beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from desk.finding import Finding
from qms.domain import access
from qms.domain.network import Agent
from qms.web.pages import N_, language_of, render, translations

PAGES: Sequence[tuple[str, str, str]] = (
    ("/admin", N_("Network"), "network.manage"),
    ("/admin/brand", N_("Brand"), "network.manage"),
    ("/admin/translations", N_("Translations"), "network.manage"),
    ("/admin/addresses", N_("Addresses"), "network.manage"),
    ("/admin/import", N_("Import"), "network.manage"),
    ("/admin/history", N_("History"), "network.manage"),
    ("/admin/devices", N_("Devices"), "board.watch"),
    ("/admin/webhooks", N_("Webhooks"), "network.manage"),
    ("/admin/keys", N_("Keys of programs"), "access.manage"),
    ("/admin/people", N_("People"), "logins.manage"),
    ("/admin/log", N_("Audit log"), "audit.read"),
    ("/own-login", N_("Your login"), "logins.own"),
)
"""Where the pages are, what they are called, and who may see them."""


def shown(
    request: web.Request, agent: Agent, template: str, view: Mapping[str, Any], *, status: int = 200
) -> web.Response:
    """One of the pages, for somebody who is signed in, with those beside it that he may see too."""
    say = translations(language_of(request)).gettext
    pages = [(path, say(name)) for path, name, permission in PAGES if access.may(agent, permission)]
    return render(request, template, {"bar_pages": pages, "finding": Finding(request), **view}, status=status)

"""What the handlers of the booking page share: an account's looks and language, and refusals as pages."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import wraps
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

from kiosk.booking.asked import Asked, path_of
from qms.domain.errors import NotFound, Unavailable
from qms.domain.network import Account, Branch, Network
from qms.domain.own import own_of
from qms.web.pages import Language, language_of, render, render_refusal
from qms.web.pages.languages import accepted, match

MOST_FIELDS = 1000
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def for_people(handler: Handler) -> Handler:
    """Let people be refused by a page, whatever they did."""

    @wraps(handler)
    async def answering(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except NotFound:
            return render_refusal(request, 404)
        except Unavailable:
            return render_refusal(request, 503)

    return answering


def language_for(request: web.Request, account: Account, preferred: str | None = None) -> Language:
    """The language of a page: asked for, preferred (an appointment's), the browser's, or the account's own."""
    return language_of(request, _default(request, account, preferred))


def show(
    request: web.Request,
    template: str,
    network: Network,
    view: Mapping[str, Any],
    *,
    asked: Asked,
    branch: Branch | None = None,
    preferred: str | None = None,
    status: int = 200,
) -> web.Response:
    """Answer with a page of an account, as it looks at a branch if that is where one goes."""
    account = network.account
    home = asked.anew(path_of(account.slug))
    about = {"account": account, "asked": asked, "home": home, **view}
    default = _default(request, account, preferred)
    own = own_of(network, branch)
    return render(request, template, about, default_language=default, status=status, own=own)


def see_other(address: str) -> web.Response:
    """Lead on to another page, with an answer that may carry cookies."""
    return web.Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})


async def typed_into(request: web.Request) -> dict[str, list[str]]:
    """What was typed into a form; what cannot be read is nothing."""
    with suppress(ValueError):
        body = (await request.read()).decode("utf-8", "replace")
        return parse_qs(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    return {}


def _default(request: web.Request, account: Account, preferred: str | None) -> str | None:
    """What goes before the browser's wish: nothing but an appointment's language, unless we do not speak the wish."""
    spoken = any(match(tag) for tag in accepted(request.headers.get("Accept-Language", "")))
    return preferred or (None if spoken else next(iter(account.languages), None))

"""A ticket's own page, whole without scripts: how things stand, what its holder may do, and where he is told."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

from kiosk.addresses import ticket_url
from kiosk.hubs import as_told
from kiosk.summoning import public_key
from kiosk.ticket_words import TURN, Words, refusal_of, words_of
from qms.domain.errors import Conflict, Gone, Invalid, NotFound, Refused
from qms.domain.own import Own, own_of
from qms.domain.summons import MOST_PLACES, WANTED, Summons
from qms.services import visitor_state, visitors
from qms.services.summoning import wishes
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.keys import SITE, STORE
from qms.web.live import Told
from qms.web.pages import language_of, render, render_refusal, with_lang
from qms.web.qr import qr_svg

ACTIONS: Mapping[str, Callable[..., Any]] = {"leave": visitors.leave, "later": visitors.later}
"""What a ticket's holder may do without scripts, by the value of the button `do`."""

WRITING = "?ask=messages#messages"
"""Where on the page its holder says where to write to."""

PLACES = (0, 1, 3, 5)
"""How many people ahead one may choose to be told at; 0: only when it is one's turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView:
    """A ticket's page: the state, its words, what is asked, and what scripts begin with.

    `asking`: whether leaving is to be confirmed. `channels`: over which messages can be sent, if any; `messages`: where
    they go. `writing`: whether a place for an address is shown, with what was typed and why that was refused.
    `push_key`: what browsers know our messages by, where they can be told.
    """

    state: dict[str, Any]
    words: Words
    turn: bool
    asking: bool
    channels: Sequence[str]
    messages: Sequence[Summons]
    writing: bool
    typed: str
    places: Sequence[int]
    chosen: int
    refusal: str | None
    push_key: str | None
    page: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the page of a ticket is made of."""

    told: Told
    channels: Sequence[str]
    messages: Sequence[Summons]
    own: Own


@allows("ticket.own")
async def page(request: web.Request) -> web.Response:
    """The page; `?ask=leave` asks whether its holder means it, `?ask=messages` where to write to."""
    return await _shown(request)


@allows("ticket.own")
async def act(request: web.Request) -> web.Response:
    """What the forms of the page do where no script does it; the page then shows what is."""
    link, store = request.match_info["link"], request.app[STORE]
    await store.read(visitors.by_link, link=link)
    form = {name: values[0] for name, values in parse_qs((await request.read()).decode("utf-8", "replace")).items()}
    do, there = form.get("do", ""), request.path  # what makes no sense does nothing
    if (action := ACTIONS.get(do)) is not None:
        with suppress(Refused):  # too late, or not allowed: the page says how things stand
            await store.write(action, link=link)
    elif do == "write":
        try:
            await store.write(wishes.ask, link=link, **_wish(request, form))
        except (Invalid, Conflict, Gone) as refused:
            return await _shown(request, form, refused)
        there += WRITING
    elif do == "stop":
        await store.write(wishes.stop, link=link, id=form.get("id"))
        there += WRITING
    raise web.HTTPSeeOther(with_lang(request, there))


@allows("ticket.own")
async def qr(request: web.Request) -> web.Response:
    """The address of a ticket's page as a QR code; the code says nothing that its own address does not."""
    await request.app[STORE].read(visitors.by_link, link=request.match_info["link"])
    text = str(qr_svg(ticket_url(request, request.match_info["link"])))
    return web.Response(text=text, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=3600"})


def _wish(request: web.Request, form: Mapping[str, str]) -> dict[str, Any]:
    places = form.get("places", "")
    return {
        "to": form.get("to", "").strip()[:320],
        "places": int(places) if places.isascii() and places.isdigit() and int(places[:3]) <= MOST_PLACES else 1,
        "mails": request.app[SITE].mails,
        "language": language_of(request).tag,
    }


async def _shown(
    request: web.Request, form: Mapping[str, str] | None = None, refused: Refused | None = None
) -> web.Response:
    link, mails = request.match_info["link"], request.app[SITE].mails
    try:
        seen = await request.app[STORE].read(_read, link=link, mails=mails)
    except NotFound:
        return render_refusal(request, 404)
    state, asked, typed = as_told(request, seen.told), request.query.get("ask"), form or {}
    language, key = language_of(request, state["language"]), public_key(request)
    wanted, unsaid = state["state"] in WANTED, asked == "messages" or refused is not None
    view = TicketView(
        state=state,
        words=words_of(state, language),
        turn=state["state"] in TURN,
        asking=asked == "leave" and state["can_leave"],
        channels=seen.channels if wanted else (),
        messages=seen.messages,
        writing=bool(seen.messages) or (wanted and bool(seen.channels or key) and unsaid),
        typed=typed.get("to", "")[:320],
        places=PLACES,
        chosen=next((number for number in PLACES if str(number) == typed.get("places")), PLACES[1]),
        refusal=refusal_of(refused, language) if refused is not None else None,
        push_key=key if wanted else None,
        page={"path": request.path, "state": state},
    )
    how: dict[str, Any] = {"status": 422 if refused is not None else 200, "own": seen.own}
    return render(request, "kiosk/ticket.html.j2", view, default_language=state["language"], **how)


def _read(tx: Tx, *, link: str, mails: bool) -> Seen:
    ticket = visitors.by_link(tx, link=link)
    network = tx.network(ticket.account_id)
    return Seen(
        told=visitor_state.of_ticket(tx, link=link),
        channels=list(wishes.channels(network, mails=mails)),
        messages=wishes.of_ticket(tx, link=link),
        own=own_of(network, network.branches.get(ticket.branch_id or "")),
    )

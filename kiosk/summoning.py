"""Messages about a ticket to its holder's own devices: asked for on the ticket's page or at the kiosk, and stopped."""

from typing import Annotated, Any

import msgspec
from aiohttp import web

from kiosk.taking import Language
from qms.domain.summons import MOST_PLACES, Summons
from qms.services import devices, visitors
from qms.services.summoning import wishes
from qms.services.summoning.push_key import push_key
from qms.web.access import allows
from qms.web.answers import Answer, json_answer
from qms.web.bodies import read
from qms.web.keys import SECRET, SITE, STORE
from qms.web.perform import perform

Key = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9_-]+=*$", max_length=200)]


class Address(msgspec.Struct, frozen=True):
    """A telephone number or an e-mail address; with `places`, told too when so many or fewer are ahead."""

    to: Annotated[str, msgspec.Meta(min_length=1, max_length=320)]
    places: Annotated[int, msgspec.Meta(ge=0, le=MOST_PLACES)] = 1
    language: Language | None = None


class BrowserKeys(msgspec.Struct, frozen=True):
    """What only this browser reads messages with."""

    p256dh: Key
    auth: Key


class Browser(msgspec.Struct, frozen=True):
    """A browser's subscription to its push service, as it gives it."""

    endpoint: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    keys: BrowserKeys
    language: Language | None = None


class Phone(msgspec.Struct, frozen=True):
    """A ticket that a kiosk has given out, and the telephone to write to."""

    ticket: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{24}$")]
    phone: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    language: Language | None = None


class Told(msgspec.Struct, kw_only=True):
    """Where messages go: the channel, and as much of the address as its owner needs to know it again."""

    id: str
    channel: str
    to: str
    places: int

    @classmethod
    def of(cls, one: Summons) -> "Told":
        """A wish as its owner is told of it."""
        return cls(id=one.id, channel=one.channel, to=one.masked, places=one.places)


@allows("ticket.own")
async def ask(request: web.Request) -> web.Response:
    """Have messages about a ticket sent to a telephone or to a mailbox."""
    await request.app[STORE].read(visitors.by_link, link=request.match_info["link"])
    wish = await read(request, Address)
    return await perform(
        request,
        wishes.ask,
        reply=_told,
        principal="visitor",
        link=request.match_info["link"],
        to=wish.to,
        places=wish.places,
        mails=request.app[SITE].mails,
        language=wish.language,
    )


@allows("ticket.own")
async def subscribe(request: web.Request) -> web.Response:
    """Have messages about a ticket sent to this browser."""
    await request.app[STORE].read(visitors.by_link, link=request.match_info["link"])
    wish = await read(request, Browser)
    return await perform(
        request,
        wishes.subscribe,
        reply=_told,
        principal="visitor",
        link=request.match_info["link"],
        endpoint=wish.endpoint,
        keys=msgspec.to_builtins(wish.keys),
        language=wish.language,
    )


@allows("kiosk.use")
async def ask_at_kiosk(request: web.Request) -> web.Response:
    """Have messages about a ticket sent to a telephone, where the kiosk asks for one."""
    token = request.match_info["token"]
    _, branch, kiosk = await request.app[STORE].read(devices.kiosk, token=token)
    wish = await read(request, Phone)
    return await perform(
        request,
        wishes.ask_at_kiosk,
        reply=_told,
        principal=f"kiosk:{kiosk.id}",
        domain=branch.domain_id,
        token=token,
        ticket=wish.ticket,
        phone=wish.phone,
        language=wish.language,
    )


def public_key(request: web.Request) -> str | None:
    """What browsers are to know our messages by; None where they would take none, as the address is no safe one."""
    safe = request.app[SITE].public_url.startswith("https:")
    return push_key(request.app[SECRET]).public if safe else None


def _told(one: Summons) -> Answer:
    answer = json_answer(Told.of(one), 201)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def shown(one: Summons) -> dict[str, Any]:
    """A wish as the ticket's page shows it."""
    return msgspec.structs.asdict(Told.of(one))

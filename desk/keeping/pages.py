"""What all pages of keeping have in common: who may see them, what was sent, and how one is shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from aiohttp import web

from desk import administration
from qms.domain.complaint import complaint
from qms.domain.errors import Invalid
from qms.domain.network import Network
from qms.services.logins import Login
from qms.web import people
from qms.web.access import asked
from qms.web.bodies import read_form
from qms.web.keys import STORE
from qms.web.networks import current_network
from qms.web.pages import led_to_sign_in, with_lang

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """Who is asking, and of which account."""

    login: Login
    network: Network

    @property
    def account(self) -> str:
        """The account's id."""
        return self.login.account_id

    @property
    def me(self) -> str:
        """The id under which the audit log knows him."""
        return self.login.agent.id

    @property
    def zone(self) -> ZoneInfo:
        """Where the account's days begin."""
        return ZoneInfo(self.network.account.timezone)


async def keeper(request: web.Request) -> Keeper:
    """Whoever may see this page; one whom nobody knows is led to where people sign in.

    Raises:
        Forbidden: he may not.
    """
    with led_to_sign_in(request):
        login = await people.admit(request, asked(request))
    return Keeper(login=login, network=await current_network(request, login.account_id))


async def sent(request: web.Request) -> "Form":
    """The form that was sent."""
    return Form({name: [text.strip() for text in texts] for name, texts in (await read_form(request)).items()})


class Form:
    """What a form said."""

    def __init__(self, given: Mapping[str, Sequence[str]]) -> None:
        self._given = given

    def text(self, name: str) -> str:
        """One field; nothing where it was left out."""
        return next(iter(self._given.get(name, ())), "")

    def several(self, name: str) -> Sequence[str]:
        """All that was ticked."""
        return self._given.get(name, ())

    def listed(self, name: str) -> Sequence[str]:
        """The parts of a field that holds several, with commas or spaces between."""
        return self.text(name).replace(",", " ").split()

    def number(self, name: str, usual: float) -> float:
        """A number.

        Raises:
            Invalid: that is none.
        """
        try:
            return float(self.text(name) or usual)
        except ValueError:
            raise Invalid(name, complaint("a number")) from None

    def day(self, name: str, zone: ZoneInfo) -> datetime | None:
        """When a day begins in a zone.

        Raises:
            Invalid: that is no day.
        """
        if not (text := self.text(name)):
            return None
        try:
            return datetime.combine(date.fromisoformat(text), time(), zone).astimezone(UTC)
        except (ValueError, OverflowError):
            raise Invalid(name, complaint("a day such as %(example)s", example="2027-01-31")) from None


def shown(
    request: web.Request, keeper: Keeper, template: str, view: Mapping[str, Any], *, wrong: str = ""
) -> web.Response:
    """A page, with what is wrong with the form that was sent."""
    about = {"zone": keeper.zone, "wrong": wrong, "done": request.query.get("done", "")}
    page, status = f"desk/keeping_{template}.html.j2", 422 if wrong else 200
    return administration.shown(request, keeper.login.agent, page, {**about, **view}, status=status)


def onwards(request: web.Request, path: str) -> web.HTTPSeeOther:
    """On to a page once something is done, so that loading it again does nothing twice."""
    return web.HTTPSeeOther(with_lang(request, path))


async def done(request: web.Request, service: Callable[..., R], **said: Any) -> R:
    """Have something done, whatever routing domains it turns out to need."""
    return await request.app[STORE].write(service, **said)

"""An account as a network file declares it: its applications, its logins elsewhere, how it writes to people."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qms.domain.almanac import Holidays
from qms.domain.brand import NO_BRAND, Brand
from qms.domain.network_file.declared.named import Declared, Identified
from qms.domain.options import Options
from qms.domain.weekly import Closure


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationDecl(Identified):
    """An Auvious application; its id is an opaque text. `queue`: the key of the queue that its appointments join."""

    queue: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInDecl:
    """Where else people prove who they are: an OpenID provider, by its issuer; `name` stands on the button."""

    issuer: str
    client_id: str
    client_secret: str | None = field(default=None, repr=False)
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDecl(Declared):
    """The tenant. `room_url`, `meeting_url`: templates of a call's address, and of a meeting's at a provider.

    `absences`: why agents may say that they are away; none: the usual ones. `receipt_footer`: how receipts end.
    """

    slug: str
    id: str
    name: str
    timezone: str
    languages: tuple[str, ...]
    applications: tuple[ApplicationDecl, ...]
    options: Options
    room_url: str | None = None
    meeting_url: str | None = None
    sign_in: SignInDecl | None = None
    closures: tuple[Closure, ...] = ()
    holidays: Holidays | None = None
    brand: Brand = NO_BRAND
    absences: tuple[str, ...] = ()
    receipt_footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesDecl(Declared):
    """How the account writes to people: in whose name, through which providers, in which words.

    `appointments` False: nothing is sent about them. `agents` False: agents are told nothing by message. `country` is
    that of telephone numbers which name none.
    """

    sender: str | None = None
    reply_to: str | None = None
    country: str | None = None
    appointments: bool = True
    agents: bool = True
    providers: tuple[Mapping[str, object], ...] = field(default=(), repr=False)
    templates: tuple[Mapping[str, object], ...] = ()

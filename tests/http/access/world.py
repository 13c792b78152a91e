"""Two accounts with somebody of every kind, behind the real application: who is at its doors, and with what."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from qms.domain import access
from qms.domain.ids import from_uuid, new_secret, to_uuid
from qms.domain.network import Agent, Network
from qms.domain.network_file import read_network
from qms.domain.ticket import Ticket
from qms.domain.waiting import Entry
from qms.services import client_tokens, clients, fleet, keys, logins, program_keys, user_tokens
from qms.services.accounts import account_id
from qms.services.admission import TakeTicket
from qms.services.intake import take_tickets
from qms.store import waitlist
from qms.store.schema.access import api_key
from qms.store.schema.booking import appointment
from qms.store.store import Store
from qms.store.tx import Tx
from server.applying import apply_to
from server.opened import open_installation
from server.secret import secret_of
from server.settings import Settings
from server.wiring import application

NOBODY = "x" * 22
"""A token that opens nothing."""

BODIES = {
    "tickets": {"queue": "queue-main", "branch": "main"},
    "check-in": {"code": "XXXXXX"},
    "callbacks": {"queue": "queue-main", "phone": "+56912345678"},
}
"""What is said where a body is looked at before the token, by the end of the path."""

VIDEO = "/public/video-contact-center"
HALL = """
[[branch]]
key = "{key}"
name = "{word} {key}"
label = "{word} {key}"
address = "1 {word} Street"
location = [7.0, 9.0]
pocs = [{{ key = "{key}1", label = "{word} Counter", kind = "counter" }}]

[[queue]]
key = "queue-{key}"
name = "{word} {key}"
prefix = "{prefix}"
branches = ["{key}"]
mode = "counter"

[[agent]]
key = "attendant-{key}"
firstname = "{word}"
email = "attendant-{key}@{slug}.example"
queues = ["queue-{key}"]

[[agent]]
key = "supervisor-{key}"
firstname = "{word}"
email = "supervisor-{key}@{slug}.example"
role = "supervisor"
supervises = ["{key}"]

[[screen]]
key = "screen-{key}"
branch = "{key}"

[[kiosk]]
key = "kiosk-{key}"
branch = "{key}"
queues = ["queue-{key}"]
"""
HOUSE = """
[account]
slug = "{slug}"
name = "{word} Bank"
applications = [{{ key = "app", queue = "queue-main" }}]

[[agent]]
key = "supervisor"
firstname = "{word}"
role = "supervisor"

[[agent]]
key = "manager"
firstname = "{word}"
role = "manager"

[[agent]]
key = "owner"
firstname = "{word}"
email = "owner@{slug}.example"
role = "owner"

[[service]]
key = "visit"
title = "{word} Visit"
queue = "queue-main"
branch = "main"
agents = ["attendant-main"]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody at the door: `may` what, with which token. `elsewhere`: of another account or branch."""

    name: str
    may: frozenset[str]
    token: str = ""
    tenant: str = "alpha"
    elsewhere: bool = False

    @property
    def of_another_account(self) -> bool:
        """Whether what he asks for is not his account's."""
        return self.elsewhere and "another account" in self.name

    @property
    def headers(self) -> dict[str, str]:
        """What he sends along."""
        return {"Authorization": f"Bearer {self.token}", "X-Tenant": self.tenant} if self.token else {}


@dataclass(kw_only=True)
class World:
    """The application, whoever asks it, and what of the account Alpha is asked for, by the names in the paths."""

    app: web.Application
    client: TestClient[Any, Any]
    store: Store
    callers: list[Caller] = field(default_factory=list)
    things: dict[str, str] = field(default_factory=dict)

    def caller(self, name: str) -> Caller:
        """Whoever has this name."""
        return next(caller for caller in self.callers if caller.name == name)

    async def ask(self, caller: Caller, method: str, path: str, **more: Any) -> tuple[int, str]:
        """The status and the text of the answer; to be led to where one signs in is to be turned away."""
        body = None if method == "GET" else BODIES.get(path.rpartition("/")[2], {})
        headers = caller.headers | more.pop("headers", {})
        self.client.session.cookie_jar.clear()
        asked = self.client.request(method, path, json=body, headers=headers, allow_redirects=False, **more)
        async with asked as answer:
            led_away = answer.status in (302, 303) and answer.headers["Location"].startswith("/desk")
            return 401 if led_away else answer.status, await answer.text(errors="replace")


@asynccontextmanager
async def world(folder: Path, roles: str = "") -> AsyncIterator[World]:
    """Both accounts, on one new database in a folder; with all roles, or with some."""
    said = {"TURNERO_DATABASE_URL": f"sqlite:///{folder}/turnero.db", "TURNERO_RATE_LIMIT": "0"}
    settings = Settings.read(said | ({"TURNERO_ROLES": roles} if roles else {}))
    opened, ours = open_installation(settings), open_installation(settings)
    for word in ("Alpha", "Bravo"):
        apply_to(ours.store, read_network(_file(word), f"{word}.toml"))
    app = application(opened)
    async with TestClient(TestServer(app)) as client:
        made = World(app=app, client=client, store=ours.store)
        alpha, bravo = (ours.store.read(_network, slug=slug) for slug in ("alpha", "bravo"))
        secret = secret_of(settings)
        made.callers += [Caller(name="anonymous", may=frozenset()), *_people(made, alpha, bravo, secret)]
        made.callers += [*_programs(made, alpha, bravo, secret), *_devices(made, alpha)]
        await _visit(made, alpha)
        yield made
    for one in (opened, ours):
        one.store.close()


def _file(word: str) -> str:
    halls = [HALL.format(key=key, word=word, slug=word.lower(), prefix=key[0].upper()) for key in ("main", "north")]
    return HOUSE.format(word=word, slug=word.lower()) + "".join(halls)


def _network(tx: Tx, *, slug: str) -> Network:
    return tx.network(account_id(tx, slug=slug))


def _may(who: str, *prefixes: str) -> frozenset[str]:
    """What this way of proving who one is gives, at doors of this kind."""
    return frozenset(name for name in access.GRANTS[who] if name.startswith(prefixes))


def _end(tx: Tx, *, key: str) -> None:
    """A key's time is over: nobody issues one of which it is."""
    tx.execute(api_key.update().where(api_key.c.id == key).values(expires_at=tx.now))


STAFF = ("desk.", "logins.", "board.", "reports.", "messages.", "network.", "access.", "people.", "audit.")


def _people(made: World, alpha: Network, bravo: Network, secret: bytes) -> list[Caller]:
    def desk(name: str, agent: Agent, **more: Any) -> Caller:
        lasts = more.pop("lasts", timedelta(hours=1))
        token, begun = made.store.write(logins.start, kind="desk", agent=agent, scope=name, lasts=lasts)
        if more.pop("ended", False):
            made.store.write(logins.end, id=begun.id)
        allowed = frozenset(p for p in _may(agent.role, *STAFF) if access.may(agent, p))
        return Caller(**{"name": name, "token": token, "may": allowed, **more})

    def voki(name: str, agent: Agent, **more: Any) -> Caller:
        pair = made.store.write(user_tokens.begin, agent=agent, scope=name, secret=secret)
        return Caller(**{"name": name, "token": pair.access, "may": _may(agent.role, "voki."), **more})

    find, none = alpha.agents.find, frozenset[str]()
    others = bravo.agents.find("owner")
    ended = voki("Voki, ended", find("owner"), may=none)
    claims = user_tokens.read(ended.token, "access", secret=secret, now=datetime.now(UTC))
    made.store.write(logins.end, id=claims.login)
    return [
        desk("attendant", find("attendant-main")),
        desk("attendant of another branch", find("attendant-north"), elsewhere=True),
        desk("supervisor", find("supervisor")),
        desk("supervisor of another branch", find("supervisor-north"), elsewhere=True),
        desk("manager", find("manager")),
        desk("administrator", find("owner")),
        desk("administrator of another account", others, elsewhere=True),
        desk("expired login", find("owner"), lasts=-timedelta(hours=1), may=none),
        desk("ended login", find("owner"), ended=True, may=none),
        voki("Voki, attendant", find("attendant-main")),
        voki("Voki, another account", others, may=none),
        ended,
    ]


def _programs(made: World, alpha: Network, bravo: Network, secret: bytes) -> list[Caller]:
    def key(name: str, kind: str, network: Network = alpha, **more: Any) -> Caller:
        ends = datetime.now(UTC) + timedelta(days=1)
        issued = made.store.write(keys.issue_key, account=network.account.id, kind=kind, expires_at=ends, secret=secret)
        if more.pop("over", False):
            made.store.write(_end, key=issued.id)
        if more.pop("revoked", False):
            made.store.write(keys.revoke_key, account=network.account.id, id=issued.id)
        return Caller(**{"name": name, "token": issued.token, "may": _may(kind, "videsk."), **more})

    def client(name: str, *roles: str, network: Network = alpha, **more: Any) -> Caller:
        made_client = made.store.write(clients.issue_client, account=network.account.id, roles=roles)
        found = made.store.read(keys.find_key, id=made_client.id)
        assert found is not None
        at = datetime.now(UTC) - more.pop("ago", timedelta())
        token = client_tokens.issue(found, user=None, secret=secret, now=at)
        if more.pop("revoked", False):
            made.store.write(keys.revoke_key, account=network.account.id, id=made_client.id)
        allowed = frozenset[str]().union(*(_may(role, "auvious.") for role in roles))
        return Caller(**{"name": name, "token": token, "may": allowed, **more})

    def program(name: str, network: Network = alpha, **more: Any) -> Caller:
        branches, addresses = more.pop("branches", ()), more.pop("addresses", ())
        ends = datetime.now(UTC) + timedelta(days=1)
        wish = program_keys.Wish(scopes=access.SCOPES, branches=branches, addresses=addresses, expires_at=ends)
        issued = made.store.write(program_keys.issue, account=network.account.id, wish=wish)
        if more.pop("over", False):
            made.store.write(_end, key=issued.id)
        if more.pop("revoked", False):
            made.store.write(keys.revoke_key, account=network.account.id, id=issued.id)
        return Caller(**{"name": name, "token": issued.token, "may": frozenset(access.SCOPES), **more})

    none = frozenset[str]()
    return [
        program("program"),
        program("program of another branch", branches=["north"], elsewhere=True),
        program("program of another account", bravo, elsewhere=True),
        program("program from elsewhere", addresses=["192.0.2.0/24"], may=none),
        program("program, expired", over=True, may=none),
        program("program, revoked", revoked=True, may=none),
        *(key(f"Videsk, {kind}", kind) for kind in keys.KINDS),
        key("Videsk, another account", "backend", bravo, elsewhere=True),
        key("Videsk, expired", "backend", over=True, may=none),
        key("Videsk, revoked", "backend", revoked=True, may=none),
        *(client(f"Auvious, {role}", role) for role in clients.ROLES if role != "ROLE_CUSTOMER"),
        client("Auvious, another account", *clients.ROLES, network=bravo, elsewhere=True),
        client("Auvious, expired", *clients.ROLES, ago=timedelta(days=1), may=none),
        client("Auvious, revoked", *clients.ROLES, revoked=True, may=none),
    ]


def _devices(made: World, alpha: Network) -> list[Caller]:
    renewed, none = alpha.kiosks.find("kiosk-north"), frozenset[str]()
    made.store.write(fleet.renew_token, account=alpha.account.id, id=renewed.id, actor="owner")
    screen, kiosk, poc = alpha.screens.find("screen-main"), alpha.kiosks.find("kiosk-main"), alpha.pocs.find("main1")
    tokens = {"kiosk": kiosk.token, "screen": screen.token, "poc": poc.token}
    return [
        *(Caller(name=name, may=access.GRANTS[name], token=token) for name, token in tokens.items()),
        Caller(name="kiosk, address renewed", may=none, token=renewed.token),
    ]


async def _visit(made: World, alpha: Network) -> None:
    """Somebody waits at Alpha's main branch, and somebody has booked there."""
    wanted = TakeTicket(account=alpha.account.id, branch="main", queue="queue-main", source="desk")
    domain = alpha.queues.find("queue-main").domain_id
    (ticket,) = made.store.write(lambda tx: take_tickets(tx, [wanted]), domain=domain)
    assert isinstance(ticket, Ticket)
    made.callers.append(Caller(name="ticket link", may=access.GRANTS["ticket link"], token=ticket.link))
    link = made.store.write(_waits, network=alpha)
    made.callers.append(Caller(name="waiting list link", may=access.GRANTS["waiting list link"], token=link))
    service, key = alpha.services.find("visit").id, made.caller("Videsk, backend")
    date = datetime.now(UTC).date() + timedelta(days=7)
    asked = f"{VIDEO}/schedule/service/{service}"
    said = {"startAt": f"{date}T12:00:00Z", "timezone": "Z", "referrer": "https://acme.example/", "form": []}
    async with made.client.post(asked, json=said, headers=key.headers) as answer:
        booked = await answer.json()
    for kind in ("access", "action"):
        name = f"appointment's {kind} token"
        made.callers.append(Caller(name=name, may=access.GRANTS[name], token=booked[f"{kind}Token"]))
    id = made.store.read(_only_appointment, account=alpha.account.id)
    path, program = f"/api/appointments/activate/{id}", made.caller("Auvious, ROLE_CLIENT_SERVICE")
    async with made.client.post(path, headers=program.headers) as answer:
        code = (await answer.json())["url"].rpartition("/")[2]
    made.callers.append(Caller(name="waiting room code", may=access.GRANTS["waiting room code"], token=code))
    async with made.client.post(f"/q/{code}/token") as answer:
        token = (await answer.json())["access_token"]
    made.callers.append(Caller(name="Auvious, ROLE_CUSTOMER", may=_may("ROLE_CUSTOMER", "auvious."), token=token))
    made.things |= _things(alpha, ticket.id, id)


def _waits(tx: Tx, *, network: Network) -> str:
    """The link of somebody who waits for a place of tomorrow."""
    day = tx.now.date() + timedelta(days=1)
    entry = Entry(
        id=tx.new_id(),
        account_id=network.account.id,
        service_id=network.services.find("visit").id,
        day=day.isoformat(),
        timezone="UTC",
        begins_at=tx.now + timedelta(days=1),
        over_at=tx.now + timedelta(days=2),
        contact="eva@mail.example",
        person={"email": "eva@mail.example"},
        link=new_secret(),
        state="waiting",
        seq=1,
        created_at=tx.now,
    )
    waitlist.add(tx, entry)
    return entry.link


def _only_appointment(tx: Tx, *, account: str) -> str:
    found = tx.execute(sa.select(appointment.c.id).where(appointment.c.account_id == account)).scalar_one()
    return to_uuid(found)


def _things(alpha: Network, ticket: str, appointment: str) -> dict[str, str]:
    return {
        "ticket": ticket,
        "appointment": from_uuid(appointment) or "",
        "id": appointment,
        "pid": appointment,
        "branch": alpha.branches.find("main").id,
        "queue": alpha.queues.find("queue-main").id,
        "segment": alpha.queues.find("queue-main").id,
        "asker": alpha.queues.find("queue-main").id,
        "service": alpha.services.find("visit").id,
        "user": alpha.agents.find("attendant-main").id,
        "account": "alpha",
        "path": "live.js",
        "table": "queues",
    }

"""Two accounts with somebody of every kind, behind the real application, and what there is to be asked for."""

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
from qms.domain.network import Network
from qms.domain.network_file import read_network
from qms.domain.ticket import Ticket
from qms.domain.waiting import Entry
from qms.services.accounts import account_id
from qms.services.admission import TakeTicket
from qms.services.intake import take_tickets
from qms.store import waitlist
from qms.store.schema.booking import appointment
from qms.store.store import Store
from qms.store.tx import Tx
from server.applying import apply_to
from server.opened import open_installation
from server.secret import secret_of
from server.settings import Settings
from server.wiring import application
from tests.http.access.accounts import file_of
from tests.http.access.callers import Caller, devices, granted, people, programs

BODIES = {
    "tickets": {"queue": "queue-main", "branch": "main"},
    "check-in": {"code": "XXXXXX"},
    "callbacks": {"queue": "queue-main", "phone": "+56912345678"},
}
"""What is said where a body is looked at before the token, by the end of the path."""

VIDEO = "/public/video-contact-center"


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
        apply_to(ours.store, read_network(file_of(word), f"{word}.toml"))
    app = application(opened)
    async with TestClient(TestServer(app)) as client:
        made = World(app=app, client=client, store=ours.store)
        alpha, bravo = (ours.store.read(_network, slug=slug) for slug in ("alpha", "bravo"))
        secret = secret_of(settings)
        made.callers += [Caller(name="anonymous", may=frozenset()), *people(made.store, alpha, bravo, secret)]
        made.callers += [*programs(made.store, alpha, bravo, secret), *devices(made.store, alpha)]
        await _visit(made, alpha)
        yield made
    for one in (opened, ours):
        one.store.close()


def _network(tx: Tx, *, slug: str) -> Network:
    return tx.network(account_id(tx, slug=slug))


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
    made.callers.append(Caller(name="Auvious, ROLE_CUSTOMER", may=granted("ROLE_CUSTOMER", "auvious."), token=token))
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

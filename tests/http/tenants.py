"""Two accounts with the same ids and keys on one installation, with a morning's work behind them.

Every name of an account holds its word. Of the second one everything has an id of its own besides the one that its file
gives, and nobody outside is to see that either.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from aiohttp.test_utils import TestClient, TestServer

from qms.domain.ids import from_uuid, to_uuid
from qms.domain.network_file import read_network
from qms.services.clients import ROLES, IssuedClient, issue_client
from qms.services.keys import issue_key
from qms.store.schema import metadata
from qms.store.schema import network as tables
from qms.store.schema.outbox import delivery
from qms.store.store import Store
from qms.store.tx import Tx
from server.applying import apply_to
from server.openapi import describe
from server.opened import Opened, open_installation
from server.secret import secret_of
from server.settings import Settings
from server.wiring import EVENT_NAMES, application

WORDS = ("Alpha", "Bravo")
PASSWORD = "a-good-password"
NETWORK = Path(__file__).with_name("tenants.toml").read_text("utf-8")


@dataclass
class Tenant:
    """An account as its own people see it, and all bodies that they were given."""

    client: TestClient[Any, Any]
    word: str
    key: str
    program: IssuedClient
    desk: str = ""
    auvious: str = ""
    voki: str = ""
    tickets: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)
    links_of_appointments: list[str] = field(default_factory=list)
    meetings: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    @property
    def other(self) -> str:
        """The other account's word."""
        return WORDS[1 - WORDS.index(self.word)]

    async def ask(self, method: str, path: str, body: Any = None, *, tag: str = "") -> Any:
        """Ask with what lets this account's people in; the answer's JSON, if it is any."""
        token = {"Videsk": self.key, "Desk": self.desk, "Auvious": self.auvious, "Voki": self.voki}.get(tag)
        headers = {"Authorization": f"Bearer {token}", "X-Tenant": self.word.lower()} if token else {}
        async with self.client.request(method, path, json=body, headers=headers, allow_redirects=False) as answer:
            text = await answer.text(errors="replace")
            self.heard.append(f"{method} {path} {answer.status} {dict(answer.headers)} {text}")
            assert answer.status < 500, text
            return await answer.json() if answer.content_type == "application/json" and text else None

    async def work(self) -> None:
        """A visitor at the counter is served, one in the booth is answered, one waits, one leaves."""
        credentials = {"account": self.word.lower(), "email": "a1@shared.example", "password": PASSWORD}
        self.desk = (await self.ask("POST", "/desk/api/session", credentials))["token"]
        self.client.session.cookie_jar.clear()
        await self.ask("PUT", "/desk/api/presence", {"state": "idle", "poc": "c1"}, tag="Desk")
        for _ in range(3):
            taken = await self.ask("POST", f"/kiosk/kiosk-of-{self.word}/tickets", {"queue": "counter"})
            self.tickets.append(taken["id"])
            self.links.append(taken["url"].rpartition("/")[2])
        await self.ask("POST", f"/t/{self.links[1]}/leave")
        await self.ask("POST", "/desk/api/next", {}, tag="Desk")
        await self.ask("POST", "/desk/api/ticket/serve", tag="Desk")
        await self.ask("POST", "/desk/api/ticket/finish", tag="Desk")
        await self.ask("PUT", "/desk/api/presence", {"state": "idle", "poc": "1"}, tag="Desk")
        await self._booth()
        await self._meeting()
        await self._staff()

    async def _booth(self) -> None:
        root = "/public/video-contact-center"
        values = [{"_id": "b0b0b0b0b0b0b0b0b0b0b0b5", "value": f"{self.word} Visitor"}]
        said = {"segment": "booth", "type": "pre-call", "values": values}
        submission = (await self.ask("POST", f"{root}/forms", said, tag="Videsk"))["submission"]
        wanted = {"form": submission, "integrationData": {"word": self.word}}
        path = f"{root}/branches/b0b0b0b0b0b0b0b0b0b0b0b1/queues/b0b0b0b0b0b0b0b0b0b0b0b2"
        self.tickets.append((await self.ask("POST", path, wanted, tag="Videsk"))["id"])
        self.offers.append(await self._rings())
        await self._appointment(values)
        await self.ask("POST", f"/desk/api/offers/{self.offers[0]}/answer", tag="Desk")

    async def _appointment(self, form: Any) -> None:
        """Somebody books the last hour that is offered next week, looks at it and moves it to the first."""
        root, id = "/public/video-contact-center", "b0b0b0b0b0b0b0b0b0b0b0bd"
        asked = f"date={datetime.now(UTC).date() + timedelta(days=7)}&timezone=Z"
        await self.ask("GET", f"{root}/users/b0b0b0b0b0b0b0b0b0b0b0b6/dates?{asked}", tag="Videsk")
        hours = await self.ask("GET", f"{root}/services/{id}/hours?{asked}", tag="Videsk")
        wanted = {"startAt": hours[-1], "timezone": "Z", "form": form, "referrer": self.word}
        booked = await self.ask("POST", f"{root}/schedule/service/{id}", wanted, tag="Videsk")
        own = Tenant(self.client, self.word, booked["accessToken"], self.program, heard=self.heard)
        await own.ask("GET", f"{root}/schedule/info", tag="Videsk")
        own.key = booked["actionToken"]
        moved = await own.ask("POST", f"{root}/schedule/reschedule", {"date": hours[0]}, tag="Videsk")
        self.links_of_appointments += [booked["joinURL"], moved["joinURL"], moved["actionToken"]]

    async def _meeting(self) -> None:
        """A program puts down a meeting with the agent, moves it and opens the way in."""
        root, named = "/api/appointments", f"client_id={self.program.client_id}"
        said = f"grant_type=client_credentials&{named}&client_secret={self.program.client_secret}"
        self.auvious = (await self.ask("POST", f"/security/oauth/token?{said}"))["access_token"]
        start = (datetime.now(UTC) + timedelta(days=9)).isoformat()
        people: list[dict[str, Any]] = [{"type": "AGENT", "userId": to_uuid("b0b0b0b0b0b0b0b0b0b0b0b6")}]
        people += [{"type": "CUSTOMER", "customer": {"name": {"firstName": self.word}}}]
        wanted = {"start": start, "duration": "PT30M", "title": self.word, "participants": people}
        made = await self.ask("POST", f"{root}/", wanted, tag="Auvious")
        self.meetings.append(made["id"])
        await self.ask("PUT", f"{root}/reschedule/", {"id": made["id"], "start": start}, tag="Auvious")
        for one in made["participantIds"]:
            await self.ask("GET", f"{root}/{made['id']}/participants/{one['id']}", tag="Auvious")
        way = await self.ask("POST", f"{root}/activate/{made['id']}", tag="Auvious")
        self.links_of_appointments.append(way["url"])

    async def _staff(self) -> None:
        """The agent makes an appointment for himself, and looks at what he has."""
        root, named = "/api/v1", {"email": "a1@shared.example", "password": PASSWORD, "tenant": self.word.lower()}
        self.voki = (await self.ask("POST", "/api/auth/login", named))["data"]["access_token"]
        user = (await self.ask("GET", f"{root}/users/me", tag="Voki"))["data"]["id"]
        start = (datetime.now(UTC) + timedelta(days=10)).isoformat(timespec="seconds")
        wanted = {"title": self.word, "scheduled_at": start, "customer_name": f"{self.word} Customer"}
        wanted["department_id"] = to_uuid("b0b0b0b0b0b0b0b0b0b0b0b2")
        made = (await self.ask("POST", f"{root}/appointments", {"appointment": wanted}, tag="Voki"))["data"]
        self.meetings += [made["id"], made["customer_id"]]
        asked = f"user_id={user}&scheduled_at={start}"
        await self.ask("GET", f"{root}/appointments/conflicts?{asked}", tag="Voki")
        await self.ask("GET", f"{root}/customers/{made['customer_id']}", tag="Voki")

    async def _rings(self) -> str:
        """The offer, once it is told on the desk's socket."""
        headers = {"Authorization": f"Bearer {self.desk}"}
        async with self.client.ws_connect("/desk/socket", headers=headers) as socket:
            while True:
                told = await socket.receive_json(timeout=20)
                if told["offer"] is not None:
                    return str(told["offer"]["id"])


@dataclass(frozen=True)
class House:
    """Both accounts, and the ids that only the installation knows."""

    tenants: tuple[Tenant, Tenant]
    store: Store
    inner: frozenset[str]


@asynccontextmanager
async def two_accounts(folder: Path) -> AsyncIterator[House]:
    """Both accounts at work."""
    settings = Settings.read({"TURNERO_DATABASE_URL": f"sqlite:///{folder}/turnero.db", "TURNERO_RATE_LIMIT": "0"})
    opened = open_installation(settings, event_names=EVENT_NAMES)
    keys = [settle(opened, word) for word in WORDS]
    async with TestClient(TestServer(application(opened))) as client:
        alpha, bravo = (Tenant(client, word, *key) for word, key in zip(WORDS, keys, strict=True))
        await alpha.work()
        await bravo.work()
        yield House((alpha, bravo), opened.store, frozenset(opened.store.read(inner_ids)))
    opened.store.close()


def settle(opened: Opened, word: str) -> tuple[str, IssuedClient]:
    """Apply an account's file; a backend key, and a client that may do everything."""
    slug = word.lower()
    text = (
        NETWORK.replace("SLUG", slug).replace("INI", word[:3].upper()).replace("SECRET", PASSWORD).replace("WORD", word)
    )
    apply_to(opened.store, read_network(text, "network.toml"))
    account = opened.store.read(account_of, slug=slug)
    secret = secret_of(opened.settings)
    key = opened.store.write(issue_key, account=account, kind="backend", expires_at=None, secret=secret)
    return key.token, opened.store.write(issue_client, account=account, roles=ROLES)


def account_of(tx: Tx, *, slug: str) -> str:
    return str(tx.execute(sa.select(tables.account.c.id).where(tables.account.c.slug == slug)).scalar_one())


def deliveries(tx: Tx) -> list[tuple[str, str]]:
    """Event and data of everything that webhooks were to be told."""
    return [(row.event, str(row.data)) for row in tx.execute(sa.select(delivery.c.event, delivery.c.data))]


def inner_ids(tx: Tx) -> list[str]:
    """The ids of all whose own were taken."""
    kinds = [table for table in metadata.tables.values() if "given_id" in table.c]
    found = [id for t in kinds for id in tx.execute(sa.select(t.c.id).where(t.c.given_id.is_not(None))).scalars()]
    return [*found, *map(to_uuid, found)]


async def ask_everything(tenant: Tenant, other: Tenant) -> None:
    """Every documented operation, with what this account knows and with what only the other one should."""
    places = {
        "branch": ["main", "b0b0b0b0b0b0b0b0b0b0b0b1"],
        "queue": ["counter", "b0b0b0b0b0b0b0b0b0b0b0b2"],
        "segment": ["booth", "b0b0b0b0b0b0b0b0b0b0b0b2"],
        "service": ["visit", "b0b0b0b0b0b0b0b0b0b0b0bd"],
        "user": ["a1", "b0b0b0b0b0b0b0b0b0b0b0b6"],
        "ticket": [*tenant.tickets, *other.tickets],
        "offer": [*tenant.offers, *other.offers],
        "id": [*tenant.meetings, *other.meetings],
        "appointment": [from_uuid(id) or id for id in (*tenant.meetings, *other.meetings)],
        "link": tenant.links,
        "path": ["live.js"],
    }
    for path, item in describe("http://turnero.example")["paths"].items():
        devices = {"screens": f"screen-of-{tenant.word}", "kiosk": f"kiosk-of-{tenant.word}"}
        name = path[path.find("{") + 1 : path.find("}")] if "{" in path else ""
        known = places.get(name, [devices.get(path.split("/")[1], "unknown")])
        for value in tenant.meetings if path.startswith("/api/cal") else known:  # whoever has an id may have that
            for method, operation in item.items():
                if method != "delete":
                    where = path.replace(f"{{{name}}}", value).replace("{queue}", "counter")
                    await tenant.ask(method.upper(), where, {} if method != "get" else None, tag=operation["tags"][0])

"""The clients of a town hall: each speaks a dialect as a client of it does."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from qms.domain.ids import from_uuid, to_uuid
from qms.services.clients import issue_client
from qms.services.keys import issue_key
from tests.http.conftest import SECRET_KEY
from tests.http.dialects.dialect import Seen
from tests.http.dialects.town import ANA, BOB, LASTS, PASSWORD, QUEUE, VISIT, Answer, Town

ROLES = ("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_CLIENT_SERVICE")


class Videsk:
    """A visitor's page: it books, and then has the links it was given."""

    name = "videsk"
    root = "/public/video-contact-center"

    def __init__(self, town: Town, headers: Mapping[str, str]) -> None:
        self._town, self._headers = town, headers

    @classmethod
    async def open(cls, town: Town) -> "Videsk":
        wanted: dict[str, Any] = {"account": town.account, "kind": "backend", "expires_at": None, "secret": SECRET_KEY}
        key = await asyncio.to_thread(town.store.write, issue_key, **wanted)
        return cls(town, {"Authorization": f"Bearer {key.token}"})

    async def make(self, start: datetime, agent: str = ANA) -> tuple[Answer, str]:
        said = {"startAt": milliseconds(start), "timezone": "Z", "form": [], "referrer": "https://town.example"}
        path = f"{self.root}/schedule/user/{agent}"
        answer = await self._town.ask("POST", path, self._headers, {**said, "service": VISIT})
        if answer.status != 201:
            return answer, ""
        info = await self._own("GET", "info", answer.body["accessToken"])
        return answer, info.body["id"]

    async def see(self, id: str) -> Seen | None:
        answer = await self._own("GET", "info", self._town.link(id, "access"))
        if answer.status == 401:
            return None
        assert answer.status == 201, answer.body
        shown = answer.body
        agent = {"Ana": ANA, "Bob": BOB}[shown["user"]["firstname"]]
        return Seen(start=_at(shown["startAt"]), end=_at(shown["endAt"]), agent=agent, status=shown["status"])

    async def move(self, id: str, start: datetime) -> Answer:
        return await self._own("POST", "reschedule", self._town.link(id, "action"), {"date": milliseconds(start)})

    async def cancel(self, id: str) -> Answer:
        return await self._own("POST", "cancel", self._town.link(id, "action"), {"cancelReason": "none"})

    async def busy(self, start: datetime, agent: str = ANA) -> bool:
        asked = {"date": start.date().isoformat(), "timezone": "Z"}
        answer = await self._town.ask("GET", f"{self.root}/users/{agent}/hours", self._headers, **asked)
        assert answer.status == 200, answer.body
        return milliseconds(start) not in answer.body

    async def _own(self, method: str, path: str, token: str, body: Any = None) -> Answer:
        headers = {"Authorization": f"Bearer {token}"}
        return await self._town.ask(method, f"{self.root}/schedule/{path}", headers, body)


class Auvious:
    """Another system's program, which may do everything."""

    name = "auvious"
    root = "/api/appointments/"

    def __init__(self, town: Town, headers: Mapping[str, str]) -> None:
        self._town, self._headers = town, headers

    @classmethod
    async def open(cls, town: Town) -> "Auvious":
        wanted = {"account": town.account, "roles": ROLES, "agent": "ana"}
        client = await asyncio.to_thread(town.store.write, issue_client, **wanted)
        said = {"grant_type": "client_credentials", "client_id": client.client_id}
        said |= {"client_secret": client.client_secret}
        answer = await town.ask("POST", "/security/oauth/token", {}, **said)
        return cls(town, {"Authorization": f"Bearer {answer.body['access_token']}"})

    async def make(self, start: datetime, agent: str = ANA) -> tuple[Answer, str]:
        customer = {"name": {"firstName": "Eva"}, "contact": {"primaryEmail": "eva@example.org"}}
        said = {"start": milliseconds(start), "duration": "PT30M", "title": "Auvious", "customer": customer}
        body = {**said, "organizerId": to_uuid(agent)}
        answer = await self._town.ask("POST", self.root, self._headers, body)
        return answer, (from_uuid(answer.body["id"]) or "") if answer.status == 200 else ""

    async def see(self, id: str) -> Seen | None:
        answer = await self._town.ask("GET", self.root + to_uuid(id), self._headers)
        if answer.status == 404:
            return None
        shown = answer.body
        agents = [one["id"] for one in shown["participantIds"] if one["type"] == "AGENT"]
        (agent,) = (from_uuid(one) or one for one in agents)
        state = shown["interaction"]["state"]
        return Seen(start=_at(shown["start"]), end=_at(shown["end"]), agent=agent, status=state)

    async def move(self, id: str, start: datetime) -> Answer:
        body = {"id": to_uuid(id), "start": milliseconds(start)}
        return await self._town.ask("PUT", f"{self.root}reschedule/", self._headers, body)

    async def cancel(self, id: str) -> Answer:
        return await self._town.ask("DELETE", self.root + to_uuid(id), self._headers)

    async def busy(self, start: datetime, agent: str = ANA) -> bool:
        """Whether one of the appointments that the agent answers for lies there."""
        around = f"{milliseconds(start - LASTS)},{milliseconds(start + 2 * LASTS)}"
        asked = {"organizerId": to_uuid(agent), "range": around}
        answer = await self._town.ask("GET", self.root, self._headers, **asked)
        assert answer.status == 200, answer.body
        rows = [one for one in answer.body["content"] if one["interaction"]["state"] != "ENDED"]
        return any(_at(one["start"]) < start + LASTS and start < _at(one["end"]) for one in rows)

    async def ask(self, method: str, path: str, body: Any = None) -> Answer:
        """Anything else."""
        return await self._town.ask(method, self.root + path, self._headers, body)

    async def act(self, id: str, action: str) -> Answer:
        """Activate it, or end it."""
        if action == "end":
            return await self._town.ask("PUT", f"{self.root}{to_uuid(id)}/end", self._headers)
        return await self._town.ask("POST", f"{self.root}activate/{to_uuid(id)}", self._headers)


class Voki:
    """Ana, on another system's pages."""

    name = "voki"
    root = "/api/v1/appointments"

    def __init__(self, town: Town, headers: Mapping[str, str]) -> None:
        self._town, self._headers = town, headers

    @classmethod
    async def open(cls, town: Town) -> "Voki":
        said = {"email": f"ana@{town.slug}.example", "password": PASSWORD, "tenant": town.slug}
        answer = await town.ask("POST", "/api/auth/login", {}, said)
        token = answer.body["data"]["access_token"]
        return cls(town, {"Authorization": f"Bearer {token}", "X-Tenant": town.slug})

    async def make(self, start: datetime, agent: str = ANA) -> tuple[Answer, str]:
        said = {"title": "Voki", "scheduled_at": milliseconds(start), "customer_name": "Eva"}
        body = {**said, "department_id": to_uuid(QUEUE), "user_id": to_uuid(agent)}
        answer = await self._town.ask("POST", self.root, self._headers, {"appointment": body})
        return answer, (from_uuid(answer.body["data"]["id"]) or "") if answer.status == 201 else ""

    async def see(self, id: str) -> Seen | None:
        answer = await self._town.ask("GET", f"{self.root}/{to_uuid(id)}", self._headers)
        if answer.status == 404:
            return None
        shown = answer.body["data"]
        start = _at(shown["scheduled_at"])
        end = start + timedelta(minutes=shown["duration_minutes"])
        return Seen(start=start, end=end, agent=from_uuid(shown["user_id"]) or "", status=shown["status"])

    async def move(self, id: str, start: datetime) -> Answer:
        return await self.change(id, scheduled_at=milliseconds(start))

    async def cancel(self, id: str) -> Answer:
        return await self.act(id, "cancel")

    async def busy(self, start: datetime, agent: str = ANA) -> bool:
        asked = {"user_id": to_uuid(agent), "scheduled_at": milliseconds(start)}
        answer = await self._town.ask("GET", f"{self.root}/conflicts", self._headers, **asked)
        assert answer.status == 200, answer.body
        return bool(answer.body["data"]["has_conflicts"])

    async def change(self, id: str, **changes: Any) -> Answer:
        """Change what is said about it."""
        path = f"{self.root}/{to_uuid(id)}"
        return await self._town.ask("PUT", path, self._headers, {"appointment": changes})

    async def act(self, id: str, action: str) -> Answer:
        """Confirm, cancel, complete, or say that nobody came."""
        return await self._town.ask("POST", f"{self.root}/{to_uuid(id)}/{action}", self._headers)


DIALECTS: tuple[Any, ...] = (Videsk, Auvious, Voki)


def milliseconds(at: datetime) -> str:
    """An instant as all of them take it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)

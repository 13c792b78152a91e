"""Networks for end-to-end tests, and people who use the public interfaces."""

import asyncio
from typing import Any

import aiohttp

VIDESK = "/public/video-contact-center/branches"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def bank(hook: str = "http://127.0.0.1:9/hook", *, agents: int = 4) -> str:
    """A branch with a booth queue that pushes, a counter queue that pulls and one that pushes, and a webhook."""
    people = "\n".join(
        f"""
[[agent]]
key = "a{n}"
firstname = "Agent"
lastname = "Number {n}"
email = "a{n}@acme.example"
password = "a-good-password"
role = "attendant"
queues = ["booth", "pull", "push"]
"""
        for n in range(1, agents + 1)
    )
    counters = ", ".join(f'{{ key = "c{n}", label = "Counter {n}", kind = "counter" }}' for n in range(1, agents + 1))
    return f"""
[account]
slug = "acme"
name = "Acme Bank"
timezone = "America/Santiago"

[[branch]]
key = "main"
id = "652720d479497a1b62df288b"
name = "branch-main-1345"
label = "Virtual Main branch"
address = "1345 Main Street, CA"
location = [7.0, 9.0]
pocs = [{{ key = "1", label = "Box 1", kind = "booth" }}, {counters}]

[[queue]]
key = "booth"
name = "Trámites ABC"
prefix = "T"
branches = ["main"]
mode = "booth"
wrap_up_seconds = 0

[[queue]]
key = "pull"
name = "Caja"
prefix = "C"
branches = ["main"]
mode = "counter"
wrap_up_seconds = 0

[[queue]]
key = "push"
name = "Informes"
prefix = "I"
branches = ["main"]
mode = "counter"
call = "push"
wrap_up_seconds = 0
{people}
[[webhook]]
key = "qms"
url = "{hook}"
events = ["qms.assigned"]
dialect = "videsk"
secret = "{SECRET}"

[[screen]]
key = "lobby"
branch = "main"
token = "lobby-screen-secret"

[[kiosk]]
key = "door"
branch = "main"
token = "kiosk-secret"
queues = ["booth", "pull", "push"]
"""


class Agent:
    """An agent at a desk, who uses the JSON interface as any program does."""

    def __init__(self, http: aiohttp.ClientSession, url: str, key: str = "a1") -> None:
        self._http = http
        self.url = url
        self._key = key
        self.token = ""
        self.state: dict[str, Any] = {}

    @property
    def headers(self) -> dict[str, str]:
        """What says who is asking."""
        return {"Authorization": f"Bearer {self.token}"}

    async def sign_in(self, poc: str | None = None) -> None:
        """Log in and be idle, perhaps at a POC."""
        body = {"account": "acme", "email": f"{self._key}@acme.example", "password": "a-good-password"}
        patience = aiohttp.ClientTimeout(total=60)  # a password is slow to look at on purpose
        async with self._http.post(f"{self.url}/desk/api/session", json=body, timeout=patience) as answer:
            assert answer.status == 201, await answer.text()
            self.token = (await answer.json())["token"]
        await self.do("presence", {"state": "idle", **({"poc": poc} if poc else {})}, method="PUT")

    async def do(self, path: str, body: Any = None, *, method: str = "POST") -> int:
        """Carry out a command; the status. A new state is kept."""
        url = f"{self.url}/desk/api/{path}"
        async with self._http.request(method, url, json=body or {}, headers=self.headers) as answer:
            if answer.status == 200:
                self.state = await answer.json()
            return answer.status

    async def look(self) -> dict[str, Any]:
        """The state now."""
        async with self._http.get(f"{self.url}/desk/api/state", headers=self.headers) as answer:
            assert answer.status == 200, await answer.text()
            self.state = await answer.json()
        return self.state

    async def offered(self, seconds: float = 10) -> dict[str, Any]:
        """What rings, as soon as something does."""
        async with asyncio.timeout(seconds):
            while not (await self.look())["offer"]:  # noqa: ASYNC110 - a program from outside can only ask again
                await asyncio.sleep(0.02)
        offer: dict[str, Any] = self.state["offer"]
        return offer

"""What a client can do in every dialect, and how an appointment looks in any of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tests.http.dialects.town import ANA, Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An appointment as a dialect shows it; `status` in that dialect's word."""

    start: datetime
    end: datetime
    agent: str
    status: str


class Dialect(Protocol):
    """What a client can do, whichever dialect it speaks; ids are our own."""

    name: str

    async def make(self, start: datetime, agent: str = ANA) -> tuple[Answer, str]:
        """Ask for an appointment of half an hour: what is answered, and its id, if it was made."""

    async def see(self, id: str) -> Seen | None:
        """The appointment, if there is anything to see."""

    async def move(self, id: str, start: datetime) -> Answer:
        """Ask for another time."""

    async def cancel(self, id: str) -> Answer:
        """Ask for it not to be."""

    async def busy(self, start: datetime, agent: str = ANA) -> bool:
        """Whether something takes the agent's time."""

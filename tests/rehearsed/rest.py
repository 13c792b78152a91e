"""I6, I7, I8, I10: what must be true once the distributor has been there, and that it comes in time."""

from collections.abc import Iterator

from acd.engine.invariants import check_matching
from qms.store.columns import instant
from tests.rehearsed.mirror import Row
from tests.rehearsed.sight import MINUTE, SECOND, Sight

IN_TIME_SECONDS = 1.5
"""A worker that runs has seen to what is due by then: half a second for the tick, a second for all the rest."""


def after_a_pass(sight: Sight, domain: str) -> Iterator[str]:
    """I6, I7, I8, I10: a pass that made no offers has left nothing to do; whom it sent on, the next one looks at."""
    yield from left_beside(sight, domain)
    for offer in sight.live_offers.values():
        if offer["domain_id"] == domain and offer["state"] == "ringing" and offer["deadline"] <= sight.now:
            yield f"I7: an offer still rings {(sight.now - offer['deadline']) / SECOND:g} s after its time"
    for session in sight.on_duty.values():
        timed = session["state"] in ("wrap_up", "missed") and session["domain_id"] == domain
        if timed and session["until"] <= sight.now:
            yield f"I8: a session is still {session['state']}"
    for ticket in sight.waiting(domain):
        if ticket["band"] >= 2 and _too_long(sight, ticket) and ticket["id"] not in sight.moved:
            yield f"I10: {ticket['number']} has waited too long and is not escalated"
    yield from _deserted(sight, domain)


def _too_long(sight: Sight, ticket: Row) -> bool:
    since = max(ticket["enqueued_at"], ticket["key"], ticket["eligible_from"])
    return since + sight.queue(ticket).max_wait_minutes * MINUTE <= sight.now


def _deserted(sight: Sight, domain: str) -> Iterator[str]:
    """Nobody stays at a desk for more than ten minutes to which nobody comes back."""
    for offer in sight.live_offers.values():
        gone = sight.sessions[offer["session_id"]]["ended_at"]
        if offer["domain_id"] == domain and gone is not None and gone + 10 * MINUTE <= sight.now:
            yield "I8: somebody is at a desk that nobody has come back to"


def left_beside(sight: Sight, domain: str, at: int | None = None) -> list[str]:
    """I6: whom a pass would still have to give to whom, by the engine's own second opinion."""
    waiting = [ticket for ticket in sight.waiting(domain) if sight.queue(ticket).call == "push"]
    agents = sight.open_to_more(domain) if waiting else []
    if not agents:
        return []
    now = instant(sight.now if at is None else at)
    tickets = [sight.as_waiting(one) for one in waiting]
    return check_matching(tickets, agents, sight.free_booths(domain), [], now)


class Watch:
    """I6, I7 while time goes by: with a worker at work nothing is left undone for longer than its next tick."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self._left: dict[tuple[str, tuple[int, ...]], float] = {}
        self._looked = 0.0

    def look(self, passed: float, calm_since: float, now: int) -> list[str]:
        """What is overdue; `calm_since`: the last moment at which a clock was set, or a process began or ended."""
        if passed - calm_since < IN_TIME_SECONDS + 1:
            self._left.clear()
            return []
        late = now - round(IN_TIME_SECONDS * SECOND)
        found = [
            f"I7: an offer rings {(now - offer['deadline']) / SECOND:g} s after its time"
            for offer in self.sight.live_offers.values()
            if offer["state"] == "ringing" and offer["deadline"] < late
        ]
        if passed - self._looked > IN_TIME_SECONDS:
            self._looked = passed
            found += self._beside(passed, now)
        return found

    def _beside(self, passed: float, now: int) -> list[str]:
        left: dict[tuple[str, tuple[int, ...]], float] = {}
        for domain in sorted(self.sight.mirror.rows["routing_domain"]):
            broken = left_beside(self.sight, domain, at=now)
            if broken:
                versions = [t["ver"] for t in self.sight.waiting(domain)]
                versions += [s["ver"] for s in self.sight.on_duty.values() if s["domain_id"] == domain]
                name = (broken[0], tuple(versions))
                left[name] = self._left.get(name, passed)
        self._left = left
        return [
            f"{name} for {passed - since:g} s" for (name, _), since in left.items() if passed - since > IN_TIME_SECONDS
        ]

"""What the rules look at: the mirror, the network file's house, and what has just been done."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from acd.engine import Available, Waiting
from qms.domain.network import Network, Queue
from qms.domain.routing import Routing, capacity, routing
from qms.store.columns import instant, micros
from tests.rehearsed.mirror import Mirror, Row, Version
from tests.rehearsed.plan import Plan

LIVE = ("waiting", "offered", "called", "serving", "parked")
AT_DESK = ("called", "serving")
RINGING_OR_ACCEPTED = ("ringing", "accepted")


class Sight:
    """The house as it stands: `now` is the business time of the transaction that is looked at, `deed` the service."""

    def __init__(self, plan: Plan, mirror: Mirror) -> None:
        self.plan, self.mirror = plan, mirror
        self.network: Network
        self.now = 0
        self.ahead = 0
        """Business time less machine time, in microseconds."""
        self.deeds: frozenset[str] = frozenset()
        self.tickets = mirror.rows["ticket"]
        self.offers = mirror.rows["offer"]
        self.sessions = mirror.rows["session"]
        self.live_offers: dict[str, Row] = {}
        self.on_duty: dict[str, Row] = {}
        self.present: dict[str, Row] = {}
        self.moved: set[str] = set()
        self.series: dict[str, set[int]] = {}
        self.last_call: dict[str, int] = {}
        self.vendors_told: set[tuple[str, str, str]] = set()
        self.arrived: set[str] = set()

    def note(self, version: Version) -> None:
        """Keep what is live at hand: it is little, and everything else is history."""
        if version.kind == "ticket":
            if version.before and version.after and version.before["queue_id"] != version.after["queue_id"]:
                self.moved.add(version.id)
            _keep(self.present, version, lambda row: row["state"] in LIVE)
        elif version.kind == "offer":
            _keep(self.live_offers, version, lambda row: row["state"] in RINGING_OR_ACCEPTED)
        elif version.kind == "session":
            _keep(self.on_duty, version, lambda row: row["ended_at"] is None)

    def queue(self, row: Row) -> Queue:
        """The queue of a ticket or an offer."""
        return self.network.queues[row["queue_id"]]

    def rules(self, queue_id: str) -> Routing:
        """The policies of a queue."""
        return routing(self.network, queue_id)

    def branch_key(self, id: str | None) -> str | None:
        """The plan's name for a branch."""
        return self.network.branches[id].key if id else None

    def waiting(self, domain: str | None = None) -> list[Row]:
        """Who waits, the most urgent first."""
        found = [t for t in self.present.values() if t["state"] == "waiting" and domain in (None, t["domain_id"])]
        return sorted(found, key=turn)

    def offers_at(self, session: str) -> list[Row]:
        """The live offers of a session."""
        return [offer for offer in self.live_offers.values() if offer["session_id"] == session]

    def has(self, branch: str | None, kind: str) -> bool:
        """Whether a branch has a booth, or a counter."""
        return any(poc.kind == kind for poc in self.network.pocs_by_branch.get(branch or "", ()))

    def as_waiting(self, ticket: Row, *, again: bool = False, held: bool = True) -> Waiting:
        """A ticket by the rules of the design, for the engine's own notion of who may take it."""
        queue, rules = self.queue(ticket), self.rules(ticket["queue_id"])
        booth = queue.mode == "booth" and ticket["branch_id"] is not None and self.has(ticket["branch_id"], "booth")
        there = {s["agent_id"] for s in self.on_duty.values() if s["state"] != "away"}
        held = held and ticket["preferred_agent_id"] in there and ticket["preferred_until"] is not None
        cooldowns = {} if again else {a: instant(at) for a, at in parsed(ticket["cooldowns"]).items()}
        return Waiting(
            id=ticket["id"],
            queue=lane(ticket),
            branch=ticket["branch_id"],
            band=ticket["band"],
            key=instant(ticket["key"]),
            seq=ticket["seq"],
            eligible_from=instant(ticket["eligible_from"]),
            arrived_at=instant(ticket["enqueued_at"]),
            needs_poc=booth and ticket["place"] == "onsite",
            preferred_agent=ticket["preferred_agent_id"],
            preferred_until=instant(ticket["preferred_until"]) if held else None,
            level_rings=rules.rings,
            cooldowns=cooldowns,
        )

    def as_available(self, session: Row) -> Available:
        """A session as the engine sees it, with the lanes that it can serve where it sits."""
        agent = self.network.agents.get(session["agent_id"])
        served: dict[str, int] = {}
        for queue_id, level in agent.queues.items() if agent else ():
            queue = self.network.queues[queue_id]
            for branch in (*queue.branch_ids, None):
                if (
                    queue.mode == "booth"
                    or branch is None
                    or self._at(session, branch)
                    or not (self.has(branch, "counter") or _sits(session, branch))
                ):
                    served[f"{queue_id}@{branch or ''}"] = level
        since = instant(session["idle_since"])
        return Available(session=session["id"], agent=session["agent_id"], queues=served, idle_since=since)

    def free_again(self, session: Row) -> Available:
        """What a session could serve before it was given what it has now."""
        mine = {id: offer for id, offer in self.live_offers.items() if offer["session_id"] == session["id"]}
        for id in mine:
            del self.live_offers[id]
        found = self.as_available(session)
        self.live_offers |= mine
        return found

    def capacity(self, session: Row, queue: str) -> int:
        """How many people an agent has at once at most, with one of a queue among them."""
        return capacity(self.network, self.network.agents.get(session["agent_id"]), queue)

    def open_to_more(self, domain: str) -> list[Available]:
        """Who is idle, or has somebody and room for one more, and what of."""
        found = []
        for session in self.on_duty.values():
            if session["domain_id"] != domain or session["disconnected_at"] is not None:
                continue
            if session["state"] == "idle":
                found.append(self.as_available(session))
            elif session["state"] in ("ringing", "busy") and _wants_more(session):
                found.append(self._beside(session))
        return found

    def _beside(self, session: Row) -> Available:
        held = [offer["lanes"] for offer in self.offers_at(session["id"])]
        whole = self.as_available(session)
        fit = {
            lane: level
            for lane, level in whole.queues.items()
            if len(held) < min([self.capacity(session, lane.partition("@")[0]), *held])
        }
        return replace(whole, queues=fit)

    def _at(self, session: Row, branch: str) -> bool:
        """Whether somebody sits in a branch where no visitor is sent to."""
        taken = any(offer["poc_id"] == session["poc_id"] for offer in self.live_offers.values())
        return _sits(session, branch) and not taken

    def free_booths(self, domain: str) -> dict[str, list[str]]:
        """The booths of a domain's branches that no live offer holds."""
        held = {offer["poc_id"] for offer in self.live_offers.values()}
        return {
            branch: [poc.id for poc in pocs if poc.kind == "booth" and poc.id not in held]
            for branch, pocs in self.network.pocs_by_branch.items()
            if self.network.branches[branch].domain_id == domain
        }

    def at(self) -> datetime:
        """The business time of the transaction."""
        return instant(self.now)


def _sits(session: Row, branch: str) -> bool:
    return bool(session["branch_id"] == branch and session["poc_id"] is not None)


def _wants_more(session: Row) -> bool:
    return session["paused_until"] is None and session["pending_away"] is None


def _keep(kept: dict[str, Row], version: Version, lives: Any) -> None:
    if version.after is not None and lives(version.after):
        kept[version.id] = version.after
    else:
        kept.pop(version.id, None)


def turn(ticket: Row) -> tuple[int, int, int]:
    """Where a ticket stands: band, key, sequence."""
    return (ticket["band"], ticket["key"], ticket["seq"])


def lane(row: Row) -> str:
    """The queue at a branch."""
    return f"{row['queue_id']}@{row['branch_id'] or ''}"


@lru_cache(maxsize=4096)
def parsed(text: str) -> Any:
    """JSON text, read once."""
    return json.loads(text)


def of(versions: list[Version], kind: str) -> Iterator[Version]:
    """The versions of one kind."""
    return (version for version in versions if version.kind == kind)


SECOND = micros(datetime.fromisoformat("1970-01-01T00:00:01+00:00"))
MINUTE = 60 * SECOND


def in_micros(span: timedelta) -> int:
    """A time span in microseconds."""
    return span // timedelta(microseconds=1)

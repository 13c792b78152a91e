"""I1, I2, I4, I7, I13: offers go to whom the rules allow, one at a time, and nobody is passed over."""

from collections.abc import Iterator

from acd.engine.invariants import Offer, check_offers, may_take
from qms.store.columns import instant
from tests.rehearsed.mirror import Row, Version
from tests.rehearsed.sight import SECOND, Sight, lane, of, turn

GOES = {
    None: {"ringing", "accepted"},
    "ringing": {"accepted", "declined", "missed", "withdrawn", "lost", "superseded"},
    "accepted": {"accepted", "done", "withdrawn", "lost"},
    "done": {"accepted"},
}
KEPT = ("ticket_id", "agent_id", "poc_id", "queue_id", "branch_id", "made_at", "deadline", "reasons")
BY_HAND = frozenset({"next_ticket", "resume"})
"""An agent who asks for somebody may have whom he declined a moment ago, after all others."""


def goes_on_by_the_rules(sight: Sight, version: Version) -> Iterator[str]:
    """An offer ends once, and stays what it was: it is the audit."""
    before, after = version.before, version.after
    if after is None:
        yield f"I12: offer {version.id} is gone"
        return
    if after["state"] not in GOES.get(version.was, set()):
        yield f"I9: an offer went from {version.was} to {after['state']}"
    if before is not None:
        yield from (f"I12: an offer has another {name}" for name in KEPT if before[name] != after[name])
    answered = before is not None and before["state"] == "ringing" and after["state"] == "accepted"
    if answered and before is not None and sight.now >= before["deadline"]:
        yield f"I9: an offer was answered {(sight.now - before['deadline']) / SECOND:g} s late"


def is_allowed(sight: Sight, version: Version) -> Iterator[str]:
    """Who is offered somebody is there, free, and may take him; the place is right, and it is written down why."""
    offer = version.after
    if version.before is not None or offer is None:
        return
    ticket, session = sight.tickets[offer["ticket_id"]], sight.sessions[offer["session_id"]]
    number = ticket["number"]
    again = bool(sight.deeds & BY_HAND)
    waiting = sight.as_waiting(ticket, again=again, held="resume" not in sight.deeds)
    if not may_take(waiting, sight.as_available(session), sight.at()):
        yield f"I6: {number} is given to an agent who may not take it"
    if session["ended_at"] is not None:
        yield f"I13: {number} is given to somebody who has gone"
    if offer["state"] == "ringing":
        yield from _rings(sight, offer, session, number)
    yield from _place(sight, offer, ticket, session)
    if not offer["reasons"] or "key" not in offer["reasons"]:
        yield f"why: nobody knows why {number} was offered"


def _rings(sight: Sight, offer: Row, session: Row, number: str) -> Iterator[str]:
    held = [one["lanes"] for one in sight.offers_at(session["id"])]
    there = session["disconnected_at"] is None and session["paused_until"] is None
    if session["state"] not in (("ringing", "busy") if held else ("idle",)) or not there:
        yield f"I13: {number} rings at somebody who is {session['state']}, or not there"
    if len(held) >= min([sight.capacity(session, offer["queue_id"]), *held]):
        yield f"I2: {number} rings at somebody who has {len(held)} already"
    due = sight.now + sight.queue(offer).ring_seconds * SECOND
    if offer["deadline"] != due:
        yield f"I7: {number} rings until {instant(offer['deadline'])}, not {instant(due)}"


def _place(sight: Sight, offer: Row, ticket: Row, session: Row) -> Iterator[str]:
    queue, branch = sight.queue(ticket), ticket["branch_id"]
    poc = sight.network.pocs.get(offer["poc_id"] or "")
    if ticket["place"] == "remote":
        right = poc is None
    elif queue.mode == "counter":
        here = session["poc_id"] if session["branch_id"] == branch else None
        right = offer["poc_id"] == here and (here is not None or not sight.has(branch, "counter"))
    else:
        booth = poc is not None and poc.kind == "booth" and poc.branch_id == branch
        right = booth or (poc is None and not sight.has(branch, "booth"))
    if not right:
        yield f"I2: {ticket['number']} is sent to {poc.key if poc else 'no place'}"


def one_each(sight: Sight, versions: list[Version]) -> Iterator[str]:
    """I1, I2."""
    if not any(of(versions, "offer")):
        return
    offers = [Offer(o["ticket_id"], o["session_id"], o["poc_id"]) for o in sight.live_offers.values()]
    lanes: dict[str, int] = {}
    for offer in sight.live_offers.values():
        lanes[offer["session_id"]] = min(lanes.get(offer["session_id"], 99), offer["lanes"])
    yield from check_offers(offers, lanes)


def nobody_is_passed_over(sight: Sight, versions: list[Version]) -> Iterator[str]:
    """I4: in a line nobody is given an agent whom somebody before him might have had."""
    if "resume" in sight.deeds or "undo" in sight.deeds:
        return
    again = bool(sight.deeds & BY_HAND)
    for version in of(versions, "offer"):
        if version.before is not None or version.after is None:
            continue
        taken, session = sight.tickets[version.after["ticket_id"]], sight.sessions[version.after["session_id"]]
        if sight.rules(taken["queue_id"]).mix:
            continue  # who goes before whom is another rule there, of which the decision log tells
        for ticket in sight.waiting(taken["domain_id"]):
            if turn(ticket) >= turn(taken):
                break
            if lane(ticket) == lane(taken) and ticket["eligible_from"] <= sight.now:
                cooled = again and sight.as_waiting(taken).cooldowns.get(session["agent_id"], sight.at()) > sight.at()
                offered = sight.free_again(session)
                if may_take(sight.as_waiting(ticket, again=cooled), offered, sight.at()):
                    yield f"I4: {taken['number']} goes before {ticket['number']}"

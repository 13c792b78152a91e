"""I8: no session rings, is busy or wraps up without the offer or the deadline that explains it; one desk each."""

from collections import Counter
from collections.abc import Iterator

from tests.rehearsed.mirror import Version
from tests.rehearsed.sight import AT_DESK, Sight

GOES = {
    None: {"idle", "away", "busy"},
    "idle": {"idle", "away", "ringing", "busy", "offline"},
    "away": {"away", "idle", "busy", "offline"},
    "ringing": {"ringing", "idle", "away", "busy", "missed"},
    "busy": {"busy", "idle", "away", "wrap_up", "ringing", "missed", "offline"},
    "wrap_up": {"wrap_up", "idle", "away", "busy", "offline"},
    "missed": {"missed", "idle", "away", "busy", "offline"},
    "offline": set(),
}
TIMED = ("ringing", "wrap_up", "missed")


def goes_on_by_the_rules(sight: Sight, version: Version) -> Iterator[str]:
    """A session is over once, and goes where sessions go."""
    after = version.after
    if after is None:
        yield f"I8: session {version.id} is gone"
        return
    if after["state"] not in GOES[version.was]:
        yield f"I8: a session went from {version.was} to {after['state']}"
    if (after["state"] == "offline") != (after["ended_at"] is not None):
        yield f"I8: a session is {after['state']} and ended at {after['ended_at']}"
    if after["state"] in TIMED and after["until"] is None:
        yield f"I8: a session is {after['state']} for ever"


def are_explained(sight: Sight, versions: list[Version]) -> Iterator[str]:
    """Whoever is at a desk has a live offer that says so, and the session says the same."""
    if not any(version.kind in ("session", "offer", "ticket") for version in versions):
        return
    for ticket in sight.present.values():
        offers = [offer for offer in sight.live_offers.values() if offer["ticket_id"] == ticket["id"]]
        held = [offer["state"] for offer in offers]
        wanted = {"offered": ["ringing"], "called": ["accepted"], "serving": ["accepted"]}.get(ticket["state"], [])
        if held != wanted:
            yield f"I8: {ticket['number']} is {ticket['state']} with offers {held}"
        elif ticket["state"] in AT_DESK and any(
            offers[0][name] != ticket[name] for name in ("agent_id", "session_id", "poc_id", "domain_id")
        ):
            yield f"I8: {ticket['number']} and its offer are at different desks"
    for offer in sight.live_offers.values():
        if offer["ticket_id"] not in sight.present:
            yield f"I8: an offer is {offer['state']} for somebody who has gone"
    yield from _sessions(sight)


def _sessions(sight: Sight) -> Iterator[str]:
    for session in sight.on_duty.values():
        held = {offer["state"] for offer in sight.offers_at(session["id"])}
        wanted = "busy" if "accepted" in held else "ringing" if held else None
        if (session["state"] if session["state"] in ("busy", "ringing") else None) != wanted:
            yield f"I8: a session is {session['state']} with offers {sorted(held)}"
    for what in ("agent_id", "poc_id"):
        seats = Counter(session[what] for session in sight.on_duty.values() if session[what] is not None)
        yield from (f"I2: {what} {one} has {count} sessions" for one, count in seats.items() if count > 1)

"""I3, I5: tickets go from state to state as the design says, keep their place, and each transition is told once."""

from collections import defaultdict
from collections.abc import Iterator

from tests.rehearsed.mirror import Row, Version
from tests.rehearsed.sight import SECOND, Sight, of, parsed

GOES = {
    None: {"waiting"},
    "waiting": {"waiting", "offered", "called", "serving", "cancelled", "expired"},
    "offered": {"waiting", "serving", "cancelled"},
    "called": {"called", "serving", "done", "no_show", "parked", "waiting", "cancelled"},
    "serving": {"serving", "done", "parked", "waiting"},
    "parked": {"waiting", "cancelled", "expired"},
    "done": {"serving", "called"},
    "no_show": {"waiting", "called"},
    "cancelled": set(),
    "expired": set(),
}
"""A booth or remote ticket that an agent asks for himself is served at once; a parked one may run out at closing."""

KEPT = (
    "account_id",
    "number",
    "own_number",
    "number_series",
    "service_day",
    "enqueued_at",
    "eligible_from",
    "link",
    "source",
    "place",
    "ticket_class",
    "customer",
    "customer_id",
    "customer_email",
    "customer_phone",
    "appointment_id",
    "submission_id",
)
KEY_RULES = ("transfer first", "transfer last", "late arrival")
BAND_RULES = ("transfer first", "transfer last", "waited", "interrupted")


def goes_on_by_the_rules(sight: Sight, version: Version) -> Iterator[str]:
    """No ticket is lost, or changes what it never may, or goes where nobody goes from there."""
    before, after = version.before, version.after
    if after is None:
        yield f"I3: ticket {version.id} is gone"
        return
    if after["state"] not in GOES[version.was]:
        yield f"I3: ticket {after['number']} went from {version.was} to {after['state']}"
    if before is None:
        return
    yield from (f"I3: ticket {after['number']} has another {name}" for name in KEPT if before[name] != after[name])
    if after["ver"] <= before["ver"]:
        yield f"I9: ticket {after['number']} was written over at version {before['ver']}"
    if version.was in ("done", "no_show") and after["state"] != "waiting":
        yield from _undone(sight, before, after)
    yield from _served_by_one(before, after)


def _undone(sight: Sight, before: Row, after: Row) -> Iterator[str]:
    if sight.now - before["ended_at"] > 5 * SECOND:
        yield f"undo: {after['number']} came back after {(sight.now - before['ended_at']) / SECOND:g} s"
    due = "serving" if before["serving_since"] and before["state"] == "done" else "called"
    if after["state"] != due or after["agent_id"] != before["agent_id"] or after["poc_id"] != before["poc_id"]:
        yield f"undo: {after['number']} was {due} and came back {after['state']}"


def _served_by_one(before: Row, after: Row) -> Iterator[str]:
    """Nobody is taken out of the hands of whoever serves him."""
    at_desk = before["state"] in ("called", "serving") and after["state"] in ("called", "serving")
    if at_desk and (before["agent_id"], before["poc_id"]) != (after["agent_id"], after["poc_id"]):
        yield f"I1: ticket {after['number']} went from desk to desk while it was served"


def moves_are_told(sight: Sight, versions: list[Version]) -> Iterator[str]:
    """Each transition is told once, in order, under the state it led to; a place changes by a named rule only."""
    told: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for entry in of(versions, "journal"):
        if entry.after is not None and entry.after["name"].startswith("ticket."):
            told[entry.after["entity"]].append((entry.after["name"], parsed(entry.after["data"])))
    made: dict[str, list[Version]] = defaultdict(list)
    for version in of(versions, "ticket"):
        made[version.id].append(version)
    for id in made.keys() | told.keys():
        yield from _told(id, made[id], told[id])


def _told(id: str, made: list[Version], told: list[tuple[str, Row]]) -> Iterator[str]:
    moves = [version for version in made if not _adopted(version)]
    entries = [data for name, data in told if name != "ticket.assigned"]
    states = [version.after["state"] for version in moves if version.after]
    if [data["state"] for data in entries] != states:
        yield f"I12: ticket {id} went through {states} and {[name for name, _ in told]} were told"
        return
    given = [v for v in made if v.before and v.after and v.before["assigned_at"] is None and v.after["assigned_at"]]
    if len(given) != sum(name == "ticket.assigned" for name, _ in told):
        yield f"I12: ticket {id} was assigned {len(given)} times, and told otherwise"
    for version, data in zip(moves, entries, strict=True):
        yield from _placed(version, str(data.get("rule", "")))


def _adopted(version: Version) -> bool:
    """An agent who was lost comes back to whom he served: another session, and nothing else."""
    before, after = version.before, version.after
    return bool(before and after and before["session_id"] != after["session_id"] and before["state"] == after["state"])


def _placed(version: Version, rule: str) -> Iterator[str]:
    before, after = version.before, version.after
    if before is None or after is None:
        return
    if before["key"] != after["key"] and not rule.startswith(KEY_RULES):
        yield f"I5: the key of {after['number']} changed by {rule or 'no rule'}"
    if before["seq"] != after["seq"] and rule != "transfer last":
        yield f"I5: the sequence of {after['number']} changed by {rule or 'no rule'}"
    if before["band"] != after["band"] and not rule.startswith(BAND_RULES):
        yield f"I5: the band of {after['number']} changed by {rule or 'no rule'}"
    if before["queue_id"] != after["queue_id"] and "origin" not in rule and not rule.startswith(("transfer", "waited")):
        yield f"I5: {after['number']} went to another queue by {rule or 'no rule'}"

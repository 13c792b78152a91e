"""I12: whoever subscribes is sent each event once; screens get each call; deliveries are kept until they arrive."""

from collections import Counter
from collections.abc import Iterator

from qms_gateway.webhook_native import EVENTS
from tests.rehearsed.mirror import Version
from tests.rehearsed.sight import Sight, of, parsed

KEPT = ("webhook_id", "event", "trace_id", "entity", "at", "data")
VENDOR = "qms.assigned"


def are_sent(sight: Sight, versions: list[Version]) -> Iterator[str]:
    """Of each event that a webhook wants there is one delivery, written with it."""
    wanted: Counter[tuple[str, str, str]] = Counter()
    for entry in of(versions, "journal"):
        row = entry.after
        if row is None or entry.before is not None:
            yield f"I12: journal entry {entry.id} was changed"
            continue
        for webhook in sight.network.webhooks.values():
            name = EVENTS.get(row["name"]) if webhook.dialect == "native" else _vendor(row["name"])
            if name is not None and webhook.state == "active" and ("*" in webhook.events or name in webhook.events):
                wanted[webhook.id, row["entity"], name] += 1
    new = [v.after for v in of(versions, "delivery") if v.before is None and v.after is not None]
    made = Counter((row["webhook_id"], row["entity"], row["event"]) for row in new)
    for key in wanted.keys() | made.keys():
        if wanted[key] != made[key]:
            yield f"I12: {key[2]} of {key[1]} is sent {made[key]} times instead of {wanted[key]}"
        if key[2] == VENDOR and made[key]:
            yield from _once(sight, key)
    yield from _called(sight, versions)


def _vendor(name: str) -> str | None:
    return VENDOR if name == "ticket.assigned" else None


def _once(sight: Sight, key: tuple[str, str, str]) -> Iterator[str]:
    """The vendor is told of an assignment once per ticket."""
    if key in sight.vendors_told:
        yield f"I12: {VENDOR} of {key[1]} is sent twice"
    sight.vendors_told.add(key)


def _called(sight: Sight, versions: list[Version]) -> Iterator[str]:
    """What the screens announce: each call that an event tells of, and nothing else."""
    told: Counter[tuple[str, int]] = Counter()
    for entry in of(versions, "journal"):
        data = parsed(entry.after["data"]) if entry.after is not None else {}
        if data.get("call") is not None:
            told[entry.after["entity"], data["call"]] += 1  # type: ignore[index]
    made = Counter((v.after["ticket_id"], v.after["seq"]) for v in of(versions, "call") if v.after is not None)
    if told != made:
        yield f"I15: calls {sorted(made)} were made and {sorted(told)} told"


def calls_without_gaps(sight: Sight, version: Version) -> Iterator[str]:
    """The calls of a branch are numbered without gaps, so that a screen knows what it has missed."""
    call = version.after
    if call is None or version.before is not None:
        yield f"I15: call {version.id} was changed"
        return
    last = sight.last_call.get(call["branch_id"], 0)
    if call["seq"] != last + 1:
        yield f"I15: call {call['seq']} follows call {last}"
    sight.last_call[call["branch_id"]] = call["seq"]


def arrives(sight: Sight, version: Version) -> Iterator[str]:
    """A delivery is kept, stays what it was, and is over only when it arrived or cannot."""
    before, after = version.before, version.after
    if after is None:
        yield f"I12: delivery {version.id} is gone"
        return
    if before is None:
        return
    yield from (f"I12: delivery {version.id} has another {name}" for name in KEPT if before[name] != after[name])
    if before["state"] != "pending":
        yield f"I12: delivery {version.id} was {before['state']} and is sent again"
    if after["state"] == "delivered" and version.id not in sight.arrived:
        yield f"I12: delivery {version.id} never arrived"

"""I11: our numbers are unique and without gaps per branch, queue and local day; and people are let in by the rules."""

from collections.abc import Iterator

from tests.rehearsed.mirror import Row, Version
from tests.rehearsed.sight import SECOND, Sight, of


def is_next(sight: Sight, version: Version) -> Iterator[str]:
    """A new ticket has the next number of its branch, queue and day, and stands where it should."""
    ticket = version.after
    if version.before is not None or ticket is None:
        return
    queue, branch = sight.queue(ticket), sight.branch_key(ticket["branch_id"])
    day = sight.plan.day(branch, sight.at())
    if ticket["service_day"] != day:
        yield f"I11: {ticket['number']} is of {ticket['service_day']}, and it is {day}"
    if ticket["own_number"] is not None:
        series = f"{ticket['branch_id'] or ''}/{ticket['queue_id']}/{day}"
        last = sight.mirror.rows["number_counter"].get(series, {"last": 0})["last"]
        numbers = _numbers(sight, series)
        if ticket["number_series"] != series or ticket["own_number"] in numbers or ticket["own_number"] > last:
            yield f"I11: {ticket['number']} is given again, or not counted ({last})"
        if ticket["number"] != f"{queue.prefix}{ticket['own_number']:03d}":
            yield f"I11: number {ticket['own_number']} is shown as {ticket['number']}"
        numbers.add(ticket["own_number"])
    yield from _stands(sight, ticket)
    known = branch is not None and ticket["source"] != "desk"
    if known and not sight.plan.is_open(str(branch), sight.at()):
        yield f"I14: {ticket['number']} was given though {branch} is closed"


def _numbers(sight: Sight, series: str) -> set[int]:
    return sight.series.setdefault(series, set())


def _stands(sight: Sight, ticket: Row) -> Iterator[str]:
    """I5: a walk-in's key is his arrival less his class's credit."""
    if ticket["appointment_id"] is not None or ticket["source"] == "callback":
        return
    queue = sight.queue(ticket)
    credit = queue.credit_seconds.get(ticket["ticket_class"] or "", 0)
    if ticket["key"] != ticket["enqueued_at"] - credit * SECOND or ticket["enqueued_at"] != sight.now:
        yield f"I5: {ticket['number']} does not stand where it came"
    urgent = ticket["ticket_class"] in sight.rules(queue.id).emergency
    if ticket["band"] != (0 if urgent else 2):
        yield f"I5: {ticket['number']} is in band {ticket['band']}"


def agree_with_the_counter(sight: Sight, versions: list[Version]) -> Iterator[str]:
    """What was counted was given."""
    for version in of(versions, "number_counter"):
        if version.after is not None and version.after["last"] != len(_numbers(sight, version.id)):
            yield f"I11: {version.id} is at {version.after['last']} with {len(_numbers(sight, version.id))} given"

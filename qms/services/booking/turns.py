"""Whose turn it is on the waitlist: offers that run out, days that are over, places that nobody was offered yet."""

from datetime import datetime
from typing import Literal, NamedTuple

from qms.domain.network import Network
from qms.domain.waiting import Entry
from qms.services.booking.freed import free_for, serve
from qms.services.booking.waiting import domains_of_line, pass_up, waitlist_event
from qms.store import waitlist as lines
from qms.store.tx import Tx

MOST = 200
"""So many of each kind are looked up at a time."""

What = Literal["lapse", "over", "offer"]


class Turn(NamedTuple):
    """Something that is due for an entry, and the routing domains to hold for it."""

    what: What
    account: str
    entry: str
    domains: tuple[str, ...]


def due(tx: Tx) -> list[Turn]:
    """What is due for those who wait; cheap to ask where nobody does."""
    lapsed = [_turn(tx, "lapse", entry) for entry in lines.unanswered(tx, MOST)]
    return [*lapsed, *(_turn(tx, "over", entry) for entry in lines.over(tx, MOST)), *_with_something_free(tx)]


def run(tx: Tx, *, turn: Turn) -> bool:
    """Do what is due for an entry, unless somebody else has; whether anything was done."""
    found = lines.get(tx, turn.entry)
    if found is None:
        return False
    network = tx.network(turn.account)
    for domain in domains_of_line(tx, network, found):
        tx.hold(domain)
    if turn.what == "lapse":
        return _lapse(tx, found)
    if turn.what == "over":
        return _over(tx, network, found)
    return serve(tx, [one for one in lines.line(tx, *_line_of(found)) if one.state == "waiting"])


def _lapse(tx: Tx, entry: Entry) -> bool:
    """An offer has run out; its hold was cleared away by somebody else, or will be by its own timer."""
    if entry.state != "offered" or entry.offered_until is None or entry.offered_until > tx.now:
        return False
    pass_up(tx, entry, "not answered")
    return True


def _over(tx: Tx, network: Network, entry: Entry) -> bool:
    gone = entry.service_id not in network.services
    if entry.state != "waiting" or (entry.over_at > tx.now and not gone):
        return False
    because = "the service is given no more" if gone else "the day is over"
    waitlist_event(tx, "expired", lines.save(tx, entry, entry.ended("expired", tx.now)), because=because)
    return True


def _with_something_free(tx: Tx) -> list[Turn]:
    """The first of each line whom something suits that is free and was offered to nobody."""
    found: dict[tuple[str, str, str], Turn] = {}
    free: dict[tuple[str, str | None, str, str], list[datetime]] = {}
    for entry in lines.all_waiting(tx, MOST):
        if _line_of(entry) in found:
            continue
        network = tx.network(entry.account_id)
        if entry.service_id not in network.services:
            found[_line_of(entry)] = _turn(tx, "over", entry)
            continue
        key = (entry.service_id, entry.agent_id, entry.day, entry.timezone)
        if key not in free:
            free[key] = free_for(tx, entry, entry.agent_id)
        if any(entry.wants(start) for start in free[key]):
            found[_line_of(entry)] = _turn(tx, "offer", entry)
    return list(found.values())


def _turn(tx: Tx, what: What, entry: Entry) -> Turn:
    return Turn(what, entry.account_id, entry.id, domains_of_line(tx, tx.network(entry.account_id), entry))


def _line_of(entry: Entry) -> tuple[str, str, str]:
    return entry.account_id, entry.service_id, entry.day

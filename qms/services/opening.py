"""Whether a branch is open: its posted hours, its closures and the account's."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from qms.domain.hours import Change, next_change
from qms.domain.hours import is_open as covers
from qms.domain.network import Branch, Network
from qms.domain.weekly import Closure, WeeklyHours, hours_from_json
from qms.domain.zones import zone

Posted = tuple[Sequence[WeeklyHours], Sequence[Closure], tzinfo]


def posted(network: Network, branch: Branch) -> Posted:
    """The hours and closures that hold at a branch, with its zone; no hours: always open."""
    kept: Posted | None = network.memo.get(("posted", branch.id))
    if kept is None:
        closures = [Closure.from_json(c) for c in (*network.account.closures, *branch.closures)]
        kept = (hours_from_json(branch.hours), closures, zone(branch.timezone))
        network.memo["posted", branch.id] = kept
    return kept


def is_open(network: Network, branch: Branch, now: datetime) -> bool:
    """Whether the branch is open at that instant."""
    return _stretch(network, branch, now)[2]


def changes_at(network: Network, branch: Branch, now: datetime) -> Change | None:
    """When the branch next opens or closes, or None where it does neither for a long time."""
    return next_change(*posted(network, branch), now)


def opens_at(network: Network, branch: Branch, now: datetime) -> datetime | None:
    """When the branch opens next; None where it is open, or does not open for a long time."""
    change = changes_at(network, branch, now)
    return change.at if change is not None and change.opens else None


def _stretch(network: Network, branch: Branch, now: datetime) -> tuple[datetime, datetime | None, bool]:
    """From when until when the present answer holds: asked for every ticket, worked out once."""
    key = ("open", branch.id)
    kept: tuple[datetime, datetime | None, bool] | None = network.memo.get(key)
    if kept is None or now < kept[0] or (kept[1] is not None and now >= kept[1]):
        change = changes_at(network, branch, now)
        kept = (now, change.at if change else None, covers(*posted(network, branch), now))
        network.memo[key] = kept
    return kept

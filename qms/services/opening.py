"""Whether a branch is open: its posted hours, its closures and the account's, public holidays among them."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from qms.domain.hours import Change, next_change
from qms.domain.hours import is_open as covers
from qms.domain.network import Branch, Network
from qms.domain.weekly import Closure, WeeklyHours, hours_from_json
from qms.domain.zones import wall_time, zone
from qms.services import closures

Posted = tuple[Sequence[WeeklyHours], Sequence[Closure], tzinfo]


AHEAD = timedelta(days=400)
"""Nobody looks further for the next opening or closing."""

DRAIN = timedelta(hours=2)
"""After closing, those who wait are served that long, while somebody is on duty."""


def posted(network: Network, branch: Branch, now: datetime) -> Posted:
    """The hours and closures that hold at a branch from now on, with its zone; no hours: always open."""
    years = closures.years_of(now, now + AHEAD)
    kept: Posted | None = network.memo.get(("posted", branch.id, years))
    if kept is None:
        shut = closures.of_place(network, branch, years)
        kept = (hours_from_json(branch.hours), shut, zone(branch.timezone))
        network.memo["posted", branch.id, years] = kept
    return kept


def is_open(network: Network, branch: Branch, now: datetime) -> bool:
    """Whether the branch is open at that instant."""
    return _stretch(network, branch, now)[2]


def is_over(network: Network, branch: Branch, now: datetime) -> bool:
    """Whether the branch has been closed for so long that nobody who waits there is served any more."""
    return not is_open(network, branch, now) and not is_open(network, branch, now - DRAIN)


def changes_at(network: Network, branch: Branch, now: datetime) -> Change | None:
    """When the branch next opens or closes, or None where it does neither for a long time."""
    return next_change(*posted(network, branch, now), now)


def opens_at(network: Network, branch: Branch, now: datetime) -> datetime | None:
    """When the branch opens next; None where it is open, or does not open for a long time."""
    change = changes_at(network, branch, now)
    return change.at if change is not None and change.opens else None


def reopens_at(network: Network, branch: Branch, now: datetime) -> datetime | None:
    """As `opens_at`, worked out once for as long as it holds: screens and kiosks ask every second."""
    since, until, open_now = _stretch(network, branch, now)
    return None if open_now or until - since >= AHEAD else until


def closed_for(network: Network, branch: Branch, now: datetime) -> str | None:
    """Why a branch is closed now: the reason of a closure, such as the name of a holiday; None where it has none."""
    _, shut, where = posted(network, branch, now)
    wall = wall_time(now, where)
    return next((one.reason for one in shut if one.start <= wall < one.end and one.reason), None)


def _stretch(network: Network, branch: Branch, now: datetime) -> tuple[datetime, datetime, bool]:
    """From when until when the present answer holds: asked for every ticket, worked out once."""
    key = ("open", branch.id)
    kept: tuple[datetime, datetime, bool] | None = network.memo.get(key)
    if kept is None or not kept[0] <= now < kept[1]:
        change = changes_at(network, branch, now)
        kept = (now, change.at if change else now + AHEAD, covers(*posted(network, branch, now), now))
        network.memo[key] = kept
    return kept

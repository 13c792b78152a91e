"""What screens say of themselves: which call they have painted last, and whether it could be heard."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from qms.domain.network import Network, Screen
from qms.services import device_reports
from qms.store import halls
from qms.store.schema.network import screen as screens
from qms.store.tx import Tx

Audio = Literal["played", "blocked", "off"]

_REPORTS = "SELECT id, painted_seq, audio FROM screen WHERE id IN ({marks})"


def note(
    tx: Tx,
    *,
    screen: Screen,
    routing_domains: Collection[str],
    painted: int | None,
    audio: Audio | None,
    about: Mapping[str, Any] | None = None,
) -> None:
    """Write down what a screen reports; desks are woken when it says something new. `seen_at` is machine time."""
    where = screens.c.id == screen.id
    before = tx.execute(sa.select(screens.c.painted_seq, screens.c.audio).where(where)).first()
    tx.execute(screens.update().where(where).values(painted_seq=painted, audio=audio, seen_at=tx.machine_now))
    if about is not None:
        device_reports.seen(tx, account=screen.account_id, id=screen.id)
        device_reports.add(tx, account=screen.account_id, id=screen.id, about=about)
    if before is None or tuple(before) != (painted, audio):
        for domain in routing_domains:
            tx.tell(f"domain:{domain}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a screen has shown last, and whether it was heard: `painted` is the `seq` of that call, as it counts.

    `painted_in`: the same for each branch, as the branch counts; one of which it has shown nothing is missing.
    """

    screen: Screen
    painted: int | None
    audio: str | None
    painted_in: Mapping[str, int]


def of_screens(tx: Tx, network: Network, some: Iterable[Screen]) -> dict[str, Shown]:
    """What some screens report to those who look after them, by id."""
    by_id = {screen.id: screen for screen in some}
    rows = tx.raw_of(_REPORTS, sorted(by_id))
    return {
        id: Shown(screen=by_id[id], painted=seq, audio=audio, painted_in=painted_in(tx, network, by_id[id], seq))
        for id, seq, audio in rows
    }


def painted_in(tx: Tx, network: Network, screen: Screen, painted: int | None) -> Mapping[str, int]:
    """What a screen that reports a `seq` has shown of each of its branches, as the branch counts its calls."""
    if painted is None:
        return {}
    hall = network.hall_of(screen)
    return {screen.branch_id: painted} if hall is None else halls.painted(tx, hall, painted)


def reports_by_id(tx: Tx, *, account: str) -> Mapping[str, Any]:
    """What the screens of an account have reported, by id: rows with `painted_seq`, `audio` and `seen_at`."""
    c = screens.c
    columns = sa.select(c.id, c.painted_seq, c.audio, c.seen_at)
    return {row.id: row for row in tx.execute(columns.where(c.account_id == account, c.retired_at.is_(None)))}

"""What screens say of themselves: which call they have painted last, and whether it could be heard."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import sqlalchemy as sa

from qms.domain.network import Screen
from qms.services import device_reports
from qms.store.schema.network import screen as screens
from qms.store.tx import Tx

Audio = Literal["played", "blocked", "off"]


def note(
    tx: Tx,
    *,
    screen: Screen,
    routing_domain: str,
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
        tx.tell(f"domain:{routing_domain}")


def of_screens(tx: Tx, some: Iterable[Screen]) -> dict[str, Mapping[str, Any]]:
    """What some screens report to those who look after them, by id: `{key, branch, painted, audio}`.

    `painted` is the `seq` of the newest call that the screen has shown; `branch` is the branch's id.
    """
    c, by_id = screens.c, {screen.id: screen for screen in some}
    rows = tx.execute(sa.select(c.id, c.painted_seq, c.audio).where(c.id.in_(by_id)))
    told = {id: {"painted": painted, "audio": audio} for id, painted, audio in rows}
    return {id: {"key": by_id[id].key, "branch": by_id[id].branch_id, **one} for id, one in told.items()}


def reports_by_id(tx: Tx, *, account: str) -> Mapping[str, Any]:
    """What the screens of an account have reported, by id: rows with `painted_seq`, `audio` and `seen_at`."""
    c = screens.c
    columns = sa.select(c.id, c.painted_seq, c.audio, c.seen_at)
    return {row.id: row for row in tx.execute(columns.where(c.account_id == account, c.retired_at.is_(None)))}

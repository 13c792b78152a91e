"""The lobbies of branches: each is read once for all who show it, and kept while nothing happens there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from qms.domain.hall import Hall
from qms.domain.network import Branch, Network, Screen
from qms.domain.notice import Notice
from qms.services import on_duty, opening, waits
from qms.services.sequence import epochs
from qms.store import calls, halls, notices
from qms.store.live import LIVE_TICKET_SQL
from qms.store.tx import Tx
from screens.snapshot import Call, InLine, Line, Lobby, Place, together

LISTED = 1000
"""At most so many of those who wait are listed by number; `queues` counts them all."""

KEPT_FOR = timedelta(seconds=15)
"""A lobby in whose routing domain nothing has happened is read anew after that, for the waits that it foretells …

That is business time, which may run. It is read at once when its branch opens or closes.
"""

_WAITING = f"""SELECT number, queue_id FROM ticket
WHERE branch_id = :branch AND {LIVE_TICKET_SQL} AND state IN ('waiting', 'offered') AND place = 'onsite'
ORDER BY band, key, seq LIMIT :most"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What a process keeps of a lobby: as it was at an epoch of its routing domain."""

    epoch: int | None
    at: datetime
    lobby: Lobby


class Lobbies:
    """What screens show of branches, each read once; `unheard` gathers the halls that lack a call.

    A lobby that is as it was when it was looked at last is the same object.
    """

    def __init__(self, tx: Tx, wanted: Iterable[tuple[Network, Screen]]) -> None:
        self._tx = tx
        self._made: dict[tuple[str, ...], Lobby] = {}
        self.unheard: dict[Hall, str] = {}
        networks, domains = dict[str, Network](), set[str]()
        for network, screen in wanted:
            networks[network.account.id] = network
            domains |= {branch.domain_id for branch in network.branches_of(screen)}
        self._epochs = epochs(tx, domains)  # first: what is read after is at least as new
        self._notices = {id: notices.shown(tx, id) for id in networks}

    def of(self, network: Network, screen: Screen) -> Lobby:
        """The branch of a screen; or its branches, as if they were one."""
        hall, branches = network.hall_of(screen), network.branches_of(screen)
        shown = tuple(branch.id for branch in branches)
        if hall is not None and shown not in self._made:
            self._made[shown] = self._together(network, hall, branches)
        return self._made[shown] if hall is not None else self._alone(network, branches[0])

    def _alone(self, network: Network, branch: Branch) -> Lobby:
        if (branch.id,) not in self._made:
            self._made[branch.id,] = self._kept(network, branch)
        return self._made[branch.id,]

    def _kept(self, network: Network, branch: Branch) -> Lobby:
        """A branch as it was read last, while nothing has happened in its routing domain but for new notices."""
        seq, epoch = self._seq(network, [branch]), self._epochs.get(branch.domain_id)
        messages = ticker(self._notices[network.account.id], branch)
        kept: _Kept | None = network.memo.get(("lobby", branch.id))
        if kept is None or kept.epoch != epoch or self._is_stale(network, branch, kept):
            read = _lobby(self._tx, network, branch, seq, messages)
            kept = _Kept(epoch=epoch, at=self._tx.now, lobby=_as_before(kept.lobby, read) if kept is not None else read)
        elif kept.lobby.messages != messages:
            kept = replace(kept, lobby=replace(kept.lobby, messages=messages))
        network.memo["lobby", branch.id] = kept
        return kept.lobby

    def _is_stale(self, network: Network, branch: Branch, kept: _Kept) -> bool:
        now = self._tx.now
        return abs(now - kept.at) >= KEPT_FOR or opening.is_open(network, branch, now) != kept.lobby.open

    def _together(self, network: Network, hall: Hall, branches: Sequence[Branch]) -> Lobby:
        if not halls.has_heard_all(self._tx, hall):
            self.unheard[hall] = network.branches[hall.branch_ids[0]].domain_id
        parts = [self._alone(network, branch) for branch in branches]
        rows = halls.worth_announcing(self._tx, hall, self._tx.now)
        labels = {branch.id: branch.label for branch in branches}
        shown = together(parts, [replace(_call(network, row), branch=labels[row.branch_id]) for row in rows])
        shown = replace(shown, seq=self._seq(network, branches))
        shown = _as_before(network.memo.get(("hall", hall), shown), shown)
        network.memo["hall", hall] = shown
        return shown

    def _seq(self, network: Network, branches: Iterable[Branch]) -> int:
        return network.account.version + sum(self._epochs.get(branch.domain_id, 0) for branch in branches)


def _as_before(before: Lobby, now: Lobby) -> Lobby:
    """The earlier one of two that are equal: what was made of it still holds."""
    return before if before == now else now


def _lobby(tx: Tx, network: Network, branch: Branch, seq: int, messages: Sequence[str]) -> Lobby:
    """A branch as its screens may show it; whose ticket rings at a desk still waits, for all that the lobby knows."""
    rows = tx.raw(_WAITING, {"branch": branch.id, "most": LISTED})
    return Lobby(
        seq=seq,
        branch=place(branch),
        calls=[_call(network, row) for row in calls.worth_announcing(tx, branch.id, tx.now)],
        waiting=[InLine(number=number, queue_id=queue) for number, queue in rows],
        queues=_lines(tx, network, branch),
        queue_names=network.queue_names,
        open=opening.is_open(network, branch, tx.now),
        opens_at=opening.reopens_at(network, branch, tx.now),
        messages=messages,
        own_texts=network.own_texts,
    )


def ticker(said: Iterable[Notice], branch: Branch) -> list[str]:
    """What supervisors say in the lobby of a branch, of all that they say just now."""
    return [one.text for one in said if one.branch_id in (None, branch.id)]


def place(branch: Branch) -> Place:
    """A branch as devices are told of it."""
    return Place(id=branch.public_id, key=branch.key, name=branch.name, label=branch.label, timezone=branch.timezone)


def _call(network: Network, row: Any) -> Call:
    poc = network.pocs.get(row.poc_id)
    return Call(
        seq=row.seq,
        number=row.number,
        poc=poc.label if poc is not None else None,
        queue_id=row.queue_id,
        called_at=row.called_at,
        recall=row.recall,
        language=row.language,
    )


def _lines(tx: Tx, network: Network, branch: Branch) -> list[Line]:
    queues = network.queues_by_branch.get(branch.id, ())
    there, waiting = on_duty.there(tx, network, queues, branch), waits.in_line(tx, branch.id)
    lines = []
    for queue in queues:
        wait = waits.expected(tx, network, queue, branch, there[queue.id], waiting)
        lines.append(Line(id=queue.id, name=queue.name, waiting=waiting.get(queue.id, waits.NOBODY).waiting, wait=wait))
    return lines

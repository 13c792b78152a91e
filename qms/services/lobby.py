"""The lobby: what the screens of a branch show, read in one go."""

from collections.abc import Mapping, Sequence
from typing import Any

from qms.domain.network import Branch, Network, Screen
from qms.services import devices, waits
from qms.services.sequence import sequence
from qms.store import calls
from qms.store.tx import Tx
from screens.snapshot import Call, InLine, Line, Lobby, Place, Selection, snapshot

LISTED = 1000
"""At most so many of those who wait are listed by number; `queues` counts them all."""

Message = tuple[int, Mapping[str, Any]]
"""`seq`, and the rest of what a device is told, but for `now`."""

_WAITING = """SELECT number, queue_id FROM ticket
WHERE branch_id = :branch AND state IN ('waiting', 'offered') AND place = 'onsite'
ORDER BY band, key, seq LIMIT :most"""


def message(tx: Tx, *, token: str) -> tuple[Screen, Message]:
    """A screen, and what it shows now.

    Raises:
        NotFound: no screen has this token.
    """
    network, branch, screen = devices.screen(tx, token=token)
    there = lobby(tx, network, branch)
    return screen, (there.seq, snapshot(there, Selection.of(screen.settings)))


def screen_of(tx: Tx, *, token: str) -> tuple[Branch, Screen]:
    """A screen and its branch.

    Raises:
        NotFound: no screen has this token.
    """
    _, branch, screen = devices.screen(tx, token=token)
    return branch, screen


def messages(tx: Tx, *, tokens: Sequence[str]) -> Mapping[str, Message]:
    """What each of some screens shows now, by token; an unknown token is missing.

    Screens of a branch that show the same get the same object, so that it need be encoded only once.
    """
    lobbies: dict[str, Lobby] = {}
    made: dict[tuple[str, Selection], Message] = {}
    shown: dict[str, Message] = {}
    for token, (network, branch, screen) in devices.screens(tx, tokens).items():
        if branch.id not in lobbies:
            lobbies[branch.id] = lobby(tx, network, branch)
        there, selection = lobbies[branch.id], Selection.of(screen.settings)
        if (branch.id, selection) not in made:
            made[branch.id, selection] = (there.seq, snapshot(there, selection))
        shown[token] = made[branch.id, selection]
    return shown


def lobby(tx: Tx, network: Network, branch: Branch) -> Lobby:
    """A branch as its screens may show it; whose ticket rings at a desk still waits, for all that the lobby knows."""
    seq = sequence(tx, network)
    rows = tx.raw(_WAITING, {"branch": branch.id, "most": LISTED})
    return Lobby(
        seq=seq,
        branch=place(branch),
        calls=_calls(tx, network, branch),
        waiting=[InLine(number=number, queue_id=queue) for number, queue in rows],
        queues=_lines(tx, network, branch),
        queue_names={queue.id: queue.name for queue in network.queues.values()},
    )


def place(branch: Branch) -> Place:
    """A branch as devices are told of it."""
    return Place(id=branch.public_id, key=branch.key, name=branch.name, label=branch.label, timezone=branch.timezone)


def _calls(tx: Tx, network: Network, branch: Branch) -> list[Call]:
    pocs = network.pocs
    return [
        Call(
            seq=row.seq,
            number=row.number,
            poc=pocs[row.poc_id].label if row.poc_id in pocs else None,
            queue_id=row.queue_id,
            called_at=row.called_at,
            recall=row.recall,
        )
        for row in calls.worth_announcing(tx, branch.id, tx.now)
    ]


def _lines(tx: Tx, network: Network, branch: Branch) -> list[Line]:
    queues = network.queues_by_branch.get(branch.id, ())
    there, waiting = waits.staff(tx, network, queues, branch), waits.in_line(tx, branch.id)
    lines = []
    for queue in queues:
        wait = waits.expected(tx, network, queue, branch, there[queue.id], waiting)
        lines.append(Line(id=queue.id, name=queue.name, waiting=waiting.get(queue.id, waits.NOBODY).waiting, wait=wait))
    return lines

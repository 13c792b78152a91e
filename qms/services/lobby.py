"""The lobby: what the screens of a branch show, read in one go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qms.domain.network import Branch, Network, Screen
from qms.services import devices, fleet, media, on_duty, opening, waits
from qms.services.screen_setup import Folder, Shown, no_folder, setup_of, shown_of
from qms.services.sequence import sequence
from qms.store import calls, notices
from qms.store.live import LIVE_TICKET_SQL
from qms.store.tx import Tx
from screens.snapshot import Call, InLine, Line, Lobby, Place, Say, Selection, silence, snapshot

LISTED = 1000
"""At most so many of those who wait are listed by number; `queues` counts them all."""

Message = tuple[int, Mapping[str, Any]]
"""`seq`, and the rest of what a device is told, but for `now`."""

_WAITING = f"""SELECT number, queue_id FROM ticket
WHERE branch_id = :branch AND {LIVE_TICKET_SQL} AND state IN ('waiting', 'offered') AND place = 'onsite'
ORDER BY band, key, seq LIMIT :most"""  # noqa: S608 - our own words


Voices = Callable[[str, Mapping[str, str]], Say]
"""Account, and the languages in which it has recorded clips → who speaks for it."""


def nobody_speaks(account: str, recorded: Mapping[str, str]) -> Say:
    """No account has a voice."""
    return silence


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What a process has to show and to say things with."""

    voices: Voices = nobody_speaks
    folder: Folder = no_folder


def message(tx: Tx, *, token: str, means: Means = Means()) -> tuple[Screen, Message]:
    """A screen, and what it shows now.

    Raises:
        NotFound: no screen has this token.
    """
    _, _, screen = devices.screen(tx, token=token)
    return screen, messages(tx, tokens=[token], means=means)[token]


def screen_of(tx: Tx, *, token: str) -> tuple[Branch, Screen]:
    """A screen and its branch.

    Raises:
        NotFound: no screen has this token.
    """
    _, branch, screen = devices.screen(tx, token=token)
    return branch, screen


def messages(tx: Tx, *, tokens: Sequence[str], means: Means = Means()) -> Mapping[str, Message]:
    """What each of some screens shows now, by token; an unknown token is missing.

    Screens of a branch that show the same get the same object, so that it need be encoded only once.
    """
    found = devices.screens(tx, tokens)
    told = fleet.orders(tx, [screen.id for _, _, screen in found.values()])
    lobbies: dict[str, Lobby] = {}
    voices: dict[str, Say] = {}
    made: dict[tuple[str, Selection, Shown], Message] = {}
    shown: dict[str, Message] = {}
    for token, (network, branch, screen) in found.items():
        if branch.id not in lobbies:
            lobbies[branch.id] = lobby(tx, network, branch)
        there, selection = lobbies[branch.id], Selection.of(screen.settings, screen.languages)
        looks = shown_of(screen, told.get(screen.id, {}))
        if (branch.id, selection, looks) not in made:
            if (account := network.account.id) not in voices:
                voices[account] = means.voices(account, media.voices(tx, account=account))
            said = snapshot(there, selection, setup_of(tx, network, looks, means.folder), voices[account])
            made[branch.id, selection, looks] = (there.seq, said)
        shown[token] = made[branch.id, selection, looks]
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
        open=opening.is_open(network, branch, tx.now),
        opens_at=opening.reopens_at(network, branch, tx.now),
        messages=[one.text for one in notices.shown(tx, network.account.id, branch.id)],
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
            language=row.language,
        )
        for row in calls.worth_announcing(tx, branch.id, tx.now)
    ]


def _lines(tx: Tx, network: Network, branch: Branch) -> list[Line]:
    queues = network.queues_by_branch.get(branch.id, ())
    there, waiting = on_duty.there(tx, network, queues, branch), waits.in_line(tx, branch.id)
    lines = []
    for queue in queues:
        wait = waits.expected(tx, network, queue, branch, there[queue.id], waiting)
        lines.append(Line(id=queue.id, name=queue.name, waiting=waiting.get(queue.id, waits.NOBODY).waiting, wait=wait))
    return lines

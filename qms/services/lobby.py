"""The lobby: what the screens of a branch show, read in one go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from qms.domain.hall import Hall
from qms.domain.network import Network, Screen
from qms.services import devices, fleet, media
from qms.services.lobbies import Lobbies
from qms.services.screen_setup import Folder, Looks, looks_of, no_folder, setup_of
from qms.store import halls
from qms.store.tx import Tx
from screens.snapshot import Lobby, Say, Selection, silence, snapshot

Message = tuple[int, Mapping[str, Any]]
"""`seq`, and the rest of what a device is told, but for `now`."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What some screens show, by token. `unheard`: halls that lack a call of their branches, with a routing domain."""

    messages: Mapping[str, Message]
    unheard: Mapping[Hall, str]


def screen_of(tx: Tx, *, token: str) -> tuple[Network, Screen]:
    """A screen and its account's network.

    Raises:
        NotFound: no screen has this token.
    """
    network, _, screen = devices.screen(tx, token=token)
    return network, screen


def hear(tx: Tx, *, hall: Hall) -> None:
    """Give each call that a hall has not heard of its place among the others."""
    halls.hear(tx, hall)


def shown(tx: Tx, *, tokens: Sequence[str], means: Means = Means()) -> Shown:
    """What each of some screens shows now, by token; an unknown token is missing.

    Screens that show the same get the same object, so that it need be encoded only once; and get it again for as long
    as nothing changes there.
    """
    found = devices.screens(tx, tokens)
    told = fleet.orders(tx, [screen.id for _, _, screen in found.values()])
    lobbies, recorded = Lobbies(tx, [(network, screen) for network, _, screen in found.values()]), _Recorded(tx)
    made: dict[tuple[int, _Way], Message] = {}
    messages: dict[str, Message] = {}
    for token, (network, _, screen) in found.items():
        there, way = lobbies.of(network, screen), _way(network, screen, told.get(screen.id, {}))
        alike = (id(there), way)
        if alike not in made:
            made[alike] = _told(tx, network, there, way, means, recorded.by(network.account.id))
        messages[token] = made[alike]
    return Shown(messages=messages, unheard=lobbies.unheard)


class _Recorded:
    """The languages in which accounts have recorded clips, read once for each."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._known: dict[str, Mapping[str, str]] = {}

    def by(self, account: str) -> Mapping[str, str]:
        """Those of one account."""
        if account not in self._known:
            self._known[account] = media.voices(self._tx, account=account)
        return self._known[account]


class _Way(NamedTuple):
    """A way to show a lobby: what of it, and on a screen that is set up how."""

    selection: Selection
    looks: Looks


def _way(network: Network, screen: Screen, orders: Mapping[str, int]) -> _Way:
    """How a screen shows its lobby, worked out once for as long as its orders stay the same."""
    kept: tuple[Mapping[str, int], _Way] | None = network.memo.get(("way", screen.id))
    if kept is None or kept[0] != orders:
        kept = (orders, _Way(Selection.of(screen.settings, screen.languages), looks_of(screen, orders)))
        network.memo["way", screen.id] = kept
    return kept[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What was told of a lobby, in each way, by what there was to say it with."""

    lobby: Lobby
    means: Means
    recorded: Mapping[str, str]
    messages: dict[_Way, Message]


def _told(tx: Tx, network: Network, there: Lobby, way: _Way, means: Means, recorded: Mapping[str, str]) -> Message:
    """What a screen is told of a lobby: the same as before where nothing has changed.

    With pictures and films it is made anew each time, for what lies in a folder may have.
    """
    name = ("told", there.branch.id, tuple(other.id for other in there.branches))
    kept: _Told | None = network.memo.get(name)
    if kept is None or kept.lobby is not there or kept.means is not means or kept.recorded != recorded:
        kept = network.memo[name] = _Told(lobby=there, means=means, recorded=recorded, messages={})
    if way.looks.media or way not in kept.messages:
        setup = setup_of(tx, network, way.looks, means.folder)
        say = means.voices(network.account.id, recorded)
        kept.messages[way] = (there.seq, snapshot(there, way.selection, setup, say))
    return kept.messages[way]

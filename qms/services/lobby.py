"""The lobby: what the screens of a branch show, read in one go."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from qms.domain.hall import Hall
from qms.domain.network import Network, Screen
from qms.services import devices, fleet, media
from qms.services.lobbies import Lobbies
from qms.services.screen_setup import Folder, Looks, looks_of, no_folder, setup_of
from qms.store import halls
from qms.store.tx import Tx
from screens.snapshot import Lobby, Say, Selection, selected, silence, snapshot

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
    made: dict[tuple[int, int], Message] = {}
    messages: dict[str, Message] = {}
    for token, (network, _, screen) in found.items():
        there, way = lobbies.of(network, screen), _way(network, screen, told.get(screen.id, {}))
        alike = (id(there), id(way))
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
    """How a screen shows its lobby, worked out once while its orders stay the same; one object for all alike."""
    kept: tuple[Mapping[str, int], _Way] | None = network.memo.get(("way", screen.id))
    if kept is None or kept[0] != orders:
        selection = Selection.of(screen.settings, screen.languages)
        way = _Way(network.memo.setdefault(selection, selection), looks_of(screen, orders))
        kept = network.memo["way", screen.id] = (orders, network.memo.setdefault(way, way))
    return kept[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What was told of a lobby by what there was to say it with: the part that many screens share, and in each way."""

    lobby: Lobby
    means: Means
    recorded: Mapping[str, str]
    shared: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)


def _told(tx: Tx, network: Network, there: Lobby, way: _Way, means: Means, recorded: Mapping[str, str]) -> Message:
    """What a screen is told of a lobby: the same as before where nothing has changed.

    With pictures and films it is made anew each time, for what lies in a folder may have.
    """
    name = ("told", there.branch.id, tuple(other.id for other in there.branches))
    kept: _Told | None = network.memo.get(name)
    if kept is None or kept.lobby is not there or kept.means is not means or kept.recorded != recorded:
        kept = network.memo[name] = _Told(lobby=there, means=means, recorded=recorded)
    if way.looks.media or id(way) not in kept.messages:
        say, selection = means.voices(network.account.id, recorded), way.selection
        if id(selection) not in kept.shared:
            kept.shared[id(selection)] = selected(there, selection, say)
        setup, made = setup_of(tx, network, way.looks, means.folder), kept.shared[id(selection)]
        kept.messages[id(way)] = (there.seq, snapshot(there, selection, setup, say, made=made))
    return kept.messages[id(way)]

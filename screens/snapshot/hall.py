"""Several branches on one screen, made from values."""

from collections.abc import Sequence
from dataclasses import replace

from screens.snapshot.values import Call, Lobby


def together(lobbies: Sequence[Lobby], calls: Sequence[Call]) -> Lobby:
    """Branches as if they were one that is open while any of them is: the first is where the screen stands."""
    return replace(
        lobbies[0],
        calls=calls,
        waiting=[replace(who, branch=one.branch.label) for one in lobbies for who in one.waiting],
        queues=[replace(line, branch=one.branch.label) for one in lobbies for line in one.queues],
        open=any(one.open for one in lobbies),
        opens_at=min((one.opens_at for one in lobbies if one.opens_at is not None), default=None),
        messages=list(dict.fromkeys(text for one in lobbies for text in one.messages)),
        branches=[one.branch for one in lobbies],
    )

"""What a lobby screen is told: the whole of it in one message, made from values.

`{seq, now, branch, calls, waiting, queues, screen}`. `seq` never falls, whichever process answers; messages with the
same `seq` differ in `now`, and perhaps in a forecast or in an order. `calls` come newest first. What is announced is
decided by the screen: every call with a `seq` above the last one it announced, the lowest first.

Where a screen shows several branches, `branches` lists them, `calls`, `waiting` and `queues` name theirs, and the `seq`
of the calls is counted for all of them together. A screen of one branch is told nothing of that.
"""

from screens.snapshot.hall import together
from screens.snapshot.message import place_json, selected, snapshot, wait_json
from screens.snapshot.selection import Selection
from screens.snapshot.values import Call, Clip, InLine, Line, Lobby, Place, Say, Wait, silence

__all__ = [
    "Call",
    "Clip",
    "InLine",
    "Line",
    "Lobby",
    "Place",
    "Say",
    "Selection",
    "Wait",
    "place_json",
    "selected",
    "silence",
    "snapshot",
    "together",
    "wait_json",
]

"""What a lobby screen may show, as values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from qms.domain.own_texts import NO_TEXTS, OwnTexts
from qms.domain.value import value

Wait = tuple[int, int]
"""Minutes that half, and nine tenths, of those who join now wait at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The branch."""

    id: str
    key: str
    name: str
    label: str
    timezone: str


@value(frozen=True, slots=True, kw_only=True)
class Clip:
    """What a screen plays to say a call in a language."""

    language: str
    url: str


@value(frozen=True, slots=True, kw_only=True)
class Call:
    """A number that was called to a POC, for the `recall`th time after the first; `poc` is the POC's label.

    `language` is the ticket's own, None where nobody knows it. `branch`: its label, where several are shown.
    """

    seq: int
    number: str
    poc: str | None
    queue_id: str
    called_at: datetime
    recall: int
    language: str | None = None
    branch: str | None = None


Say = Callable[[str, str, Sequence[str]], Clip | None]
"""Makes the clip that says in a language a number and where it is called to; None where nobody speaks it."""


def silence(language: str, number: str, where: Sequence[str]) -> Clip | None:
    """Nobody speaks."""
    return None


@value(frozen=True, slots=True, kw_only=True)
class InLine:
    """Somebody who waits to be called."""

    number: str
    queue_id: str
    branch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A queue of the branch: how many wait, and how long whoever joins now will."""

    id: str
    name: str
    waiting: int
    wait: Wait | None
    branch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lobby:
    """A branch as its screens may show it; a queue that `queue_names` does not know any more has no name.

    `branches`: all that are shown together, where there are several; `branch` is the one where the screen stands.
    """

    seq: int
    branch: Place
    calls: Sequence[Call]
    waiting: Sequence[InLine]
    queues: Sequence[Line]
    queue_names: Mapping[str, str]
    open: bool = True
    opens_at: datetime | None = None
    messages: Sequence[str] = ()
    """What supervisors have the ticker say, before what the screens' own settings say."""
    own_texts: OwnTexts = NO_TEXTS
    branches: Sequence[Place] = ()

"""What supervisors send: the JSON bodies of their commands."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from desk.bodies import PLAIN, Key, Reason

Text = Annotated[str, Meta(min_length=1, max_length=1000, pattern=PLAIN)]


class Move(Struct, kw_only=True):
    """`poc` is an id, a key, or branch/poc; null leaves the POC. `queues`: ids or keys; none at all: his own again."""

    poc: Annotated[str, Meta(max_length=400, pattern=PLAIN)] | UnsetType | None = UNSET
    queues: Annotated[list[Key], Meta(max_length=200)] | None = None


class Presence(Struct, kw_only=True):
    """Back to work, away, or home: of somebody who is signed in."""

    state: Literal["idle", "away", "offline"]
    reason: Reason | None = None


class ForcedOffer(Struct, kw_only=True):
    """To whom, by id or key."""

    agent: Key


class TakeBack(Struct, kw_only=True):
    """Why, as it is kept with the ticket."""

    reason: Reason = ""


class Placement(Struct, kw_only=True):
    """Either `place`, or `before` the ticket with this id; and why, as it is kept and told."""

    reason: Annotated[str, Meta(min_length=1, max_length=200, pattern=PLAIN)]
    place: Literal["first", "last"] | None = None
    before: Annotated[str, Meta(pattern="^[0-9a-f]{24}$")] | None = None


class NewNotice(Struct, kw_only=True):
    """What the screens of a branch, by id or key, or of all branches (null) say until then."""

    text: Text
    until: datetime
    branch: Key | None = None

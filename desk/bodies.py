"""What a desk sends: the JSON bodies of its commands."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from qms.services.remarks import LONGEST_NOTE

PLAIN = r"^[^\x00]*$"
"""Texts that go into the database hold no NUL: PostgreSQL keeps none."""

Key = Annotated[str, Meta(min_length=1, max_length=200, pattern=PLAIN)]
Reason = Annotated[str, Meta(max_length=200, pattern=PLAIN)]


class Credentials(Struct, kw_only=True):
    """`account` is a slug. `code`: of a second factor, or for recovery. `new_password`: after one that was for once."""

    account: Annotated[str, Meta(max_length=100, pattern=PLAIN)]
    email: Annotated[str, Meta(max_length=320, pattern=PLAIN)]
    password: Annotated[str, Meta(max_length=1000)]
    code: Annotated[str, Meta(max_length=60)] = ""
    new_password: Annotated[str, Meta(max_length=1000)] = ""


class Presence(Struct, kw_only=True):
    """`poc` is an id, a key, or branch/poc; null leaves the POC, absent keeps it."""

    state: Literal["idle", "away", "offline"]
    reason: Reason | None = None
    poc: Annotated[str, Meta(max_length=400, pattern=PLAIN)] | UnsetType | None = UNSET


class Meant(Struct, kw_only=True):
    """Which of the people at the desk, by ticket id: who is not there (any more) is refused, and nothing is changed.

    It need not be said while there is one; but then a command that arrives late is about whoever is there by then.
    """

    ticket: Key | None = None


class Remark(Struct, kw_only=True):
    """What is noted of a visit, whole: what is not said is not kept. `outcome` is a key of the queue's."""

    note: Annotated[str, Meta(max_length=LONGEST_NOTE, pattern=PLAIN)] | None = None
    outcome: Key | None = None


class Next(Meant, kw_only=True):
    """Of one queue only, or of all that the agent serves; `ticket` is finished before."""

    queue: Key | None = None


class Resume(Struct, kw_only=True):
    """A parked ticket by id, or the last that the agent has parked."""

    ticket: Key | None = None


class Transfer(Meant, kw_only=True):
    """Where to, by id or key; what is not named stays. For an agent who is not there it waits like any other."""

    queue: Key | None = None
    agent: Key | None = None
    branch: Key | None = None
    place: Literal["keep", "first", "last"] = "keep"


class WalkIn(Struct, kw_only=True):
    """Somebody who is here and takes his number from the staff."""

    queue: Key
    branch: Key | None = None
    ticket_class: Key | None = field(name="class", default=None)
    language: Annotated[str, Meta(max_length=20, pattern=PLAIN)] | None = None
    customer: dict[str, Any] | None = None


Code = Annotated[str, Meta(min_length=1, max_length=2000, pattern=PLAIN)]


class CheckIn(Struct, kw_only=True):
    """A code as it was typed or scanned, or a link; `branch` is where, for an appointment that is given at none."""

    code: Code
    branch: Key | None = None


class Arrival(Struct, kw_only=True):
    """Where somebody has come to, for an appointment that is given at no branch; else nothing."""

    branch: Key | None = None


class Cancellation(Struct, kw_only=True):
    """Why an appointment will not take place, as it may be told."""

    reason: Reason | None = None

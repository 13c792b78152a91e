"""A notice: a text that the lobby screens of a branch, or of all, show until a time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from qms.domain.errors import Gone, Invalid, LimitExceeded

LONGEST_TEXT = 200
LONGEST_TIME = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the staff tells a lobby. `branch_id` None: every lobby of the account. `agent_id`: who said so."""

    id: str
    account_id: str
    branch_id: str | None
    text: str
    agent_id: str
    created_at: datetime
    until: datetime
    ver: int = 0

    def withdraw(self, now: datetime) -> "Notice":
        """It is shown no longer.

        Raises:
            Gone: it was over before.
        """
        if self.until <= now:
            raise Gone("notice", "over")
        return replace(self, until=now, ver=self.ver + 1)


def checked_text(text: str) -> str:
    """The text on one line, as it is shown.

    Raises:
        Invalid: there is none. LimitExceeded: it is too long to be read from afar.
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not line:
        raise Invalid("text", "words")
    if len(line) > LONGEST_TEXT:
        raise LimitExceeded("text", LONGEST_TEXT)
    return line


def checked_until(until: datetime, now: datetime) -> datetime:
    """The end of a notice.

    Raises:
        Invalid: it is over already, or too far away for something that is said in passing.
    """
    if not now < until <= now + LONGEST_TIME:
        raise Invalid("until", f"an instant to come, within {LONGEST_TIME.days} days")
    return until

"""The facts for which a command is refused. Each face says them in its own words.

Refused
├── NotFound ── the thing is not there (for this caller)
├── Conflict ── something else won, or the state does not allow it
├── Gone ── it was there, and is over
├── Invalid ── a value is not of the form expected
│   ├── LimitExceeded ── … because of its size
│   └── FieldInvalid ── … in the answer to one field of a form
├── FormRequired, SubmissionUnusable ── a queue wants a form first; the submission given does not serve
├── NoAgentAvailable, BranchClosed, QueueFull ── the queue cannot take anybody now
├── NotAuthenticated, Forbidden, TooManyAttempts ── who is asking
├── IdempotencyMismatch, IdempotencyInFlight ── a key used again with another body, or too early
└── Unavailable ── the database cannot answer now; nothing was changed
"""

from datetime import datetime

from qms.domain.complaint import Complaint, complaint


class Refused(Exception):
    """A command that was not carried out, and changed nothing."""

    @property
    def complaint(self) -> Complaint | None:
        """Why, as it can be told in any language, where that was given."""
        return next((one for one in self.args if isinstance(one, Complaint)), None)


class NotFound(Refused):
    """There is no such thing, or not for this caller."""

    def __init__(self, kind: str, id: str) -> None:
        super().__init__(kind, id)
        self.kind, self.id = kind, id

    def __str__(self) -> str:
        return f"no {self.kind} {self.id!r}"


class Conflict(Refused):
    """Something else won: `what` names it (a state, another agent, a taken place)."""

    def __init__(self, kind: str, what: str | Complaint) -> None:
        super().__init__(kind, what)
        self.kind, self.what = kind, str(what)

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}"


class CheckedInElsewhere(Conflict):
    """Whoever has an appointment is in line at another branch already: `branch` is what that is called."""

    def __init__(self, branch: str) -> None:
        super().__init__("appointment", "another branch")
        self.branch = branch


class Gone(Refused):
    """It was there and is over, such as an offer that has been withdrawn."""

    def __init__(self, kind: str, what: str) -> None:
        super().__init__(kind, what)
        self.kind, self.what = kind, what

    def __str__(self) -> str:
        return f"{self.kind} is over: {self.what}"


class Invalid(Refused):
    """A value is not of the form expected."""

    def __init__(self, field: str, expected: str | Complaint) -> None:
        super().__init__(field, expected)
        self.field, self.expected = field, str(expected)

    @property
    def complaint(self) -> Complaint | None:
        expected = super().complaint
        return complaint("expected %(allowed)s", allowed=expected) if expected else None

    def __str__(self) -> str:
        return f"{self.field}: expected {self.expected}"


class LimitExceeded(Invalid):
    """A value is longer or larger than allowed; `limit` is in characters or bytes."""

    def __init__(self, field: str, limit: int) -> None:
        super().__init__(field, f"at most {limit}")
        self.limit = limit


class FieldInvalid(Invalid):
    """The answer to a form's field breaks a rule: required, maximum, minimum, maxlength, minlength, type, option."""

    def __init__(self, field: str, rule: str, limit: float | None = None) -> None:
        super().__init__(field, rule if limit is None else f"{rule} {limit:g}")
        self.rule, self.limit = rule, limit


class UnknownField(Invalid):
    """An answer names a field that the form does not have, or is no answer at all."""

    def __init__(self, field: str) -> None:
        super().__init__(field, "a field of the form")


class FormRequired(Refused):
    """The queue has an active base form, and no submission came along."""

    def __init__(self, queue: str) -> None:
        super().__init__(queue)
        self.queue = queue


class SubmissionUnusable(Refused):
    """The submission is unknown, another queue's, of another kind, or was used before."""

    def __init__(self, submission: str) -> None:
        super().__init__(submission)
        self.submission = submission


class NoAgentAvailable(Refused):
    """Nobody signed in serves the queue (or nobody is free, where that is asked for)."""

    def __init__(self, queue: str) -> None:
        super().__init__(queue)
        self.queue = queue


class BranchClosed(Refused):
    """The branch is outside its opening hours, or closed today."""

    def __init__(self, branch: str, opens_at: datetime | None = None) -> None:
        super().__init__(branch)
        self.branch, self.opens_at = branch, opens_at


class QueueFull(Refused):
    """The queue takes nobody more: `why` "full" (so many wait), or "closing" (who comes now is not served today)."""

    def __init__(self, queue: str, why: str) -> None:
        super().__init__(queue, why)
        self.queue, self.why = queue, why


class NotAuthenticated(Refused):
    """Nobody we know is asking; `reason` is a word for the log, never for the caller."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Forbidden(Refused):
    """Somebody we know is asking for what he may not do."""

    def __init__(self, action: str | Complaint) -> None:
        super().__init__(action)
        self.action = str(action)


class TooManyAttempts(Refused):
    """Asked too often; `retry_after_seconds` says when it is worth another try."""

    def __init__(self, retry_after_seconds: float) -> None:
        super().__init__(retry_after_seconds)
        self.retry_after_seconds = retry_after_seconds


class IdempotencyMismatch(Refused):
    """The idempotency key was used before with another request."""


class IdempotencyInFlight(Refused):
    """The first request with this idempotency key has not been answered yet."""


class Unavailable(Refused):
    """The database cannot answer now (disk full, connection lost, locked); nothing was changed."""


class DomainMoved(Exception):
    """The routing domain that a command locked is no longer the one it needs; it is run again under `domain`."""

    def __init__(self, domain: str) -> None:
        super().__init__(domain)
        self.domain = domain

"""What all that a network file declares has in common."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """Anything that a network file declares. `id` is unique in the installation.

    `given_id` is set where the file's own id was taken by another account: callers know the thing by that one.
    """

    id: str
    account_id: str
    key: str
    given_id: str | None = None

    @property
    def public_id(self) -> str:
        """The id that callers see and send."""
        return self.given_id or self.id

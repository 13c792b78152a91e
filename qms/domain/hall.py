"""A hall: several branches whose calls one screen announces in one order."""

from collections.abc import Iterable
from dataclasses import dataclass

from qms.domain.ids import derived_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """The branches of an account that some screen shows together; screens that show the same are in the same hall."""

    id: str
    account_id: str
    branch_ids: tuple[str, ...]

    @classmethod
    def of(cls, account: str, branches: Iterable[str]) -> "Hall":
        """The hall of some branches, in whatever order they are named."""
        there = tuple(sorted(branches))
        return cls(id=derived_id(account, "hall", " ".join(there)), account_id=account, branch_ids=there)

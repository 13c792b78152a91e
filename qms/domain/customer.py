"""A customer: what is kept about a visitor who books."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What somebody says about himself when he books; all of it may be missing."""

    username: str | None = None
    firstname: str | None = None
    lastname: str | None = None
    email: str | None = None
    phone: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

    def known(self) -> dict[str, str]:
        """What was said, by name; the customer's own data left aside."""
        names = ("firstname", "lastname", "email", "phone")
        return {name: value for name in names if (value := getattr(self, name))}


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer(Person):
    """A person as he is kept."""

    id: str
    account_id: str
    created_at: datetime

"""What somebody wants to book."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qms.domain.customer import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A start of a service, with a chosen agent or with anybody; service and agent by id or key.

    `timezone` is the visitor's, as he wrote it. `answers` are those to the service's form, None where none is asked for
    (staff). What they do not say about the person, `person` may.
    """

    service: str
    starts_at: datetime
    timezone: str
    origin: str
    agent: str | None = None
    locale: str | None = None
    answers: object = None
    person: Person = Person()  # noqa: RUF009 - a value that nobody can change
    application: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)

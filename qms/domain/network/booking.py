"""What is asked of people, and what they can book."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qms.domain.network.configured import Configured


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Configured):
    """A form; `fields` as Videsk's forms have them, each `{_id, type, name, label, hint, properties, options}`."""

    name: str
    description: str
    fields: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Configured):
    """Something that can be booked; `rules` holds durations, step, lead, horizon and the like."""

    title: str
    description: str
    queue_id: str
    branch_id: str | None
    form_id: str | None
    automatic: bool
    agent_ids: tuple[str, ...]
    rules: Mapping[str, Any]

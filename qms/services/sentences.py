"""What explanations say, as names of sentences with what goes into them. A face says them in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Fact = str | int | datetime

NOBODY = "–"
"""Stands where a sentence has nobody and nothing to name."""

_GROUPS: Mapping[str, str] = {
    "position": "first behind overtaken placed",
    "state": "offered called serving done cancelled expired no_show parked",
    "ahead": "band earlier credit put_back sequence placed",
    "waits": "nobody_on_duty nobody_free by_hand next not_before held declined mix ring",
    "moved": "mix weight",
    "offer": "ringing accepted done declined missed withdrawn lost superseded",
    "won": "only_candidate only_free preferred empty_handed least_loaded fullest level least_flexible longest_idle id "
    "rearranged supervisor",
    "event": "created offered called recalled serving assigned done no_show cancelled expired transferred parked "
    "resumed escalated overflowed undone forced taken_back placed outcome other",
    "event.requeued": "declined missed withdrawn lost superseded interrupted late came_after_all",
}

SENTENCES = frozenset(f"{group}.{name}" for group, names in _GROUPS.items() for name in names.split())
"""Every name there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence by its name; instants among its facts are to be shown in the branch's zone."""

    sentence: str
    facts: Mapping[str, Fact]


def say(sentence: str, **facts: Fact) -> Said:
    """A sentence with its facts."""
    return Said(sentence=sentence, facts=facts)

"""What happened to an appointment, as people are told of it: the kind of message, who gets it, how long it is worth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from qms.domain.appointment import Appointment
from qms.domain.network import Network
from qms.domain.options import Options
from qms.domain.participant import Party
from qms.domain.period import lenient

KINDS: Mapping[str, str] = {
    "created": "CREATE",
    "participant_added": "CREATE",
    "reassigned": "CREATE",
    "moved": "RESCHEDULE",
    "cancelled": "CANCELLED",
    "participant_removed": "CANCELLED",
    "changed": "UPDATE",
    "reminder": "REMINDER",
    "room_opened": "ROOM",
    "completed": "FOLLOW_UP",
}
"""Our event, without `appointment.` → the kind of message."""

OURS = ("CREATE", "RESCHEDULE", "CANCELLED", "REMINDER", "ROOM")
"""Kinds for which we have words where nobody gives any."""

OWN_WORDS = ("auvious", "voki")
"""Where these make an appointment, they say themselves what is told, or nothing is."""

AFTERWARDS = timedelta(days=2)
"""So long is it worth telling of what is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Something that happened: `what` as in `appointment.<what>`, with what its event says."""

    what: str
    appointment: Appointment
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str | None:
        """The kind of message, if anybody is told."""
        return KINDS.get(self.what)

    @property
    def name(self) -> str:
        """Which of several of its kind it is: a reminder's period, or the version of a change.

        Who takes part may come and go, and come again.
        """
        if self.kind == "UPDATE" or self.what in ("participant_added", "participant_removed", "reassigned"):
            return str(self.appointment.ver)
        return str(self.data.get("period", ""))[:40]

    @property
    def until(self) -> datetime | None:
        """From when on the message is not worth sending; None for what is told afterwards."""
        if self.kind == "REMINDER":
            return self.appointment.starts_at
        return None if self.kind in ("CANCELLED", "FOLLOW_UP") else self.appointment.ends_at

    def parties(self, there: Sequence[Party]) -> Sequence[Party]:
        """Who is told, of those who take part; and who came or went."""
        if self.what in ("participant_added", "participant_removed"):
            return [Party(self.data["kind"], self.data["participant"])]
        if self.what == "reassigned":
            return [Party("AGENT", self.data["agent"])]
        return there


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Whose words a message has: the appointment's own (`own:<n>`), the `account`'s, or `ours`; and for whom."""

    name: str
    channel: str
    audience: str

    def concerns(self, party: Party) -> bool:
        """Whether somebody is among those it is for."""
        return self.audience in ("all", party.kind.lower())


def sources(network: Network, occasion: Occasion) -> Iterator[Source]:
    """Where the words come from: the appointment's own before the account's, the account's before ours."""
    it, kind, said = occasion.appointment, occasion.kind, network.account.messages or {}
    if kind is None or said.get("appointments") is False or it.data.get("notificationsActive") is False:
        return
    own = it.data.get("notifications")
    if isinstance(own, list) and own:
        yield from _own(network, own, kind, occasion.name)
        return
    audiences = ("customer",) if said.get("agents") is False else ("customer", "agent")
    for audience in audiences:
        given = [t for t in said.get("templates", ()) if t["kind"] == kind and t["to"] in (audience, "all")]
        for channel in dict.fromkeys(template["channel"] for template in given):
            yield Source(name="account", channel=channel, audience=audience)
        if not given and kind in OURS and it.origin not in OWN_WORDS:
            yield Source(name="ours", channel="EMAIL", audience=audience)


def _own(network: Network, own: Sequence[Mapping[str, Any]], kind: str, period: str) -> Iterator[Source]:
    minutes = Options(network.account.options).text("notification_period") == "minutes"
    for n, one in enumerate(own):
        channel = str(one.get("channel", ""))
        if one.get("type") != kind or channel == "WEBHOOK":
            continue
        if kind != "REMINDER" or _period(one.get("period"), minutes=minutes) == period:
            yield Source(name=f"own:{n}", channel=channel, audience="all")


def _period(text: object, *, minutes: bool) -> str | None:
    try:
        return str(lenient(str(text), minutes=minutes))
    except ValueError:
        return None

"""Appointments and people of the house as this dialect shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import msgspec

from qms.domain.appointment import OVER, Appointment
from qms.domain.customer import Customer
from qms.domain.network import Agent, Network
from qms.domain.options import Options
from qms.domain.participant import Attended, Kind
from qms.services.booking.listing import Schedule
from qms.services.booking.reach import application_of
from qms.services.booking.waiting_rooms import WaitingRoom
from qms_gateway.dialects.auvious import wire
from qms_gateway.dialects.auvious.formats import duration_text, instant_text, spelled

State = Literal["PENDING", "ACTIVE", "ENDED"]


@dataclass(frozen=True, slots=True)
class View:
    """How an account's things are shown."""

    network: Network

    @property
    def options(self) -> Options:
        """The account's options."""
        return Options(self.network.account.options)

    def duration(self, length: timedelta) -> str:
        """A duration in the account's style (A-2)."""
        return duration_text(length, iso=self.options.text("duration_style") == "iso")

    def person(self, kind: Kind, id: str) -> wire.Somebody:
        """Somebody by the id that callers know."""
        agent = self.network.agents.get(id)
        return wire.Somebody(id=spelled(agent.public_id if agent is not None else id), type=kind)

    def appointment(self, it: Attended) -> wire.Appointment:
        """An appointment and who takes part in it."""
        booked = it.appointment
        said, talk = booked.data, booked.data.get("interaction") or {}
        return wire.Appointment(
            application_id=application_of(self.network, booked),
            duration=self.duration(booked.ends_at - booked.starts_at),
            end=instant_text(booked.ends_at),
            id=spelled(booked.id),
            interaction=wire.Interaction(
                custom_fields=talk.get("customFields") or {}, routing=_routing(talk), state=state_of(booked)
            ),
            locale=booked.locale,
            metadata=said.get("metadata") or {},
            notes=said.get("notes"),
            notifications=msgspec.convert(said.get("notifications") or [], list[wire.Notification]),
            notifications_active=said.get("notificationsActive", True) is not False,
            organizer=self._organizer(booked),
            participant_ids=[self.person(party.kind, party.id) for party in it.parties],
            start=instant_text(booked.starts_at),
            timezone=booked.timezone,
            title=booked.title or said.get("title", ""),
        )

    def _organizer(self, it: Appointment) -> wire.Somebody | None:
        if it.owner_id is None:
            return None
        return self.person("CUSTOMER" if it.owned_by_customer else "AGENT", it.owner_id)

    def count(self, row: Schedule) -> wire.Count:
        """How many appointments are at a time."""
        return wire.Count(
            count=row.count,
            duration=self.duration(row.ends_at - row.starts_at),
            end=instant_text(row.ends_at),
            start=instant_text(row.starts_at),
            timezone=row.timezone,
        )


def state_of(it: Appointment) -> State:
    """The state of the conversation."""
    return "ENDED" if it.state in OVER else "ACTIVE" if it.state == "active" else "PENDING"


def details(who: Agent | Customer) -> wire.ParticipantDetails:
    """Who somebody is."""
    if isinstance(who, Agent):
        return wire.ParticipantDetails(
            contact=wire.Contact(primary_email=who.email),
            id=spelled(who.public_id),
            metadata={},
            name=wire.Name(first_name=who.firstname, last_name=who.lastname),
            type="AGENT",
            username=who.email or who.key,
        )
    return wire.ParticipantDetails(
        contact=wire.Contact(primary_email=who.email, primary_phone=who.phone),
        id=spelled(who.id),
        metadata=who.data,
        name=wire.Name(first_name=who.firstname, last_name=who.lastname),
        type="CUSTOMER",
        username=who.username,
    )


def activation(room: WaitingRoom, public_url: str) -> wire.Activation:
    """The way in (A-9): the room's own page, wherever that leads on to."""
    url = f"{public_url}/q/{room.code}"
    return wire.Activation(expires=instant_text(room.expires_at), type="MULTI_USE_TICKET", url=url)


def _routing(talk: Mapping[str, Any]) -> wire.Routing | None:
    routing = talk.get("routing")
    return msgspec.convert(routing, wire.Routing) if isinstance(routing, Mapping) else None

"""The desk as JSON: the whole state, in every answer and in every message."""

from datetime import datetime

from msgspec import Struct

from desk.surroundings import LineShape, ScreenShape, SeatShape
from desk.wire import AgentShape, Named, OwnName, PocShape, TicketShape, absences
from qms.domain.bell import Ringing
from qms.domain.network import Network
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services.desk_view import DeskState, Held


class SessionShape(Struct, kw_only=True):
    """`until` ends ringing, wrap-up and missed; `paused_until` the same beside people who are still at the desk.

    `disconnected`: its last socket has closed, and its grace runs.
    """

    state: str
    reason: str | None
    poc: PocShape | None
    until: datetime | None
    since: datetime | None
    pending_away: str | None
    paused_until: datetime | None
    disconnected: bool

    @classmethod
    def of(cls, session: Session | None, network: Network) -> "SessionShape":
        if session is None:
            nothing = {"reason": None, "poc": None, "until": None, "since": None, "pending_away": None}
            nothing |= {"paused_until": None}
            return cls(state="offline", disconnected=False, **nothing)
        return cls(
            state=session.state,
            reason=session.reason or None,
            poc=PocShape.of(network.pocs.get(session.poc_id or "")),
            until=session.until,
            since=session.state_since,
            pending_away=session.pending_away,
            paused_until=session.paused_until,
            disconnected=session.disconnected_at is not None,
        )


class OfferShape(Struct, kw_only=True):
    """A ticket that rings; `poc` is where the visitor will be sent."""

    id: str
    ticket: TicketShape
    branch: Named | None
    queue: Named | None
    poc: PocShape | None
    made_at: datetime
    expires_at: datetime | None


class BellShape(Struct, kw_only=True):
    """The browser that rings, by the name that its windows said; `heard`: one has said that it rang for the offer."""

    name: str
    heard: bool

    @classmethod
    def of(cls, ringing: Ringing | None) -> "BellShape | None":
        return None if ringing is None else cls(name=ringing.bell, heard=ringing.heard)


class LaneShape(Struct, kw_only=True):
    """One of the places that an agent has for people: an offer rings there, or somebody is there."""

    lane: int
    offer: OfferShape | None
    ticket: TicketShape | None

    @classmethod
    def of(cls, held: Held, network: Network) -> "LaneShape":
        ticket = None if held.rings else TicketShape.of(held.visit, network)
        return cls(lane=held.offer.lane, offer=_offer(held, network) if held.rings else None, ticket=ticket)


class ParkedShape(Struct, kw_only=True):
    id: str
    number: str
    name: str | None
    queue: Named | None
    branch: Named | None
    parked_at: datetime | None

    @classmethod
    def of(cls, ticket: Ticket, network: Network) -> "ParkedShape":
        return cls(
            id=ticket.id,
            number=ticket.number,
            name=(ticket.customer or {}).get("firstname"),
            queue=Named.of(network.queues.get(ticket.queue_id)),
            branch=Named.of(network.branches.get(ticket.branch_id or "")),
            parked_at=ticket.parked_at,
        )


class UndoShape(Struct, kw_only=True):
    """What `ticket/undo` would take back, and how long it may be."""

    what: str
    number: str
    until: datetime


class State(Struct, kw_only=True):
    """The desk, whole. `appointments` changes with any of the account's: whoever shows them looks again.

    `lanes` are all that ring or are at the desk, of whom `offer` and `ticket` are the first; where `capacity` is more
    than 1, commands name the ticket. `wrapping_up` is who was there last, while the agent is in wrap-up. `bell` says
    which of the agent's browsers makes the noise for `offer`; null: whichever can.
    """

    seq: int
    now: datetime
    agent: AgentShape
    session: SessionShape
    offer: OfferShape | None
    ticket: TicketShape | None
    capacity: int
    lanes: list[LaneShape]
    bell: BellShape | None
    queues: list[LineShape]
    parked: list[ParkedShape]
    wrapping_up: TicketShape | None
    undo: UndoShape | None
    pocs: list[SeatShape]
    screens: list[ScreenShape]
    version: str
    appointments: int
    absences: list[OwnName]

    @classmethod
    def of(cls, desk: DeskState, version: str) -> "State":
        network = desk.network
        return cls(
            seq=desk.seq,
            now=desk.now,
            agent=AgentShape.of(desk.agent),
            session=SessionShape.of(desk.session, network),
            offer=None if desk.ringing is None else _offer(desk.ringing, network),
            ticket=None if desk.serving is None else TicketShape.of(desk.serving, network),
            capacity=desk.capacity,
            lanes=[LaneShape.of(held, network) for held in desk.held],
            bell=BellShape.of(desk.bell),
            queues=[LineShape.of(line, desk.now) for line in desk.queues],
            parked=[ParkedShape.of(ticket, network) for ticket in desk.parked],
            wrapping_up=None if desk.wrapping_up is None else TicketShape.of(desk.wrapping_up, network),
            undo=_undo(desk),
            pocs=[SeatShape.of(seat, network) for seat in desk.seats],
            screens=[ScreenShape.of(report, network) for report in desk.screens],
            version=version,
            appointments=desk.appointments,
            absences=absences(network),
        )


def _offer(held: Held, network: Network) -> OfferShape:
    ticket = TicketShape.of(held.visit, network)
    return OfferShape(
        id=held.offer.id,
        ticket=ticket,
        branch=ticket.branch,
        queue=ticket.queue,
        poc=PocShape.of(network.pocs.get(held.offer.poc_id or "")),
        made_at=held.offer.made_at,
        expires_at=held.offer.deadline,
    )


def _undo(desk: DeskState) -> UndoShape | None:
    last = desk.session.undo if desk.session is not None else None
    if last is None or datetime.fromisoformat(last["until"]) < desk.now:
        return None
    return UndoShape(what=last["what"], number=last["number"], until=datetime.fromisoformat(last["until"]))

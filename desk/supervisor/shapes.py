"""The board and its lines as JSON: instants rather than ages, so that nothing changes but what happens."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from desk.wire import AgentShape, Named, PocShape
from qms.domain.alerts import Alert
from qms.domain.network import Agent, Network
from qms.domain.notice import Notice
from qms.domain.ticket import Ticket
from qms.services.supervising.board import AgentSeen, Board, Held, PocSeen, QueueSeen
from qms.services.supervising.facts import Sight
from qms.services.supervising.lines import LineSeen


class BranchShape(Struct, kw_only=True):
    """A branch that may be watched."""

    id: str
    key: str
    name: str
    label: str
    open: bool


class WaitShape(Struct, kw_only=True):
    """Minutes that half, and nine tenths, of those who join now wait at most."""

    p50: int
    p90: int


class QueueShape(Struct, kw_only=True):
    """A queue at a branch (null: remote). `waiting_since`: when the one who waits longest could first be served."""

    id: str
    key: str
    name: str
    branch: Named | None
    mode: str
    call: str
    open: bool
    waiting: int
    waiting_since: datetime | None
    target_minutes: float
    servers: int
    free: int
    wait_minutes: WaitShape | None

    @classmethod
    def of(cls, seen: QueueSeen) -> "QueueShape":
        queue = seen.queue
        return cls(
            id=queue.public_id,
            key=queue.key,
            name=queue.name,
            branch=Named.of(seen.branch),
            mode=queue.mode,
            call=queue.call,
            open=seen.is_open,
            waiting=seen.waiting,
            waiting_since=seen.since,
            target_minutes=queue.target_minutes,
            servers=seen.servers,
            free=seen.free,
            wait_minutes=WaitShape(p50=seen.wait[0], p90=seen.wait[1]) if seen.wait is not None else None,
        )


class HeldShape(Struct, kw_only=True):
    """A ticket that an agent has, in one of his lanes."""

    id: str
    number: str
    state: str
    queue: Named | None
    branch: Named | None
    poc: PocShape | None
    lane: int
    since: datetime

    @classmethod
    def of(cls, held: Held, network: Network) -> "HeldShape":
        ticket, offer = held.ticket, held.offer
        return cls(
            id=ticket.id,
            number=ticket.number,
            state=ticket.state,
            queue=Named.of(network.queues.get(ticket.queue_id)),
            branch=Named.of(network.branches.get(ticket.branch_id or "")),
            poc=PocShape.of(network.pocs.get(offer.poc_id or "")),
            lane=offer.lane,
            since=ticket.serving_since or ticket.called_at or offer.made_at,
        )


class AgentOnBoard(Struct, kw_only=True):
    """An agent. `since` is of his state; `moved`: he serves `queues` for the time being, in place of his own."""

    id: str
    key: str
    name: str
    role: str
    state: str
    reason: str | None
    since: datetime | None
    until: datetime | None
    pending_away: str | None
    disconnected: bool
    branch: Named | None
    poc: PocShape | None
    queues: list[Named]
    moved: bool
    tickets: list[HeldShape]

    @classmethod
    def of(cls, seen: AgentSeen, network: Network) -> "AgentOnBoard":
        agent, session = seen.agent, seen.session
        about: dict[str, Any] = {"state": "offline", "disconnected": False}
        about |= dict.fromkeys(("reason", "since", "until", "pending_away", "branch", "poc"))
        if session is not None:
            about = {
                "state": session.state,
                "reason": session.reason or None,
                "since": session.state_since,
                "until": session.until,
                "pending_away": session.pending_away,
                "disconnected": session.disconnected_at is not None,
                "branch": Named.of(network.branches.get(session.branch_id or "")),
                "poc": PocShape.of(network.pocs.get(session.poc_id or "")),
            }
        queues = [Named.of(network.queues[id]) for id in agent.queues if id in network.queues]
        return cls(
            id=agent.public_id,
            key=agent.key,
            name=agent.name,
            role=agent.role,
            queues=[queue for queue in queues if queue is not None],
            moved=seen.moved,
            tickets=[HeldShape.of(held, network) for held in seen.held],
            **about,
        )


class Person(Struct, kw_only=True):
    """An agent by name."""

    id: str
    name: str

    @classmethod
    def of(cls, agent: Agent | None) -> "Person | None":
        return None if agent is None else cls(id=agent.public_id, name=agent.name)


class PocOnBoard(Struct, kw_only=True):
    """A point of contact: who sits there, and the number that was called to it."""

    id: str
    key: str
    label: str
    kind: str
    branch: Named | None
    agent: Person | None
    number: str | None

    @classmethod
    def of(cls, seen: PocSeen, network: Network) -> "PocOnBoard":
        poc = seen.poc
        return cls(
            id=poc.public_id,
            key=poc.key,
            label=poc.label,
            kind=poc.kind,
            branch=Named.of(network.branches.get(poc.branch_id)),
            agent=Person.of(seen.agent),
            number=seen.ticket.number if seen.ticket is not None else None,
        )


class ScreenOnBoard(Struct, kw_only=True):
    """A lobby screen: when it last reported (machine time), which call it has shown, and the branch's last one."""

    key: str
    name: str
    branch: Named | None
    seen_at: datetime | None
    painted: int | None
    last_call: int | None
    audio: str | None

    @classmethod
    def of(cls, sight: Sight, board: Board) -> "ScreenOnBoard":
        device = sight.device
        return cls(
            key=device.key,
            name=device.name,
            branch=Named.of(board.network.branches.get(device.branch_id)),
            seen_at=device.seen_at,
            painted=device.painted,
            last_call=board.calls.get(device.branch_id),
            audio=device.audio,
        )


class KioskOnBoard(Struct, kw_only=True):
    """A kiosk: when it last reported (machine time); `printer` null: it has not said how that is."""

    key: str
    name: str
    branch: Named | None
    seen_at: datetime | None
    printer: str | None

    @classmethod
    def of(cls, sight: Sight, network: Network) -> "KioskOnBoard":
        device = sight.device
        printer = device.report.get("printer")
        return cls(
            key=device.key,
            name=device.name,
            branch=Named.of(network.branches.get(device.branch_id)),
            seen_at=device.seen_at,
            printer=printer if isinstance(printer, str) else None,
        )


class NoticeShape(Struct, kw_only=True):
    """A text that is in the lobby of a branch, or of all (null), until a time."""

    id: str
    text: str
    branch: Named | None
    until: datetime
    by: str | None

    @classmethod
    def of(cls, notice: Notice, network: Network) -> "NoticeShape":
        who = network.agents.get(notice.agent_id)
        return cls(
            id=notice.id,
            text=notice.text,
            branch=Named.of(network.branches.get(notice.branch_id or "")),
            until=notice.until,
            by=who.name if who is not None else None,
        )


class AlertShape(Struct, kw_only=True):
    """What is amiss, since when (null: since ever), and with what. A screen that says nothing: machine time."""

    kind: str
    since: datetime | None
    branch: Named | None
    queue: Named | None
    agent: Person | None
    screen: str | None

    @classmethod
    def of(cls, alert: Alert, network: Network) -> "AlertShape":
        return cls(
            kind=alert.kind,
            since=alert.since,
            branch=Named.of(network.branches.get(alert.branch or "")),
            queue=Named.of(network.queues.get(alert.queue or "")),
            agent=Person.of(network.agents.get(alert.agent or "")),
            screen=alert.screen,
        )


class BoardShape(Struct, kw_only=True):
    """All that a supervisor watches. `branch` null: all `branches` that he may. `machine_now`: for `seen_at`."""

    seq: int
    now: datetime
    machine_now: datetime
    version: str
    agent: AgentShape
    branch: Named | None
    branches: list[BranchShape]
    alerts: list[AlertShape]
    queues: list[QueueShape]
    agents: list[AgentOnBoard]
    pocs: list[PocOnBoard]
    screens: list[ScreenOnBoard]
    kiosks: list[KioskOnBoard]
    notices: list[NoticeShape]

    @classmethod
    def of(cls, board: Board, version: str) -> "BoardShape":
        network = board.network
        return cls(
            seq=board.seq,
            now=board.now,
            machine_now=board.machine_now,
            version=version,
            agent=AgentShape.of(board.viewer),
            branch=Named.of(board.branch),
            branches=[
                BranchShape(id=one.public_id, key=one.key, name=one.name, label=one.label, open=is_open)
                for one, is_open in board.branches
            ],
            alerts=[AlertShape.of(one, network) for one in board.alerts],
            queues=[QueueShape.of(one) for one in board.queues],
            agents=[AgentOnBoard.of(one, network) for one in board.agents],
            pocs=[PocOnBoard.of(one, network) for one in board.pocs],
            screens=[ScreenOnBoard.of(one, board) for one in board.devices if one.device.kind == "screen"],
            kiosks=[KioskOnBoard.of(one, network) for one in board.devices if one.device.kind == "kiosk"],
            notices=[NoticeShape.of(one, network) for one in board.notices],
        )


class InLine(Struct, kw_only=True):
    """Somebody in a line: with an agent, set aside, or waiting. `band`: 0 emergency, 1 escalated, 2 everybody else."""

    id: str
    number: str
    state: str
    band: int
    enqueued_at: datetime
    eligible_from: datetime
    agent: Person | None

    @classmethod
    def of(cls, ticket: Ticket, network: Network) -> "InLine":
        return cls(
            id=ticket.id,
            number=ticket.number,
            state=ticket.state,
            band=ticket.band,
            enqueued_at=ticket.enqueued_at,
            eligible_from=ticket.eligible_from,
            agent=Person.of(network.agents.get(ticket.agent_id or ticket.parked_by or "")),
        )


class LineShape(Struct, kw_only=True):
    """Everybody in a queue at a branch (null: remote): the first of those who wait, in order."""

    queue: Named
    branch: Named | None
    at_desks: list[InLine]
    waiting: list[InLine]

    @classmethod
    def of(cls, line: LineSeen) -> "LineShape":
        queue = line.queue
        return cls(
            queue=Named(id=queue.public_id, key=queue.key, name=queue.name, label=queue.name),
            branch=Named.of(line.branch),
            at_desks=[InLine.of(one, line.network) for one in line.at_desks],
            waiting=[InLine.of(one, line.network) for one in line.waiting],
        )

"""The board as JSON: instants rather than ages, so that nothing changes but what happens."""

from datetime import datetime

from msgspec import Struct

from desk.supervisor.agents import AgentOnBoard, Person, PocOnBoard
from desk.supervisor.queues import QueueShape
from desk.wire import AgentShape, Named, OwnName, absences
from qms.domain.alerts import Alert
from qms.domain.network import Network
from qms.domain.notice import Notice
from qms.services.printers import reported
from qms.services.supervising.board import Board
from qms.services.supervising.facts import Sight


class BranchShape(Struct, kw_only=True):
    """A branch that may be watched."""

    id: str
    key: str
    name: str
    label: str
    open: bool


class ScreenOnBoard(Struct, kw_only=True):
    """A lobby screen: when it last reported (machine time), which call it has shown, and the branch's last one.

    Of a screen of several branches, it is the branch with which it is farthest behind.
    """

    key: str
    name: str
    branch: Named | None
    seen_at: datetime | None
    painted: int | None
    last_call: int | None
    audio: str | None

    @classmethod
    def of(cls, sight: Sight, board: Board) -> "ScreenOnBoard":
        device, shown = sight.device, sight.painted_in
        behind = max(device.branch_ids, key=lambda branch: board.calls.get(branch, 0) - shown.get(branch, 0))
        return cls(
            key=device.key,
            name=device.name,
            branch=Named.of(board.network.branches.get(device.branch_id)),
            seen_at=device.seen_at,
            painted=shown.get(behind),
            last_call=board.calls.get(behind),
            audio=device.audio,
        )


class KioskOnBoard(Struct, kw_only=True):
    """A kiosk: when it last reported (machine time); `printer`: ok, low, out, offline, null where none is known."""

    key: str
    name: str
    branch: Named | None
    seen_at: datetime | None
    printer: str | None

    @classmethod
    def of(cls, sight: Sight, board: Board) -> "KioskOnBoard":
        device = sight.device
        printer = reported(device.report, board.machine_now)
        return cls(
            key=device.key,
            name=device.name,
            branch=Named.of(board.network.branches.get(device.branch_id)),
            seen_at=device.seen_at,
            printer=printer.state if printer is not None else None,
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
    """What is amiss, since when (null: since ever), and with what. A silent screen and a printer: machine time."""

    kind: str
    since: datetime | None
    branch: Named | None
    queue: Named | None
    agent: Person | None
    screen: str | None
    kiosk: str | None
    printer: str | None

    @classmethod
    def of(cls, alert: Alert, network: Network) -> "AlertShape":
        return cls(
            kind=alert.kind,
            since=alert.since,
            branch=Named.of(network.branches.get(alert.branch or "")),
            queue=Named.of(network.queues.get(alert.queue or "")),
            agent=Person.of(network.agents.get(alert.agent or "")),
            screen=alert.screen,
            kiosk=alert.kiosk,
            printer=alert.printer,
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
    absences: list[OwnName]

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
            kiosks=[KioskOnBoard.of(one, board) for one in board.devices if one.device.kind == "kiosk"],
            notices=[NoticeShape.of(one, network) for one in board.notices],
            absences=absences(network),
        )

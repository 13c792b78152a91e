"""What an agent sees around his work as JSON: queues, places to sit, and the screens near by."""

from datetime import datetime

from msgspec import Struct

from desk.wire import Named
from qms.domain.network import Network
from qms.services.desk_view import QueueLine, Seat
from qms.services.screen_reports import Shown


class SeatShape(Struct, kw_only=True):
    """A POC to choose; `taken` by a colleague."""

    id: str
    key: str
    label: str
    kind: str
    branch: Named | None
    taken: bool

    @classmethod
    def of(cls, seat: Seat, network: Network) -> "SeatShape":
        poc = seat.poc
        branch = Named.of(network.branches.get(poc.branch_id))
        return cls(id=poc.public_id, key=poc.key, label=poc.label, kind=poc.kind, branch=branch, taken=seat.taken)


class LineShape(Struct, kw_only=True):
    """A queue at a branch; `branch` null: remote."""

    id: str
    key: str
    name: str
    label: str
    branch: Named | None
    mode: str
    call: str
    waiting: int
    longest_wait_seconds: int
    target_minutes: float

    @classmethod
    def of(cls, line: QueueLine, now: datetime) -> "LineShape":
        queue = line.queue
        return cls(
            id=queue.public_id,
            key=queue.key,
            name=queue.name,
            label=queue.name,
            branch=Named.of(line.branch),
            mode=queue.mode,
            call=queue.call,
            waiting=line.waiting,
            longest_wait_seconds=max(0, int((now - line.since).total_seconds())) if line.since is not None else 0,
            target_minutes=queue.target_minutes,
        )


class PaintedShape(Struct, kw_only=True):
    """A branch that a screen shows; `painted` is the newest of its calls that was shown, as the branch counts."""

    id: str
    painted: int | None


class ScreenShape(Struct, kw_only=True):
    """A lobby screen near by; `painted` is the newest call it has shown, `audio` whether it was heard.

    `branch` is where it stands, `branches` are those it shows; `queues` those it shows, null for all.
    """

    key: str
    branch: Named | None
    painted: int | None
    audio: str | None
    branches: list[PaintedShape]
    queues: list[str] | None

    @classmethod
    def of(cls, shown: Shown, network: Network) -> "ScreenShape":
        screen, queues = shown.screen, shown.screen.settings.get("queues")
        return cls(
            key=screen.key,
            branch=Named.of(network.branches.get(screen.branch_id)),
            painted=shown.painted,
            audio=shown.audio,
            branches=[
                PaintedShape(id=branch.public_id, painted=shown.painted_in.get(branch.id))
                for branch in network.branches_of(screen)
            ],
            queues=[queue.public_id for queue in network.queues.some(queues)] if queues else None,
        )

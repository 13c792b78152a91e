"""What alerts are decided from, read for some branches: who waits, who serves, how services went, what screens say."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.alerts import HOUR, Alert, Help, Printer, Screen, Service, Waiting, alerts
from qms.domain.network import Branch, Network, Queue
from qms.domain.routing import routing
from qms.domain.session import Session
from qms.services import fleet, kiosk_help, opening, places, printers
from qms.services.fleet import Device
from qms.services.screen_reports import painted_in
from qms.store.schema import network as tables
from qms.store.schema import work
from qms.store.tickets import Line
from qms.store.tx import Tx
from screens.snapshot import Selection

LOOKED_BACK = timedelta(minutes=30)
"""Calls that were made before are no news, for a screen that comes late."""

USUAL_SHORT_SECONDS = 15
"""What a short service is where nobody has said: who comes has not told what he wants by then."""

LEFT_WITHIN = timedelta(days=1)
"""Whoever left before that did so before anybody who still waits came."""


_t, _s, _c = work.ticket.c, work.session.c, work.call.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How many wait in a line, and when the one who waits longest could first have been served."""

    waiting: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a screen or a kiosk has said of itself; of a screen, the time of the oldest call that it lacks.

    `painted_in`: the newest call that a screen has shown of each branch, as the branch counts.
    """

    device: Device
    unpainted_since: datetime | None = None
    painted_in: Mapping[str, int] = field(default_factory=dict)


def standing(tx: Tx, domains: Sequence[str]) -> Mapping[Line, Standing]:
    """Everybody who waits in some routing domains, by queue and branch."""
    begins = sa.case((_t.enqueued_at > _t.eligible_from, _t.enqueued_at), else_=_t.eligible_from)
    since = sa.func.min(begins, type_=_t.enqueued_at.type)
    found = sa.select(_t.queue_id, _t.branch_id, sa.func.count(), since)
    found = found.where(_t.domain_id.in_(domains), _t.state == "waiting").group_by(_t.queue_id, _t.branch_id)
    return {(queue, branch): Standing(waiting=count, since=at) for queue, branch, count, at in tx.execute(found)}


def sights(tx: Tx, network: Network, branches: Sequence[Branch]) -> list[Sight]:
    """The screens and kiosks of some branches."""
    there = {branch.id for branch in branches}
    calls = sa.select(_c.branch_id, _c.seq, _c.queue_id, _c.called_at)
    recent = list(
        tx.execute(calls.where(_c.branch_id.in_(there), _c.called_at > tx.now - LOOKED_BACK).order_by(_c.seq))
    )
    devices = [one for one in fleet.of_account(tx, account=network.account.id) if one.branch_id in there]
    return [_sight(tx, network, one, recent) for one in devices]


def _sight(tx: Tx, network: Network, device: Device, recent: Sequence[Any]) -> Sight:
    if device.kind != "screen":
        return Sight(device=device)
    takes = Selection.of(device.settings).takes
    painted = painted_in(tx, network, network.screens[device.id], device.painted)
    lacking = (
        call.called_at
        for call in recent
        if call.branch_id in device.branch_ids and call.seq > painted.get(call.branch_id, 0) and takes(call.queue_id)
    )
    return Sight(device=device, unpainted_since=next(lacking, None), painted_in=painted)


def decide(
    tx: Tx,
    network: Network,
    branches: Sequence[Branch],
    *,
    lines: Mapping[Line, Standing],
    on_duty: Sequence[Session],
    seen: Sequence[Sight],
) -> list[Alert]:
    """The alerts of some branches."""
    there = {branch.id for branch in branches}
    open_ones = {branch.id for branch in branches if opening.is_open(network, branch, tx.now)}
    mine = {(queue, branch): one for (queue, branch), one in lines.items() if branch in there or branch is None}
    waiting = _waiting(tx, network, mine, on_duty)
    shown = [
        Screen(
            key=one.device.key,
            branch=one.device.branch_id,
            branch_open=one.device.branch_id in open_ones,
            seen_at=one.device.seen_at,
            unpainted_since=one.unpainted_since,
        )
        for one in seen
        if one.device.kind == "screen"
    ]
    return alerts(
        tx.now,
        tx.machine_now,
        waiting=waiting,
        services=_services(tx, network, branches),
        screens=shown,
        printers=_printers(tx, seen, open_ones),
        helps=_helps(tx, seen),
    )


def _helps(tx: Tx, seen: Sequence[Sight]) -> list[Help]:
    """The kiosks where somebody asked for help lately."""
    asked = [(one.device, kiosk_help.asked(one.device.report, tx.machine_now)) for one in seen]
    return [Help(kiosk=kiosk.key, branch=kiosk.branch_id, since=at) for kiosk, at in asked if at is not None]


def _printers(tx: Tx, seen: Sequence[Sight], open_ones: Collection[str]) -> list[Printer]:
    """What printers said of themselves lately."""
    said = [(one.device, printers.reported(one.device.report, tx.machine_now)) for one in seen]
    return [
        Printer(
            kiosk=kiosk.key,
            branch=kiosk.branch_id,
            branch_open=kiosk.branch_id in open_ones,
            state=report.state,
            since=report.since,
        )
        for kiosk, report in said
        if report is not None
    ]


def _waiting(tx: Tx, network: Network, lines: Mapping[Line, Standing], on_duty: Sequence[Session]) -> list[Waiting]:
    sessions = {one.agent_id: one for one in on_duty}
    able: dict[Line, int] = {}
    for queue, branch in lines:
        staff = [sessions[one.id] for one in network.agents_by_queue.get(queue, ()) if one.id in sessions]
        able[queue, branch] = sum(serves(network, one, network.queues[queue], branch) for one in staff)
    unserved = {queue for (queue, _), servers in able.items() if not servers}
    left = _left(tx, {one.id for queue in unserved for one in network.agents_by_queue.get(queue, ())}, sessions)
    return [
        Waiting(
            queue=queue,
            branch=branch,
            since=one.since,
            target=timedelta(minutes=network.queues[queue].target_minutes),
            servers=able[queue, branch],
            left_at=max((left[a.id] for a in network.agents_by_queue.get(queue, ()) if a.id in left), default=None),
        )
        for (queue, branch), one in lines.items()
    ]


def serves(network: Network, session: Session, queue: Queue, branch: str | None) -> bool:
    """Whether somebody on duty can serve a queue at a branch, sooner or later: not whether he is free."""
    agent = network.agents.get(session.agent_id)
    if agent is None or session.state == "away" or session.disconnected_at is not None:
        return False
    rings = routing(network, queue).rings
    if agent.queues.get(queue.id, 0) < (rings[-1][1] if rings else 1):
        return False
    if queue.mode != "counter" or branch is None:
        return True
    return branch in places.counters(network, queue, session, frozenset())


def _left(tx: Tx, agents: Collection[str], sessions: Mapping[str, Session]) -> Mapping[str, datetime]:
    """When each of some agents left, or went away; who has not been there for a day is missing."""
    lately = _s.agent_id.in_(agents) & (_s.ended_at > tx.now - LEFT_WITHIN)
    found = sa.select(_s.agent_id, sa.func.max(_s.ended_at)).where(lately).group_by(_s.agent_id)
    left = {agent: ended_at for agent, ended_at in tx.execute(found)} if agents else {}
    here = {agent: sessions[agent] for agent in agents if agent in sessions}
    return left | {agent: one.disconnected_at or one.state_since for agent, one in here.items()}


def short_service(queue: Queue) -> timedelta:
    """A service of this queue that takes less is short; zero: none is."""
    return timedelta(seconds=queue.settings.get("short_service_seconds", USUAL_SHORT_SECONDS))


def _services(tx: Tx, network: Network, branches: Sequence[Branch]) -> list[Service]:
    there = {branch.id for branch in branches}
    short = {id: short_service(queue) for id, queue in network.queues.items() if there & set(queue.branch_ids)}
    watched = [id for id, limit in short.items() if limit]
    begun = sa.func.coalesce(_t.serving_since, _t.called_at, type_=_t.called_at.type)
    found = sa.select(_t.agent_id, _t.queue_id, begun.label("begun"), _t.ended_at).where(
        _t.queue_id.in_(watched), _t.assigned_at > tx.now - HOUR, _t.state == "done", _t.agent_id.is_not(None)
    )
    return [
        Service(agent=row.agent_id, ended_at=row.ended_at, lasted=row.ended_at - row.begun, short=short[row.queue_id])
        for row in tx.execute(found)
        if row.begun is not None
    ]


def last_calls(tx: Tx, branches: Sequence[Branch]) -> Mapping[str, int]:
    """The `seq` of each branch's last call; a branch that has called nobody yet is missing."""
    newest = sa.select(sa.func.max(_c.seq)).where(_c.branch_id == tables.branch.c.id).scalar_subquery()
    found = sa.select(tables.branch.c.id, newest).where(tables.branch.c.id.in_({branch.id for branch in branches}))
    return {branch: int(seq) for branch, seq in tx.execute(found) if seq is not None}

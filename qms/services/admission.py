"""Admission: who may have a place in a queue, and why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from qms.domain.errors import BranchClosed, FormRequired, NoAgentAvailable, SubmissionUnusable
from qms.domain.network import Branch, Network, Queue
from qms.domain.routing import Routing, routing
from qms.domain.ticket import Place
from qms.domain.value import value
from qms.domain.zones import wall_time, zone
from qms.services import limits, opening
from qms.store.schema import work
from qms.store.tx import Tx


@value(frozen=True, slots=True, kw_only=True)
class TakeTicket:
    """One person who wants a place. Ids throughout; `integration_data` is compact JSON text.

    `require_staff`: refuse unless somebody who serves the queue is signed in ("online") or idle ("available").
    `key` and `eligible_from` are given for appointments; a walk-in's follow from the arrival and the class's credit.
    """

    account: str
    branch: str | None
    queue: str
    source: str
    number: str | None = None
    integration_data: str | None = None
    submission: str | None = None
    require_form: bool = False
    require_staff: Literal["online", "available"] | None = None
    language: str | None = None
    ticket_class: str | None = None
    place: Place = "onsite"
    customer: Mapping[str, Any] | None = None
    customer_id: str | None = None
    appointment: str | None = None
    preferred_agent: str | None = None
    key: datetime | None = None
    eligible_from: datetime | None = None
    open_only: bool = True


@value(frozen=True, slots=True, kw_only=True)
class Door:
    """A queue at a branch (None: from afar), as all find it who come in one transaction.

    `counter`: which numbers are given there, by branch, queue and day; `series` is its name.
    """

    network: Network
    branch: Branch | None
    queue: Queue
    rules: Routing
    open: bool
    service_day: str
    counter: tuple[str, str, str]
    series: str


@value(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A person who may have a place, and where."""

    item: TakeTicket
    door: Door

    @property
    def counted(self) -> bool:
        """Whether the number is one of ours."""
        return self.item.number is None


@dataclass(frozen=True, slots=True)
class Known:
    """What is found out once for all who are admitted together."""

    doors: dict[tuple[str, str | None, str], Door] = field(default_factory=dict)
    staffed: dict[tuple[str, str], bool] = field(default_factory=dict)
    submissions: set[str] = field(default_factory=set)
    rooms: limits.Rooms = field(default_factory=dict)

    def door(self, tx: Tx, item: TakeTicket) -> Door:
        """Where somebody wants in.

        Raises:
            NotFound: there is no such queue.
        """
        place = (item.account, item.branch, item.queue)
        found = self.doors.get(place)
        if found is None:
            found = self.doors[place] = _door(tx, *place)
        return found


def admit(tx: Tx, item: TakeTicket, known: Known) -> Admitted:
    """Let one person in, and take up the room of one.

    Raises:
        NotFound, FormRequired, SubmissionUnusable, BranchClosed, NoAgentAvailable, QueueFull: there is no place.
    """
    door = known.door(tx, item)
    network, branch, queue = door.network, door.branch, door.queue
    tx.hold(queue.domain_id)
    if item.require_form and queue.form_id is not None and item.submission is None:
        raise FormRequired(queue.public_id)
    if item.submission is not None:
        _check_submission(tx, item.submission, queue, known.submissions)
    if item.open_only and branch is not None and not door.open:
        raise BranchClosed(branch.public_id, opening.opens_at(network, branch, tx.now))
    if not _staffed(tx, network, item, queue, known.staffed):
        raise NoAgentAvailable(queue.public_id)
    if item.appointment is None and item.source not in ("desk", "callback"):
        limits.admit(tx, network, queue, branch, known.rooms)
    return Admitted(item=item, door=door)


def _door(tx: Tx, account: str, at: str | None, line: str) -> Door:
    network = tx.network(account)
    branch, queue = (None, network.queues.find(line)) if at is None else network.queue_at(at, line)
    day = wall_time(tx.now, zone(network.zone_of(branch))).date().isoformat()
    counter = (branch.id if branch is not None else "", queue.id, day)
    return Door(
        network=network,
        branch=branch,
        queue=queue,
        rules=routing(network, queue),
        open=branch is None or opening.is_open(network, branch, tx.now),
        service_day=day,
        counter=counter,
        series="/".join(counter),
    )


def _staffed(tx: Tx, network: Network, item: TakeTicket, queue: Queue, known: dict[tuple[str, str], bool]) -> bool:
    wanted = item.require_staff or ("online" if queue.unstaffed != "accept" and item.source != "vendor" else None)
    if wanted is None:
        return True
    if (queue.id, wanted) not in known:
        agents = [agent.id for agent in network.agents_by_queue.get(queue.id, ())]
        known[queue.id, wanted] = bool(agents) and _anyone(tx, queue, agents, wanted)
    return known[queue.id, wanted]


def _anyone(tx: Tx, queue: Queue, agents: Sequence[str], wanted: str) -> bool:
    rows = tx.raw(
        "SELECT agent_id, state FROM session WHERE domain_id = :domain AND ended_at IS NULL",
        {"domain": queue.domain_id},
    )
    serving = set(agents)
    return any(agent in serving and (wanted == "online" or state == "idle") for agent, state in rows)


def _check_submission(tx: Tx, submission_id: str, queue: Queue, used: set[str]) -> None:
    c = work.submission.c
    found = tx.execute(sa.select(c.queue_id, c.kind, c.ticket_id).where(c.id == submission_id)).first()
    if found is None or submission_id in used or tuple(found) != (queue.id, "pre-call", None):
        raise SubmissionUnusable(submission_id)
    used.add(submission_id)

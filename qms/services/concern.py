"""Which appointments concern an agent at his desk: his own and those of where he works; for supervisors, all."""

from dataclasses import dataclass

import sqlalchemy as sa

from qms.domain import access
from qms.domain.appointment import Appointment
from qms.domain.errors import NotFound
from qms.domain.network import Agent, Branch, Network
from qms.services.booking.finding import found
from qms.services.booking.reach import UNBOOKED
from qms.store import participants, sessions
from qms.store.schema.booking import appointment as table
from qms.store.schema.booking import participant
from qms.store.tx import Tx

_a, _p = table.c, participant.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """What concerns an agent: `branches` are those of his queues, those he supervises and where he sits (`here`)."""

    network: Network
    viewer: Agent
    branches: frozenset[str]
    here: Branch | None

    @property
    def everything(self) -> bool:
        """Whether all of the account does."""
        return access.may(self.viewer, "board.watch") and not access.limited(self.viewer)

    def where(self) -> sa.ColumnElement[bool]:
        """The same, for a statement."""
        booked = (_a.account_id == self.viewer.account_id) & _a.state.not_in(UNBOOKED)
        if self.everything:
            return booked
        own = sa.exists().where(_p.appointment_id == _a.id, _p.party_id == self.viewer.id)
        nowhere = _a.branch_id.is_(None) & _a.queue_id.in_(self.viewer.queues)
        return booked & (_a.branch_id.in_(self.branches) | nowhere | (_a.agent_id == self.viewer.id) | own)

    def holds(self, tx: Tx, appointment: Appointment) -> bool:
        """Whether an appointment of the account is among them."""
        if appointment.state in UNBOOKED:
            return False
        near = appointment.branch_id in self.branches
        nowhere = appointment.branch_id is None and appointment.queue_id in self.viewer.queues
        if self.everything or near or nowhere or appointment.agent_id == self.viewer.id:
            return True
        return any(party.id == self.viewer.id for party in participants.of(tx, appointment.id))

    def branch(self, id_or_key: str) -> Branch:
        """A branch that the agent has to do with.

        Raises:
            NotFound: there is none.
        """
        place = self.network.branches.find(id_or_key)
        if not self.everything and place.id not in self.branches:
            raise NotFound("branch", id_or_key)
        return place

    def place_of(self, appointment: Appointment) -> Branch | None:
        """Where whoever comes to an appointment waits: at its branch, else where the agent sits, else the only one."""
        network = self.network
        service = network.services.get(appointment.service_id or "")
        queue = network.queues.get(appointment.queue_id or (service.queue_id if service is not None else ""))
        there = {id: network.branches[id] for id in (queue.branch_ids if queue else ()) if id in network.branches}
        if appointment.branch_id is not None:
            return there.get(appointment.branch_id)
        if self.here is not None and self.here.id in there:
            return self.here
        return next(iter(there.values())) if len(there) == 1 else None


def of(tx: Tx, viewer: Agent) -> Concern:
    """What concerns an agent now."""
    network, session = tx.network(viewer.account_id), sessions.of_agent(tx, viewer.id)
    here = network.branches.get((session.branch_id if session is not None else None) or "")
    served = {
        branch for queue in viewer.queues if queue in network.queues for branch in network.queues[queue].branch_ids
    }
    overseen = set(viewer.supervises) if access.limited(viewer) else set()
    return Concern(
        network=network,
        viewer=viewer,
        branches=frozenset(served | overseen | ({here.id} if here is not None else set())),
        here=here,
    )


def concerning(tx: Tx, viewer: Agent, id: str) -> Appointment:
    """The appointment with this id, if it concerns the agent.

    Raises:
        NotFound: there is none, or it does not.
    """
    booked = found(tx, viewer.account_id, id)
    if not of(tx, viewer).holds(tx, booked):
        raise NotFound("appointment", id)
    return booked

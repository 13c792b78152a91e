"""Parking: setting the person at the desk aside for a while, and calling him back."""

from dataclasses import replace

from qms.domain import access
from qms.domain.errors import NotFound
from qms.domain.network import Agent
from qms.domain.routing import routing
from qms.domain.ticket import Ticket
from qms.services import distribution
from qms.services.events import ticket_event
from qms.services.serving import at_desk, free, session_of
from qms.store import sessions, tickets
from qms.store.tx import Tx


def park(tx: Tx, *, account: str, agent: str, ticket: str | None = None) -> Ticket:
    """Set the person at the desk aside; he keeps his place for when he is resumed.

    Raises:
        Conflict: nobody is at the desk.
    """
    session, here, offer = at_desk(tx, account, agent, ticket)
    after = tickets.save(tx, here, here.park(tx.now))
    ended = sessions.save_offer(tx, offer, offer.to("done", tx.now))
    ticket_event(tx, "ticket.parked", after, offer=ended)
    free(tx, session, None)
    return after


def resume(tx: Tx, *, account: str, agent: str, ticket: str | None = None) -> Ticket:
    """Call a parked ticket back: to this desk if it is free, else in line for this agent. The last parked if not named.

    A colleague's may be resumed by who serves its queue, and by supervisors.

    Raises:
        NotFound: nothing is parked, or not for this agent. Conflict: the agent is offline.
    """
    session = session_of(tx, account, agent)
    network = tx.network(account)
    parked = tickets.parked(tx, session.domain_id, ticket, session.agent_id)
    if parked is None or not _may_resume(network.agents[session.agent_id], parked):
        raise NotFound("ticket", ticket or "parked")
    back = parked.resume()
    held = routing(network, back.queue_id).held_until(back.preferred_agent_id, tx.now)
    after = tickets.save(tx, parked, replace(back, preferred_until=held))
    ticket_event(tx, "ticket.resumed", after)
    able = session.state in ("idle", "wrap_up", "missed") or session.spare > 0
    one = distribution.match_one(tx, network, after, session) if able else None
    return after if one is None else distribution.give(tx, network, after, session, one, ask=False)


def _may_resume(agent: Agent, ticket: Ticket) -> bool:
    steers = access.may(agent, "board.steer", ticket.branch_id)
    return ticket.parked_by == agent.id or ticket.queue_id in agent.queues or steers

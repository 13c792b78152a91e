"""Presence: agents sign in, choose a point of contact, go away and come back, or are lost."""

from dataclasses import replace
from typing import Literal

from qms.domain.errors import Conflict, Invalid, NotFound
from qms.domain.network import Agent, Network, Poc
from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.domain.zones import wall_time, zone
from qms.services import callbacks, lanes, offering
from qms.services.events import session_event
from qms.store import assignments, sessions, tickets
from qms.store.tx import Tx

KEEP = ""
"""For `poc`: stay where you are."""


def set_presence(
    tx: Tx,
    *,
    account: str,
    agent: str,
    state: Literal["idle", "away", "offline"],
    reason: str | None = None,
    poc: str | None = KEEP,
    branch: str | None = None,
) -> Session | None:
    """Put an agent's session into the state he asks for; None once he is offline.

    Away while serving is noted and happens after the ticket. An offer that rings is withdrawn. `poc` is an id, a key,
    or `branch-key/poc-key`; None leaves the POC. Whom he served when an earlier session was lost, is at his desk again.

    Raises:
        NotFound: no such POC. Conflict: the POC is taken, or the agent is serving.
    """
    network = tx.network(account)
    who = network.agents.find(agent)
    tx.hold(who.domain_id)
    session = sessions.of_agent(tx, who.id)
    if state == "offline":
        if session is not None:
            sign_out(tx, session)
        return None
    place = None if poc in (KEEP, None) else find_poc(network, who, str(poc), branch)
    if session is None:
        who = _own_again(tx, who)
        session = _sign_in(tx, who, state, reason, place, keep=poc == KEEP)
        if state == "idle":
            callbacks.redeem(tx, network, who.queues)
        return session
    if poc != KEEP and (place.id if place else None) != session.poc_id:
        session = move(tx, session, place)
    if state == "away":
        return _go_away(tx, session, reason or "")
    callbacks.redeem(tx, network, who.queues)
    return _come_back(tx, session)


def sign_out(tx: Tx, session: Session) -> None:
    """End a session; an offer that rings goes back in line.

    Raises:
        Conflict: the agent has somebody at his desk.
    """
    if session.state == "busy":
        raise Conflict("session", "busy")
    session = withdraw(tx, session)
    after = sessions.save(tx, session, session.to("offline", tx.now))
    session_event(tx, "agent.disconnected", after)
    _end_assignment(tx, session.account_id, session.agent_id)


def lose(tx: Tx, session: Session) -> None:
    """End a session whose agent has vanished; whom he serves stays served until he is back, or for ten minutes."""
    session = withdraw(tx, session, "lost")
    after = sessions.save(tx, session, session.to("offline", tx.now, reason="lost"))
    session_event(tx, "agent.disconnected", after)


def find_poc(network: Network, agent: Agent, text: str, branch: str | None = None) -> Poc:
    """The point of contact that an agent means.

    Raises:
        NotFound: there is none. Invalid: several branches have one of that key.
    """
    if (known := network.pocs.known(text)) is not None:
        return known
    branch_text, _, key = text.rpartition("/")
    branches = {b for q in agent.queues if q in network.queues for b in network.queues[q].branch_ids}
    wanted = network.branches.find(branch or branch_text).id if branch or branch_text else None
    pocs = network.pocs.values() if wanted is None else network.pocs_by_branch.get(wanted, ())
    found = [poc for poc in pocs if poc.key == key]
    near = [p for p in found if p.branch_id in branches] or found
    counters = [p for p in near if p.kind == "counter"] or near
    if not counters:
        raise NotFound("poc", text)
    if len(counters) > 1:
        raise Invalid("poc", "branch/poc, since several branches have a POC of that key")
    return counters[0]


def _own_again(tx: Tx, who: Agent) -> Agent:
    """An agent who begins: what he was assigned on another day is over."""
    day = assignments.of_agent(tx, who.id)
    today = wall_time(tx.now, zone(tx.network(who.account_id).account.timezone)).date().isoformat()
    if day is not None and day != today:
        _end_assignment(tx, who.account_id, who.id)
    return tx.network(who.account_id).agents[who.id]


def _end_assignment(tx: Tx, account: str, agent: str) -> None:
    if assignments.end(tx, agent):
        tx.network_changed(account)


def _sign_in(
    tx: Tx, agent: Agent, state: Literal["idle", "away"], reason: str | None, place: Poc | None, *, keep: bool
) -> Session:
    left = sessions.accepted_of_agent(tx, agent.id)
    if left and keep:
        place = _seat_before(tx, agent, left[0])
    session = sessions.add(
        tx,
        Session(
            id=tx.new_id(),
            account_id=agent.account_id,
            domain_id=agent.domain_id,
            agent_id=agent.id,
            branch_id=place.branch_id if place else None,
            poc_id=place.id if place else None,
            state="busy" if left else state,
            reason=(reason or "") if state == "away" and not left else None,
            pending_away=(reason or "") if state == "away" and left else None,
            started_at=tx.now,
            idle_since=tx.now,
            state_since=tx.now,
        ),
    )
    for offer in left:
        _adopt(tx, session, offer)
    if left and session.pending_away is None:
        session = lanes.keep(tx, session, left)
    session_event(tx, "agent.connected", session)
    tx.tell(f"agent:{agent.id}", f"domain:{agent.domain_id}")
    return session


def _seat_before(tx: Tx, agent: Agent, left: Offer) -> Poc | None:
    """Where the agent sat when he was lost, unless somebody else sits there by now."""
    before = sessions.get(tx, left.session_id)
    taken = {session.poc_id for session in sessions.on_duty(tx, agent.domain_id)}
    if before is None or before.poc_id in taken:
        return None
    return tx.network(agent.account_id).pocs.get(before.poc_id or "")


def _adopt(tx: Tx, session: Session, offer: Offer) -> None:
    """Take over whom the agent was serving when his earlier session was lost."""
    sessions.save_offer(tx, offer, replace(offer, session_id=session.id, ver=offer.ver + 1))
    ticket = tickets.get(tx, offer.ticket_id)
    if ticket is not None:
        tickets.save(tx, ticket, replace(ticket, session_id=session.id, ver=ticket.ver + 1))


def move(tx: Tx, session: Session, place: Poc | None) -> Session:
    """Sit down at another point of contact, or at none.

    Raises:
        Conflict: somebody is at the desk or rings there, or somebody else sits at that place.
    """
    if session.state in ("busy", "ringing"):
        raise Conflict("session", session.state)
    moved = replace(
        session, poc_id=place.id if place else None, branch_id=place.branch_id if place else None, ver=session.ver + 1
    )
    return sessions.save(tx, session, moved)


def _come_back(tx: Tx, session: Session) -> Session:
    if session.state == "idle":
        return session
    if session.state in ("busy", "ringing"):
        return lanes.keep(tx, session, lanes.held(tx, session), pending_away=None, paused_until=None)
    after = sessions.save(tx, session, session.to("idle", tx.now, idle_since=tx.now, pending_away=None))
    session_event(tx, "agent.idle", after)
    return after


def _go_away(tx: Tx, session: Session, reason: str) -> Session:
    session = withdraw(tx, session)
    if session.state == "busy":
        return lanes.keep(tx, session, lanes.held(tx, session), pending_away=reason)
    after = sessions.save(tx, session, session.to("away", tx.now, reason=reason, pending_away=None))
    session_event(tx, "agent.away", after)
    return after


def withdraw(tx: Tx, session: Session, how: Literal["withdrawn", "lost"] = "withdrawn") -> Session:
    """Take back all that rings at a desk."""
    for offer in lanes.held(tx, session):
        if offer.state == "ringing":
            session = offering.take_back(tx, session, offer, how)
    return session

"""Lanes: what an agent's session has at once, how much more fits, and the state that it is in by that."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from acd.engine.lanes import room, room_for
from qms.domain.network import Network
from qms.domain.offer import Offer
from qms.domain.routing import capacity
from qms.domain.session import Session
from qms.store import sessions
from qms.store.tx import Tx

HOLDING = ("ringing", "busy")
"""States of a session that has tickets."""


def held(tx: Tx, session: Session) -> list[Offer]:
    """The live offers of a session, lane by lane; asks nothing where its state says that there are none."""
    return sessions.offers_at(tx, session) if session.state in HOLDING else []


def most(network: Network, agent: str) -> int:
    """How many tickets an agent may have at once, if they are of the right queues."""
    who = network.agents.get(agent)
    return max((capacity(network, who, queue) for queue in who.queues), default=1) if who is not None else 1


def of(network: Network, agent: str, queue: str) -> int:
    """How many tickets an agent may have at once with one of this queue among them."""
    return capacity(network, network.agents.get(agent), queue)


def fits(network: Network, agent: str, queue: str, having: Sequence[Offer]) -> int:
    """How many more of a queue's tickets fit beside those that an agent has."""
    return room(of(network, agent, queue), [offer.lanes for offer in having])


def spare(network: Network, agent: str, having: Sequence[Offer]) -> int:
    """For how many more there is room, of the queue that leaves most."""
    who = network.agents.get(agent)
    return max((fits(network, agent, queue, having) for queue in who.queues), default=0) if who is not None else 0


def mixed(network: Network, agent: str) -> bool:
    """Whether an agent's queues differ in how many go together, so that a pass gives him one at a time."""
    who = network.agents.get(agent)
    known = network.memo.get(("mixed", agent))
    if known is None and who is not None:
        capacities = {queue: capacity(network, who, queue) for queue in who.queues}
        known = network.memo["mixed", agent] = room_for(who.queues, capacities, ()).more
    return bool(known)


def keep(tx: Tx, session: Session, having: Sequence[Offer], **changes: Any) -> Session:
    """Write the session as the tickets that it has make it.

    Raises:
        Conflict: somebody has changed it meanwhile.
    """
    return sessions.save(tx, session, holding(tx, session, having, **changes))


def holding(tx: Tx, session: Session, having: Sequence[Offer], **changes: Any) -> Session:
    """The session as the tickets that it has make it: busy with those at the desk, or ringing only."""
    state: Literal["busy", "ringing"] = "busy" if any(offer.state == "accepted" for offer in having) else "ringing"
    away = changes.get("pending_away", session.pending_away)
    more = spare(tx.network(session.account_id), session.agent_id, having) if away is None else 0
    until = _deadline(having) if state == "ringing" else None
    return session.hold(state, tx.now, until=until, spare=more, **changes)


def let_go(tx: Tx, session: Session, *, served: bool, **changes: Any) -> Session:
    """Write the session after a ticket has left it: with those that it still has, or free; `served` puts it last.

    Raises:
        Conflict: somebody has changed it meanwhile.
    """
    left = held(tx, session)
    if left:
        return keep(tx, session, left, **changes, **({"idle_since": tx.now} if served else {}))
    return sessions.save(tx, session, replace(session.free(tx.now, served=served), **changes))


def _deadline(having: Iterable[Offer]) -> datetime | None:
    return min((offer.deadline for offer in having if offer.deadline is not None), default=None)

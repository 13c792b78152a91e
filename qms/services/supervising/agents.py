"""What a supervisor does with an agent: moves him to another place or other queues, sends him away or home."""

from collections.abc import Mapping, Sequence
from typing import Literal

import sqlalchemy as sa

from qms.domain.errors import Conflict, Invalid
from qms.domain.network import Agent, Network
from qms.domain.session import Session
from qms.domain.zones import wall_time, zone
from qms.services import callbacks, presence
from qms.services.applying import domains
from qms.services.presence import KEEP
from qms.services.supervising import steering
from qms.services.supervising.steering import Steering
from qms.store import assignments, sessions
from qms.store.schema.network import routing_domain
from qms.store.tx import Tx

USUAL_LEVEL = 5
"""The skill level in a queue that is not an agent's own."""

OWN: Sequence[str] = ()
"""For `queues`: his own again."""


def set_presence(
    tx: Tx, *, account: str, by: str, agent: str, state: Literal["idle", "away", "offline"], reason: str | None = None
) -> Session | None:
    """Send an agent away, home, or back to work; None once he is offline.

    Away while serving happens after the ticket. Whoever serves is not sent home before the ticket is taken back.

    Raises:
        NotFound: no such agent. Forbidden: he works at other branches. Conflict: he is offline, or serving.
    """
    steer = steering.begin(tx, account, by)
    who, session = steer.agent(tx, agent)
    if session is None:
        raise Conflict("session", "offline")
    steer.note(tx, f"agent.{state}", who.id)
    return presence.set_presence(tx, account=account, agent=who.id, state=state, reason=reason)


def move(
    tx: Tx, *, account: str, by: str, agent: str, poc: str | None = KEEP, queues: Sequence[str] | None = None
) -> Agent:
    """Move an agent to another POC, and with it to another branch, or let him serve other queues for the time being.

    `poc` is an id, a key or `branch-key/poc-key`; None lets him leave it. `queues` are ids or keys; none: his own
    again. They are his until he signs out, or another day begins. What rings at his desk or is served there stays.

    Raises:
        NotFound: no such agent, POC or queue. Forbidden: not at this supervisor's branches. Conflict: he is offline,
            somebody is at his desk, somebody else at the POC, or he would serve nothing there.
    """
    steer = steering.begin(tx, account, by)
    who, session = steer.agent(tx, agent)
    if queues is None and poc == KEEP:
        raise Invalid("queues", "queues, or a POC")
    if queues is not None:
        who = _assign(tx, steer, who, queues)
        session = sessions.of_agent(tx, who.id)
    if poc != KEEP:
        session = _seat(tx, steer, who, session, poc)
    steer.note(tx, "agent.moved", who.id, poc=poc if poc != KEEP else None, queues=dict(who.queues))
    if session is not None and session.state == "idle":
        callbacks.redeem(tx, tx.network(account), who.queues)
    tx.tell(f"agent:{who.id}", f"domain:{who.domain_id}")
    return who


def domains_to_hold(tx: Tx, *, account: str, agent: str, queues: Sequence[str] | None) -> list[str]:
    """The routing domains that a move touches: that of the agent, or all where queues of others are among his.

    Raises:
        NotFound: no such agent or queue.
    """
    network = tx.network(account)
    mine = network.agents.find(agent).domain_id
    if {network.queues.find(one).domain_id for one in queues or ()} <= {mine}:
        return [mine]
    found = sa.select(routing_domain.c.id).where(routing_domain.c.account_id == account)
    return list(tx.execute(found.order_by(routing_domain.c.id)).scalars())


def _assign(tx: Tx, steer: Steering, who: Agent, queues: Sequence[str]) -> Agent:
    network, account = steer.network, steer.network.account
    wanted = _levels(tx, network, who, queues)
    for id in wanted:
        steer.require(network.queues[id].branch_ids)
    for domain in domains_to_hold(tx, account=account.id, agent=who.id, queues=queues):
        tx.hold(domain)
    if wanted:
        today = wall_time(tx.now, zone(account.timezone)).date().isoformat()
        assignments.put(tx, account.id, who.id, wanted, today)
    else:
        assignments.end(tx, who.id)
    tx.network_changed(account.id)
    if any(network.queues[id].domain_id != who.domain_id for id in wanted):
        domains.arrange(tx, account.id)
        tx.network_changed(account.id)
    return tx.network(account.id).agents[who.id]


def _levels(tx: Tx, network: Network, who: Agent, queues: Sequence[str]) -> Mapping[str, int]:
    own = assignments.own_queues(tx, who.id)
    wanted = [network.queues.find(one).id for one in queues]
    return {id: who.queues.get(id, own.get(id, USUAL_LEVEL)) for id in wanted}


def _seat(tx: Tx, steer: Steering, who: Agent, session: Session | None, poc: str | None) -> Session:
    if session is None:
        raise Conflict("session", "offline")
    network = tx.network(steer.network.account.id)
    place = presence.find_poc(network, who, poc) if poc is not None else None
    if place is not None:
        steer.require([place.branch_id])
        if place.branch_id not in steering.places_of(network, who):
            raise Conflict("agent", "serves nothing there")
    if (place.id if place is not None else None) == session.poc_id:
        return session
    return presence.move(tx, session, place)

"""What retired things still hold is let go: people who wait, sessions, logins, seats."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import sqlalchemy as sa

from qms.domain.ticket import Ticket
from qms.services import offering, presence, visitors
from qms.store import sessions
from qms.store.live import LIVE_TICKET
from qms.store.schema import access, work
from qms.store.tx import Tx

NOT_AT_A_DESK = ("waiting", "offered", "parked")
"""Who is called or served when his queue or branch is retired, is served to the end."""


def let_go(tx: Tx, retired: Mapping[str, Sequence[str]]) -> None:
    """End what retired agents, queues, branches and points of contact hold; their history stays."""
    t = work.ticket.c
    _withdraw(tx, t.queue_id.in_(retired.get("queue", ())), "queue retired")
    _withdraw(tx, t.branch_id.in_(retired.get("branch", ())), "branch retired")
    for agent in retired.get("agent", ()):
        _sign_off(tx, agent)
    for poc in retired.get("poc", ()):
        _clear(tx, poc)


def _withdraw(tx: Tx, where: sa.ColumnElement[bool], reason: str) -> None:
    t = work.ticket.c
    waiting = t.domain_id.in_(sorted(tx.domains)) & LIVE_TICKET & t.state.in_(NOT_AT_A_DESK)
    found = sa.select(work.ticket).where(waiting & where)
    for ticket in tx.all(Ticket, found):
        visitors.cancel(tx, ticket=ticket, reason=reason)


def _sign_off(tx: Tx, agent: str) -> None:
    login = access.login.c
    open_ones = (login.agent_id == agent) & login.ended_at.is_(None)
    tx.execute(access.login.update().where(open_ones).values(ended_at=tx.machine_now))
    session = sessions.of_agent(tx, agent)
    if session is not None:
        presence.lose(tx, session)


def _clear(tx: Tx, poc: str) -> None:
    """Nobody is sent to the point of contact, and nobody sits there; whoever is being served there stays."""
    for offer in sessions.ringing_at(tx, poc):
        session = sessions.get(tx, offer.session_id)
        if session is not None:
            offering.take_back(tx, session, offer)
    seated = sessions.seated_at(tx, poc)
    if seated is not None:
        sessions.save(tx, seated, replace(seated, poc_id=None, branch_id=None, ver=seated.ver + 1))

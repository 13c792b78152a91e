"""Statements on sessions, their sockets and their offers."""

from collections.abc import Sequence

import sqlalchemy as sa

from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.store.live import LIVE_OFFER, LIVE_OFFER_SQL
from qms.store.prepared import Prepared
from qms.store.schema.work import offer as offers
from qms.store.schema.work import session as sessions
from qms.store.tx import Tx

# Made once: every pass of the distributor and every command of a desk asks some of them.
_s, _o = sessions.c, offers.c
_there, _live = sa.select(sessions).where(_s.ended_at.is_(None)), sa.select(offers).where(LIVE_OFFER)
_ON_DUTY = Prepared(Session, _there.where(_s.domain_id == sa.bindparam("domain")).order_by(_s.idle_since, _s.id))
_OF_AGENT = Prepared(Session, _there.where(_s.agent_id == sa.bindparam("agent")))
_BY_ID = Prepared(Session, sa.select(sessions).where(_s.id == sa.bindparam("id")))
_in_domain = _live.where(_o.domain_id == sa.bindparam("domain"))
_RINGING_IN = Prepared(Offer, _in_domain.where(_o.state == "ringing"))
_LEFT_BEHIND = Prepared(
    Offer, _in_domain.where(_o.state == "accepted").join(sessions, (_s.id == _o.session_id) & _s.ended_at.is_not(None))
)
_OFFERS_AT = Prepared(Offer, _live.where(_o.session_id == sa.bindparam("session")).order_by(_o.lane))
_OFFER_FOR = Prepared(Offer, _live.where(_o.ticket_id == sa.bindparam("ticket")))
_LEFT_BEHIND_BY = Prepared(
    Offer, _live.where(_o.agent_id == sa.bindparam("agent"), _o.state == "accepted").order_by(_o.lane)
)
_OFFER_BY_ID = Prepared(Offer, sa.select(offers).where(_o.id == sa.bindparam("id")))
_OCCUPIED = f"SELECT poc_id FROM offer WHERE domain_id = :domain AND {LIVE_OFFER_SQL} AND poc_id IS NOT NULL"  # noqa: S608 - our own words


def of_agent(tx: Tx, agent: str) -> Session | None:
    """The session of an agent who is signed in."""
    return _OF_AGENT.first(tx, agent=agent)


def seated_at(tx: Tx, poc: str) -> Session | None:
    """The session of the agent who sits at a point of contact."""
    where = (sessions.c.poc_id == poc) & sessions.c.ended_at.is_(None)
    return tx.first(Session, sa.select(sessions).where(where))


def get(tx: Tx, id: str) -> Session | None:
    """The session with this id, ended or not."""
    return _BY_ID.first(tx, id=id)


def on_duty(tx: Tx, domain: str) -> list[Session]:
    """Every session of a domain that has not ended."""
    return _ON_DUTY.all(tx, domain=domain)


def add(tx: Tx, session: Session) -> Session:
    """Write a new session.

    Raises:
        Conflict: the agent has one already, or the POC is taken.
    """
    tx.insert(sessions, session)
    return session


def save(tx: Tx, before: Session, after: Session) -> Session:
    """Write a transition; whoever watches the agent is woken.

    Raises:
        Conflict: somebody has changed it meanwhile, or the POC is taken.
    """
    save_all(tx, [(before, after)])
    return after


def save_all(tx: Tx, transitions: Sequence[tuple[Session, Session]]) -> None:
    """Write the transitions of several.

    Raises:
        Conflict: somebody has changed one meanwhile, or the POC is taken.
    """
    tx.update(sessions, transitions)
    for _, after in transitions:
        tx.tell(f"agent:{after.agent_id}", f"domain:{after.domain_id}")


def offers_at(tx: Tx, session: Session) -> list[Offer]:
    """Every live offer at a session's desk, ringing, or accepted and not over, lane by lane."""
    return _OFFERS_AT.all(tx, session=session.id)


def accepted_of_agent(tx: Tx, agent: str) -> list[Offer]:
    """The accepted offers that an agent's earlier session has left behind, lane by lane."""
    return _LEFT_BEHIND_BY.all(tx, agent=agent)


def ringing_at(tx: Tx, poc: str) -> list[Offer]:
    """The offers that ring and would send somebody to a point of contact."""
    return tx.all(Offer, sa.select(offers).where(offers.c.poc_id == poc, LIVE_OFFER, offers.c.state == "ringing"))


def offer_for(tx: Tx, ticket: str) -> Offer | None:
    """The live offer of a ticket."""
    return _OFFER_FOR.first(tx, ticket=ticket)


def get_offer(tx: Tx, id: str) -> Offer | None:
    """The offer with this id."""
    return _OFFER_BY_ID.first(tx, id=id)


def offers_of_ticket(tx: Tx, ticket: str) -> list[Offer]:
    """Every offer of a ticket, oldest first: its history with the distributor."""
    found = sa.select(offers).where(offers.c.ticket_id == ticket).order_by(offers.c.made_at, offers.c.id)
    return tx.all(Offer, found)


def ringing_in(tx: Tx, domain: str) -> list[Offer]:
    """The offers that ring in a domain."""
    return _RINGING_IN.all(tx, domain=domain)


def left_behind(tx: Tx, domain: str) -> list[Offer]:
    """The accepted offers of a domain whose sessions have ended."""
    return _LEFT_BEHIND.all(tx, domain=domain)


def occupied_pocs(tx: Tx, domain: str) -> frozenset[str]:
    """The points of contact that a live offer holds."""
    return frozenset(poc for (poc,) in tx.raw(_OCCUPIED, {"domain": domain}))


def add_offers(tx: Tx, made: Sequence[Offer]) -> None:
    """Write new offers.

    Raises:
        Conflict: the ticket, the session or the POC of one has a live one.
    """
    tx.insert(offers, *made)


def save_offer(tx: Tx, before: Offer, after: Offer) -> Offer:
    """Write an offer's transition.

    Raises:
        Conflict: somebody has changed it meanwhile.
    """
    tx.update(offers, [(before, after)])
    return after


def with_ids(tx: Tx, ids: Sequence[str]) -> list[Session]:
    """The sessions with these ids."""
    return tx.all(Session, sa.select(sessions).where(sessions.c.id.in_(ids))) if ids else []

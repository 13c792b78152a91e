"""Statements on sessions, their sockets and their offers."""

from collections.abc import Sequence

import sqlalchemy as sa

from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.store.live import LIVE_OFFER
from qms.store.schema.work import offer as offers
from qms.store.schema.work import session as sessions
from qms.store.tx import Tx

# Made once: every pass of the distributor and every command of a desk asks some of them.
_ON_DUTY = (
    sa.select(sessions)
    .where((sessions.c.domain_id == sa.bindparam("domain")) & sessions.c.ended_at.is_(None))
    .order_by(sessions.c.idle_since, sessions.c.id)
)
_LIVE_OFFERS = sa.select(offers).where(offers.c.domain_id == sa.bindparam("domain"), LIVE_OFFER)
_OCCUPIED = sa.select(offers.c.poc_id).where(
    offers.c.domain_id == sa.bindparam("domain"), LIVE_OFFER, offers.c.poc_id.is_not(None)
)
_OF_AGENT = sa.select(sessions).where(sessions.c.agent_id == sa.bindparam("agent"), sessions.c.ended_at.is_(None))
_BY_ID = sa.select(sessions).where(sessions.c.id == sa.bindparam("id"))
_OFFERS_AT = sa.select(offers).where(offers.c.session_id == sa.bindparam("session"), LIVE_OFFER).order_by(offers.c.lane)


def of_agent(tx: Tx, agent: str) -> Session | None:
    """The session of an agent who is signed in."""
    return tx.first(Session, _OF_AGENT, {"agent": agent})


def seated_at(tx: Tx, poc: str) -> Session | None:
    """The session of the agent who sits at a point of contact."""
    where = (sessions.c.poc_id == poc) & sessions.c.ended_at.is_(None)
    return tx.first(Session, sa.select(sessions).where(where))


def get(tx: Tx, id: str) -> Session | None:
    """The session with this id, ended or not."""
    return tx.first(Session, _BY_ID, {"id": id})


def on_duty(tx: Tx, domain: str) -> list[Session]:
    """Every session of a domain that has not ended."""
    return tx.all(Session, _ON_DUTY, {"domain": domain})


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
    tx.update(sessions, before, after)
    tx.tell(f"agent:{after.agent_id}", f"domain:{after.domain_id}")
    return after


def offer_of(tx: Tx, session: Session) -> Offer | None:
    """The live offer at a session's desk: ringing, or accepted and not over."""
    return tx.first(Offer, sa.select(offers).where(offers.c.session_id == session.id, LIVE_OFFER))


def offers_at(tx: Tx, session: Session) -> list[Offer]:
    """Every live offer at a session's desk, lane by lane."""
    return tx.all(Offer, _OFFERS_AT, {"session": session.id})


def accepted_of_agent(tx: Tx, agent: str) -> list[Offer]:
    """The accepted offers that an agent's earlier session has left behind, lane by lane."""
    where = (offers.c.agent_id == agent) & LIVE_OFFER & (offers.c.state == "accepted")
    return tx.all(Offer, sa.select(offers).where(where).order_by(offers.c.lane))


def ringing_at(tx: Tx, poc: str) -> list[Offer]:
    """The offers that ring and would send somebody to a point of contact."""
    return tx.all(Offer, sa.select(offers).where(offers.c.poc_id == poc, LIVE_OFFER, offers.c.state == "ringing"))


def offer_for(tx: Tx, ticket: str) -> Offer | None:
    """The live offer of a ticket."""
    return tx.first(Offer, sa.select(offers).where(offers.c.ticket_id == ticket, LIVE_OFFER))


def get_offer(tx: Tx, id: str) -> Offer | None:
    """The offer with this id."""
    return tx.first(Offer, sa.select(offers).where(offers.c.id == id))


def offers_of_ticket(tx: Tx, ticket: str) -> list[Offer]:
    """Every offer of a ticket, oldest first: its history with the distributor."""
    found = sa.select(offers).where(offers.c.ticket_id == ticket).order_by(offers.c.made_at, offers.c.id)
    return tx.all(Offer, found)


def live_offers(tx: Tx, domain: str) -> list[Offer]:
    """Every live offer of a domain."""
    return tx.all(Offer, _LIVE_OFFERS, {"domain": domain})


def occupied_pocs(tx: Tx, domain: str) -> frozenset[str]:
    """The points of contact that a live offer holds."""
    return frozenset(tx.execute(_OCCUPIED, {"domain": domain}).scalars())


def add_offer(tx: Tx, offer: Offer) -> Offer:
    """Write a new offer.

    Raises:
        Conflict: the ticket, the session or the POC has a live one.
    """
    tx.insert(offers, offer)
    return offer


def save_offer(tx: Tx, before: Offer, after: Offer) -> Offer:
    """Write an offer's transition.

    Raises:
        Conflict: somebody has changed it meanwhile.
    """
    tx.update(offers, before, after)
    return after


def with_ids(tx: Tx, ids: Sequence[str]) -> list[Session]:
    """The sessions with these ids."""
    return tx.all(Session, sa.select(sessions).where(sessions.c.id.in_(ids))) if ids else []

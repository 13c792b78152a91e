"""Rows that nobody's commands have made: an account, tickets, offers and sessions with what a test says of them."""

from dataclasses import replace

from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.domain.ticket import NORMAL, Ticket
from qms.store import sessions, tickets
from qms.store.schema.network import account

ACCOUNT = "x"


def add_account(tx):
    """The account that all of them belong to."""
    row = {
        "id": ACCOUNT,
        "slug": ACCOUNT,
        "name": "x",
        "timezone": "UTC",
        "options": {},
        "closures": [],
        "languages": [],
    }
    tx.execute(account.insert(), row)


def ticket(tx, **given):
    """Somebody who waits."""
    usual = Ticket(
        id=tx.new_id(), account_id=ACCOUNT, domain_id="d", branch_id="b", queue_id="q", place="onsite", number="A",
        own_number=None, service_day="2026-03-02", state="waiting", band=NORMAL, key=tx.now, seq=1, enqueued_at=tx.now,
        eligible_from=tx.now, link=tx.new_id(), source="vendor",
    )  # fmt: skip
    found = replace(usual, **given)
    tickets.add(tx, [found])
    return found


def offer(tx, **given):
    """An offer that rings, of a new ticket unless one is given."""
    usual = Offer(
        id=tx.new_id(), account_id=ACCOUNT, domain_id="d", branch_id="b", queue_id="q", session_id=tx.new_id(),
        agent_id=tx.new_id(), poc_id=tx.new_id(), state="ringing", made_at=tx.now, deadline=tx.now,
        ticket_id=given.pop("ticket_id", None) or ticket(tx).id,
    )  # fmt: skip
    made = replace(usual, **given)
    sessions.add_offers(tx, [made])
    return made


def session(tx, **given):
    """An agent who is idle at a point of contact."""
    usual = Session(
        id=tx.new_id(), account_id=ACCOUNT, domain_id="d", agent_id=tx.new_id(), branch_id="b", poc_id=tx.new_id(),
        state="idle", started_at=tx.now, idle_since=tx.now, state_since=tx.now,
    )  # fmt: skip
    return sessions.add(tx, replace(usual, **given))

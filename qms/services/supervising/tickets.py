"""What a supervisor does with a ticket: give it to an agent, take it back from him, or put it elsewhere in its line."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal

from qms.domain.errors import Conflict, Invalid, NotFound
from qms.domain.network import Queue
from qms.domain.ticket import EMERGENCY, NORMAL, Ticket
from qms.services import distribution, offering, serving
from qms.services.events import ticket_event
from qms.services.supervising import steering
from qms.store import sessions, tickets
from qms.store.columns import micros
from qms.store.tx import Tx

LONGEST_REASON = 200


def force_offer(tx: Tx, *, account: str, by: str, ticket: str, agent: str) -> Ticket:
    """Give somebody who waits to an agent who is free and serves the queue, whoever is first in line.

    It rings at his desk, or is called to his counter. What he declined, or what asks for a higher level than his, can
    be given to him all the same; a POC has to be free where one is needed.

    Raises:
        NotFound: no such ticket or agent. Forbidden: not at this supervisor's branches. Conflict: it does not wait any
            more, the agent is not free or does not serve it, or no POC is.
    """
    steer = steering.begin(tx, account, by)
    waiting = steer.ticket(tx, ticket)
    who = steer.network.agents.find(agent)
    tx.hold(who.domain_id)
    session = sessions.of_agent(tx, who.id)
    if waiting.state != "waiting":
        raise Conflict("ticket", waiting.state)
    if waiting.queue_id not in who.queues:
        raise Conflict("agent", "does not serve this queue")
    if session is None or session.disconnected_at is not None:
        raise Conflict("session", "offline")
    if session.state != "idle" and not session.spare:
        raise Conflict("session", session.state)
    wished = replace(waiting, preferred_agent_id=who.id, preferred_until=None)  # so that no ring keeps it from him
    found = distribution.match_one(tx, steer.network, wished, session)
    if found is None:
        raise Conflict("poc", "none free")
    reasons = replace(found.reasons, won_by="supervisor")
    distribution.give(tx, steer.network, waiting, session, replace(found, reasons=reasons))
    steer.note(tx, "ticket.forced", waiting.id, agent=who.id)
    given = _now(tx, waiting.id)
    ticket_event(tx, "ticket.forced", given, by=by, to=who.id)
    return given


def take_back(tx: Tx, *, account: str, by: str, ticket: str, reason: str = "") -> Ticket:
    """Take somebody who rings at an agent's desk, or is with him, back to the line, in his old place.

    The agent is not offered the ticket again for as long as if he had declined it.

    Raises:
        NotFound: no such ticket. Forbidden: it is of another branch. Conflict: no agent has it.
    """
    steer = steering.begin(tx, account, by)
    before = steer.ticket(tx, ticket)
    offer = sessions.offer_for(tx, before.id)
    if offer is None:
        raise Conflict("ticket", before.state)
    queue: Queue | None = steer.network.queues.get(before.queue_id)
    pause = timedelta(seconds=queue.decline_cooldown_seconds if queue is not None else 0)
    cooldowns = {**before.cooldowns, offer.agent_id: micros(tx.now + pause)}
    session = sessions.get(tx, offer.session_id)
    if before.state == "offered" and session is not None:
        offering.take_back(tx, session, offer)
        waiting = _now(tx, before.id)
        after = tickets.save(tx, waiting, replace(waiting, cooldowns=cooldowns, ver=waiting.ver + 1))
    else:
        after = tickets.save(tx, before, before.take_back(cooldowns))
        serving.end_at_desk(tx, before)
    ticket_event(tx, "ticket.taken_back", after, by=by, to=offer.agent_id, because=_checked(reason, wanted=False))
    steer.note(tx, "ticket.taken_back", before.id, agent=offer.agent_id)
    return after


def put_at(
    tx: Tx,
    *,
    account: str,
    by: str,
    ticket: str,
    reason: str,
    place: Literal["first", "last"] | None = None,
    before: str | None = None,
) -> Ticket:
    """Put somebody who waits elsewhere in his line: first, last, or just before somebody else.

    Nobody is put before an emergency. The reason is kept with the ticket, and told to whoever asks why it is there.

    Raises:
        NotFound: no such ticket. Forbidden: it is of another branch. Invalid: no reason, or not one place.
        Conflict: it does not wait any more, or the other is in another line or an emergency.
    """
    steer = steering.begin(tx, account, by)
    said = _checked(reason, wanted=True)
    moving = steer.ticket(tx, ticket)
    if (place is None) == (before is None):
        raise Invalid("place", "first, last, or before whom")
    if moving.state != "waiting":
        raise Conflict("ticket", moving.state)
    behind = _other(tx, moving, before) if before is not None else None
    after = tickets.save(tx, moving, _moved(tx, moving, place, behind))
    rule = f"supervisor {place}" if place is not None else f"supervisor before {behind.number if behind else ''}"
    ticket_event(tx, "ticket.placed", after, by=by, rule=rule, because=said)
    steer.note(tx, "ticket.placed", after.id, rule=rule)
    return after


def _moved(tx: Tx, ticket: Ticket, place: str | None, behind: Ticket | None) -> Ticket:
    if place == "last":
        band = ticket.band if ticket.band == EMERGENCY else NORMAL
        return ticket.stand_at(band, tx.now, tx.next_seq(ticket.domain_id))
    head = behind or tickets.head(tx, ticket.domain_id, ticket.queue_id, ticket.branch_id, behind=EMERGENCY)
    if ticket.band == EMERGENCY or head is None or head.id == ticket.id:
        return ticket.stand_at(ticket.band, ticket.key, ticket.seq)
    tickets.make_room_at(tx, head)
    return ticket.stand_at(head.band, head.key, head.seq)


def _other(tx: Tx, ticket: Ticket, id: str) -> Ticket:
    other = tickets.get(tx, id)
    if other is None or other.account_id != ticket.account_id:
        raise NotFound("ticket", id)
    if (other.queue_id, other.branch_id, other.state) != (ticket.queue_id, ticket.branch_id, "waiting"):
        raise Conflict("ticket", "in another line" if other.state == "waiting" else other.state)
    if other.band == EMERGENCY:
        raise Conflict("ticket", "an emergency")
    return other


def _checked(reason: str, *, wanted: bool) -> str:
    text = " ".join(reason.split())
    if (wanted and not text) or len(text) > LONGEST_REASON:
        raise Invalid("reason", f"a reason of 1 to {LONGEST_REASON} characters")
    return text


def _now(tx: Tx, id: str) -> Ticket:
    found = tickets.get(tx, id)
    if found is None:
        raise NotFound("ticket", id)
    return found

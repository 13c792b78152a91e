"""Who takes part in an appointment, changed by staff: an agent's time is taken as he comes and free as he goes."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from qms.domain.appointment import BLOCKING, Appointment, TimeTaken
from qms.domain.customer import Customer, Person
from qms.domain.errors import Conflict, NotFound
from qms.domain.network import Agent
from qms.domain.participant import Party
from qms.services.booking.barring import barred, barring
from qms.services.booking.finding import held
from qms.services.booking.freeing import promote
from qms.services.booking.overbooking import noted
from qms.services.booking.people import add_customer
from qms.services.booking.reach import Reach, reached
from qms.services.booking.seating import clear
from qms.services.booking.staff import taken_by
from qms.services.booking.told import appointment_event
from qms.services.notification.noticing import notice
from qms.services.notification.occasions import Occasion
from qms.store import appointments, participants, times
from qms.store.tx import Tx


def bring_agent(
    tx: Tx, *, account: str, appointment: str, agent: str, actor: str, refuse_overlap: bool = False
) -> Appointment:
    """An agent, by id or key, takes part too.

    Raises:
        NotFound: no such appointment or agent.
        Conflict: he takes part already, or his time is taken and that is refused.
    """
    before, who = held(tx, account, appointment), tx.network(account).agents.find(agent)
    if Party("AGENT", who.id) in participants.of(tx, before.id):
        raise Conflict("participant", "already there")
    after = before.changed(tx.now, agent_id=before.agent_id or who.id, owner_id=before.owner_id or who.id)
    appointments.save(tx, before, after)
    _come(tx, after, who, actor=actor, refuse=refuse_overlap)
    appointment_event(tx, "participant_added", after, participant=who.id, kind="AGENT")
    return after


def bring_customer(tx: Tx, *, account: str, appointment: str, person: Person) -> Appointment:
    """A customer comes along; he is kept as a new one.

    Raises:
        NotFound: no such appointment.
    """
    before, customer = held(tx, account, appointment), add_customer(tx, account, person)
    after = before.changed(tx.now, customer_id=before.customer_id or customer.id)
    appointments.save(tx, before, after)
    participants.add(tx, after.id, Party("CUSTOMER", customer.id))
    appointment_event(tx, "participant_added", after, participant=customer.id, kind="CUSTOMER")
    return after


def send_away(tx: Tx, *, account: str, appointment: str, participant: str) -> Appointment:
    """Somebody, by id, does not take part any more; whose appointment it is, it stays.

    Where no customer is left, what was given out to customers opens nothing any more.

    Raises:
        NotFound: no such appointment, or he does not take part.
    """
    before = held(tx, account, appointment)
    party = party_of(tx, before, participant)
    left = [one for one in participants.of(tx, before.id) if one != party]
    alone = party.kind == "CUSTOMER" and all(one.kind != "CUSTOMER" for one in left)
    after = before.changed(tx.now, **_without(before, party, left), **barring(before) if alone else {})
    appointments.save(tx, before, after)
    participants.remove(tx, after.id, party)
    if alone:
        barred(tx, after)
    if party.kind == "AGENT":
        _release(tx, after, party.id)
    appointment_event(tx, "participant_removed", after, participant=party.id, kind=party.kind)
    return after


def reassign(
    tx: Tx,
    *,
    account: str,
    appointment: str,
    agent: str,
    actor: str,
    instead_of: str | None = None,
    refuse_overlap: bool = False,
) -> Appointment:
    """Another agent, by id or key, answers for an appointment, in the place of who did; nothing happens if he does.

    Where who answers takes no part himself (a customer may), the new agent replaces the only agent there is;
    `instead_of`: somebody who takes part, by id, whom he replaces in any case.

    Raises:
        NotFound: no such appointment or agent. Conflict: his time is taken, and that is refused.
    """
    before, who = held(tx, account, appointment), tx.network(account).agents.find(agent)
    there = [party.id for party in participants.of(tx, before.id) if party.kind == "AGENT"]
    if before.owner_id == who.id and who.id in there and instead_of in (None, who.id):
        return before
    gone = before.owner_id if before.owner_id in there else there[0] if len(there) == 1 else None
    gone = instead_of or gone
    first = who.id if gone is None or before.agent_id in (gone, None) else before.agent_id
    after = before.changed(tx.now, owner_id=who.id, agent_id=first)
    appointments.save(tx, before, after)
    if who.id not in there:
        _come(tx, after, who, actor=actor, refuse=refuse_overlap)  # first: he takes as much time as who goes
    if gone is not None and gone != who.id:
        participants.remove(tx, after.id, Party("AGENT", gone))
        _release(tx, after, gone)
        notice(
            tx, [Occasion(what="participant_removed", appointment=after, data={"participant": gone, "kind": "AGENT"})]
        )
    appointment_event(tx, "reassigned", after, agent=who.id, was=gone)
    return after


def details(
    tx: Tx, *, reach: Reach, appointment: str, participant: str, kept_for: timedelta | None = None
) -> Agent | Customer:
    """Who somebody is that takes part; a customer only until so long after the end.

    Raises:
        NotFound: the caller cannot reach the appointment, he takes no part, or it is too late to ask.
    """
    it = reached(tx, reach=reach, appointment=appointment)
    party = party_of(tx, it, participant)
    if party.kind == "AGENT":
        return tx.network(it.account_id).agents.find(party.id)
    customer = appointments.get_customer(tx, party.id)
    if customer is None or (kept_for is not None and tx.now > it.ends_at + kept_for):
        raise NotFound("participant", participant)
    return customer


def party_of(tx: Tx, appointment: Appointment, id: str) -> Party:
    """Who takes part under an id: an agent's (or his key), or a customer's.

    Raises:
        NotFound: nobody does.
    """
    with suppress(NotFound):
        id = tx.network(appointment.account_id).agents.find(id).id
    for party in participants.of(tx, appointment.id):
        if party.id == id:
            return party
    raise NotFound("participant", id)


def _without(before: Appointment, gone: Party, left: list[Party]) -> dict[str, str | None]:
    """Who gives it, and for whom it is, now that somebody has gone."""
    next_one = next((party.id for party in left if party.kind == gone.kind), None)
    if gone.kind == "AGENT":
        return {"agent_id": next_one} if before.agent_id == gone.id else {}
    stays = before.customer_id != gone.id or before.owned_by_customer
    return {} if stays else {"customer_id": next_one}


def _come(tx: Tx, it: Appointment, agent: Agent, *, actor: str, refuse: bool) -> None:
    tx.hold(agent.domain_id)
    participants.add(tx, it.id, Party("AGENT", agent.id))
    if it.state not in BLOCKING:
        return
    clear(tx, [agent])
    wanted = _like_the_others(tx, it, agent)
    over = noted(tx, it, wanted, actor=actor, refuse=refuse)
    earlier = next((time for time in times.times_of(tx, it.id) if time.agent_id == agent.id), None)
    if earlier is None:
        times.take(tx, [replace(wanted, overbooked=over)])
    else:
        blocked = {"blocked_start": wanted.blocked_start, "blocked_end": wanted.blocked_end}
        times.retime(tx, earlier, active=True, overbooked=over, group_id=wanted.group_id, expires_at=None, **blocked)


def _like_the_others(tx: Tx, it: Appointment, agent: Agent) -> TimeTaken:
    """The time that the appointment takes from its agents, buffers included where it has any."""
    other = next((time for time in times.times_of(tx, it.id) if time.active), None)
    if other is None:
        return taken_by(it, agent.id)
    return replace(other, agent_id=agent.id, overbooked=False)


def _release(tx: Tx, it: Appointment, agent: str) -> None:
    for time in times.times_of(tx, it.id):
        if time.agent_id == agent and time.active:
            times.retime(tx, time, active=False)
            promote(tx, agent, time.blocked_start, time.blocked_end)

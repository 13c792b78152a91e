"""What the database refuses, whatever the code does: each rule by the name of its index."""

from datetime import timedelta

import pytest
import sqlalchemy.exc

from qms.domain.errors import Conflict, IdempotencyInFlight
from qms.store import referees
from qms.store.schema import claims_ddl, lanes_ddl, metadata
from qms.store.schema.booking import appointment, claim
from qms.store.schema.hall import hall, hall_call
from qms.store.schema.outbox import idempotency
from qms.store.schema.work import submission
from tests.db.notes import note, notes
from tests.db.rows import ACCOUNT, add_account, offer, session, ticket
from tests.db.waiting import held_up, refusals, submit

HOUR = timedelta(hours=1)


def same_ticket(tx):
    offer(tx, ticket_id=offer(tx, state="accepted").ticket_id)


def same_session(tx):
    offer(tx, session_id=offer(tx).session_id, state="accepted")


def full_agent(tx):
    first = offer(tx, lanes=3)
    offer(tx, session_id=first.session_id, lane=1)


def same_poc(tx):
    offer(tx, poc_id=offer(tx).poc_id)


def same_agent(tx):
    session(tx, agent_id=session(tx).agent_id)


def same_seat(tx):
    session(tx, poc_id=session(tx).poc_id)


def same_number(tx):
    for _ in range(2):
        ticket(tx, own_number=7, number_series="b/q/2026-03-02")


def same_link(tx):
    ticket(tx, link=ticket(tx).link)


def booked(tx, **given):
    usual = {
        "id": tx.new_id(), "account_id": ACCOUNT, "origin": "page", "state": "scheduled", "title": "", "data": {},
        "starts_at": tx.now, "ends_at": tx.now + HOUR, "created_at": tx.now, "updated_at": tx.now, "wall_start": "",
        "wall_zone": "UTC", "timezone": "UTC", "tz_version": "", "anchor": "wall",
    }  # fmt: skip
    row = {**usual, **given}
    tx.execute(appointment.insert(), row)
    return row["id"]


def claims(tx, start=timedelta(), length=HOUR, **given):
    id = booked(tx)
    range = {"blocked_start": tx.now + start, "blocked_end": tx.now + start + length}
    row = {"appointment_id": id, "agent_id": "a", "group_id": id, "active": True, "overbooked": False, **range}
    tx.execute(claim.insert(), {**row, **given})
    return id


def same_time(tx):
    claims(tx)
    claims(tx, start=HOUR / 2)


def same_code(tx):
    for _ in range(2):
        booked(tx, code="ABC-234")


def same_key(tx):
    row = {"scope": "s", "key": "k", "fingerprint": "", "created_at": tx.now}
    for _ in range(2):
        tx.execute(idempotency.insert(), row)


def same_survey(tx):
    for _ in range(2):
        row = {"id": "s", "account_id": ACCOUNT, "form_id": "f", "kind": "survey", "values": [], "created_at": tx.now}
        tx.execute(submission.insert(), row)


def same_announcement(tx):
    tx.execute(hall.insert(), {"id": "h", "account_id": ACCOUNT, "seq": 2, "heard": {"b": 1}})
    for seq in (1, 2):
        row = {"hall_id": "h", "seq": seq, "branch_id": "b", "call_seq": 1, "ticket_id": "t"}
        tx.execute(hall_call.insert(), row)


BREAKERS = {
    "uq_offer_live_ticket": same_ticket,
    "uq_offer_live_session": same_session,
    "agent_full": full_agent,
    "uq_offer_live_poc": same_poc,
    "uq_session_agent": same_agent,
    "uq_session_poc": same_seat,
    "uq_ticket_own_number": same_number,
    "uq_ticket_link": same_link,
    "uq_appointment_code": same_code,
    "slot_taken": same_time,
    "pk_idempotency": same_key,
    "pk_submission": same_survey,
    "uq_hall_call": same_announcement,
}


@pytest.mark.parametrize("rule", BREAKERS)
def test_a_broken_rule_is_a_fact_of_the_domain(store, rule):
    store.write(add_account)
    with held_up(store):
        futures = [submit(store, note, name="a"), submit(store, BREAKERS[rule]), submit(store, note, name="c")]

    errors = refusals(futures)

    assert [errors[0], errors[2]] == [None, None]
    assert isinstance(errors[1], Conflict | IdempotencyInFlight)
    assert (type(errors[1]), errors[1].args) == (type(referees.RULES[rule]()), referees.RULES[rule]().args)
    assert store.read(notes) == ["a", "c"]


def test_every_rule_is_tried_here():
    assert BREAKERS.keys() == referees.RULES.keys() == {*referees.COLUMNS.values(), claims_ddl.NAME, lanes_ddl.NAME}


def test_every_partial_unique_index_on_work_is_a_rule():
    of_work = (
        index for table in ("ticket", "offer", "session", "appointment") for index in metadata.tables[table].indexes
    )

    assert {index.name for index in of_work if index.unique} <= referees.RULES.keys()


@pytest.mark.parametrize("over", ["done", "declined", "missed", "withdrawn", "lost", "superseded"])
def test_what_is_over_stands_in_nobody_s_way(store, over):
    def again(tx):
        first = offer(tx, state=over)
        offer(tx, ticket_id=first.ticket_id, session_id=first.session_id, poc_id=first.poc_id)

    store.write(add_account)

    store.write(again)


def test_whoever_has_signed_out_stands_in_nobody_s_way(store):
    def again(tx):
        first = session(tx, ended_at=tx.now, state="offline")
        session(tx, agent_id=first.agent_id, poc_id=first.poc_id)

    store.write(add_account)

    store.write(again)


@pytest.mark.parametrize(
    ("start", "other"),
    [
        (timedelta(hours=1), {}),  # half-open: it begins when the first is over
        (timedelta(hours=-1), {}),
        (timedelta(), {"agent_id": "b"}),
        (timedelta(), {"active": False}),
        (timedelta(), {"overbooked": True}),
    ],
)
def test_a_claim_stands_in_the_way_of_what_overlaps_it_and_of_nothing_else(store, start, other):
    def both(tx):
        claims(tx)
        claims(tx, start=start, **other)

    store.write(add_account)

    store.write(both)


def test_claims_of_one_group_may_overlap_and_keep_others_away(store):
    def together(tx):
        for _ in range(3):
            claims(tx, group_id="s")

    store.write(add_account)
    store.write(together)

    with pytest.raises(Conflict):
        store.write(claims, start=HOUR / 2)
    with pytest.raises(Conflict):
        store.write(claims, start=HOUR / 2, group_id="t")


def test_a_claim_may_move_over_its_own_place_and_over_no_other(store):
    def move(tx, *, id, start):
        range = {"blocked_start": tx.now + start, "blocked_end": tx.now + start + HOUR}
        tx.execute(claim.update().where(claim.c.appointment_id == id).values(range))

    store.write(add_account)
    first, _ = store.write(claims), store.write(claims, start=2 * HOUR)

    store.write(move, id=first, start=HOUR / 2)
    with pytest.raises(Conflict):
        store.write(move, id=first, start=1.5 * HOUR)


def test_another_rule_that_is_broken_stays_what_it_is(store):
    with pytest.raises(sqlalchemy.exc.IntegrityError):
        store.write(ticket)

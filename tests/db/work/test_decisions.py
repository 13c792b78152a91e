"""The decision log: every pass that gave somebody to somebody can be gone through again."""

import random

import sqlalchemy as sa

from acd.engine.record import replay
from qms.services import inspection, offering, serving
from qms.store import decisions, sessions
from qms.store.schema import decision
from tests.db.work.ruled_town import LEVELS, RINGS, booked, ruled
from tests.db.work.town import Town

RULES = {"video": f"hold_seconds = 60\n{RINGS}", "cash": "mix = 2\nweight = 30", "desk": "target_minutes = 5"}


def a_day(town: Town, seed: int) -> None:
    """People come, agents answer, decline, call and finish."""
    chance = random.Random(seed)
    for agent, poc in (("ana", "c1"), ("ben", "c2")):
        town.present(agent, poc=poc)
    for _ in range(60):
        town.clock.move(seconds=chance.randint(1, 40))
        queue = chance.choice(("video", "cash", "desk"))
        if chance.random() < 0.6:
            booked(town, queue) if chance.random() < 0.4 else town.take(queue)
        town.work()
        agent = chance.choice(("ana", "ben"))
        match town.state(agent):
            case "ringing":
                answer = offering.answer if chance.random() < 0.7 else offering.decline
                town.do(answer, agent, offer=town.offer(agent).id)
            case "busy":
                town.do(serving.finish, agent)
            case "idle" | "wrap_up":
                town.do(serving.next_ticket, agent)


def test_a_whole_day_comes_out_the_same(store, clock):
    town = ruled(store, clock, RULES, LEVELS)
    a_day(town, 1)

    log = list(store.read(lambda tx: list(decisions.latest(tx, 1000))))
    made = {offer.id for ticket in _tickets(town) for offer in _offers(town, ticket)}

    assert len(log) > 20
    assert sum(len(one.record["decided"]) for one in log) == len(made)
    for one in log:
        again = replay(one.record)
        assert [[a.ticket, a.session, a.poc] for a in again] == one.record["decided"]


def test_each_offer_is_what_the_log_says(store, clock):
    town = ruled(store, clock, RULES, LEVELS)
    town.present("ana")
    ticket = town.take("video")
    town.work()

    (one,) = store.read(lambda tx: list(decisions.latest(tx, 9)))
    offer = town.offer("ana")
    assert one.record["decided"] == [[ticket.id, offer.session_id, offer.poc_id]]
    assert one.at == offer.made_at


def test_a_pass_that_gives_nobody_to_anybody_is_not_kept(town, store):
    town.present("ana")
    town.work()

    assert store.read(lambda tx: list(decisions.latest(tx, 9))) == []


def test_the_doctor_notices_a_decision_that_comes_out_differently(town, store):
    town.present("ana", poc="c1")
    town.take()
    town.do(serving.next_ticket, "ana")
    healthy = store.read(inspection.broken_invariants)
    (one,) = store.read(lambda tx: list(decisions.latest(tx, 9)))
    forged = {**one.record, "decided": []}
    table = decision.decision
    store.write(lambda tx: tx.execute(sa.update(table).values(record=forged)) and None)

    assert healthy == []
    assert [said.partition(":")[0] for said in store.read(inspection.broken_invariants)] == ["I4 I6"]


def _tickets(town: Town):
    return town.store.read(lambda tx: [row[0] for row in tx.execute(sa.text("SELECT id FROM ticket"))])


def _offers(town: Town, ticket: str):
    return town.store.read(sessions.offers_of_ticket, ticket=ticket)

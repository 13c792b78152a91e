"""What came of visits, counted by hand."""

from tests.db.networks import settle
from tests.db.work.town import TOWN

WITH_OUTCOMES = TOWN.replace(
    'key = "cash"', 'key = "cash"\noutcomes = [{ key = "paid", name = "Paid" }, { key = "open", name = "Open" }]', 1
)


def test_outcomes_are_counted_of_visits_that_came_to_their_end(past):
    settle(past.town.store, WITH_OUTCOMES)
    for minute, (outcome, branch) in enumerate([("paid", "main"), ("paid", "bare"), (None, "main"), ("gone", "main")]):
        past.came(f"2026-02-27 09:0{minute}", called=60, ended=120, outcome=outcome, branch=branch)
    past.came("2026-02-28 10:00", called=60, ended=120, outcome="paid")
    past.came("2026-02-27 10:00", ended=120, state="cancelled", outcome="paid")
    past.came("2026-02-27 11:00", called=60, ended=120, queue="desk")

    def told(**chosen):
        rows = past.report("2026-02-27", **chosen).outcomes
        return [(one.queue, one.key, one.outcome, one.visits, one.share) for one in rows]

    cash = past.town.network.queues.find("cash").name
    assert told() == [
        (cash, "paid", "Paid", 2, 0.5),
        (cash, "open", "Open", 0, 0),
        (cash, "gone", "gone", 1, 0.25),
        (cash, None, None, 1, 0.25),
    ]
    assert told(branch="bare") == [(cash, "paid", "Paid", 1, 1), (cash, "open", "Open", 0, 0)]
    assert told(queue="desk") == []

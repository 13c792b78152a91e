"""Overtaking is counted: how many who came later were served first."""

from qms.services import explanation, serving
from qms.store import journal
from tests.db.work.town import Town


def told(town: Town, ticket) -> tuple[int, list[str]]:
    """What the explanation says of it."""
    viewer = town.network.agents.find("ana")
    why = town.store.read(explanation.explain, account=town.account, viewer=viewer, ticket=ticket.id)
    return why.overtaken_by, [said.sentence for said in why.said]


def call(town: Town, queue: str | None = None) -> None:
    town.clock.move(seconds=1)
    town.do(serving.next_ticket, "ana", queue=queue)


def test_whoever_came_later_and_goes_first_is_counted(town, clock):
    town.present("ana", poc="c1")
    first = town.take()
    for _ in range(2):
        town.take(key=first.key.replace(year=2020))
    elsewhere, behind = town.take(branch="bare"), town.take()
    for _ in range(2):
        call(town)
    waiting = told(town, first)
    for _ in range(2):
        call(town)

    assert (waiting[0], "position.overtaken" in waiting[1]) == (2, True)
    assert [told(town, ticket)[0] for ticket in (first, elsewhere, behind)] == [2, 0, 0]


def test_it_is_written_down_when_he_is_assigned(town, store):
    town.present("ana", poc="c1")
    first = town.take()
    town.take(key=first.key.replace(year=2020))
    call(town)
    call(town)

    (entry,) = [e for e in store.read(journal.of_entity, entity=first.id) if e.name == "ticket.assigned"]
    assert entry.data["overtaken_by"] == 1


def test_in_a_plain_queue_nobody_is_overtaken(town):
    town.present("ana", poc="c1")
    came = [town.take() for _ in range(5)]
    for _ in came:
        call(town)

    assert [told(town, ticket)[0] for ticket in came] == [0] * 5

"""Agents who have several people at once, and what is at their desks."""

from qms.services import desk_state, inspection, offering

CHAT = """
[account]
slug = "chats"

[[branch]]
key = "main"
pocs = [{ key = "c1", kind = "counter" }, { key = "c2", kind = "counter" }]

[[queue]]
key = "chat"
prefix = "H"
branches = ["main"]
capacity = 3
wrap_up_seconds = 0

[[queue]]
key = "mail"
prefix = "M"
branches = ["main"]
capacity = 2
wrap_up_seconds = 10

[[queue]]
key = "cash"
prefix = "C"
branches = ["main"]
mode = "counter"
call = "push"
wrap_up_seconds = 0

[[agent]]
key = "ana"
queues = ["chat", "mail", "cash"]

[[agent]]
key = "ben"
queues = ["chat", "cash"]

[[agent]]
key = "new"
queues = ["chat"]
capacity = 1
"""


def rings(house, agent):
    """The numbers that ring at an agent's desk, lane by lane."""
    return [held.visit.ticket.number for held in desk(house, agent).held if held.rings]


def here(house, agent):
    """The numbers of those at an agent's desk, lane by lane."""
    return [held.visit.ticket.number for held in desk(house, agent).held if not held.rings]


def desk(house, agent):
    return house.store.read(desk_state.read, account=house.account, agent=house.network.agents.find(agent).id)


def answer_all(house, agent):
    return [house.do(offering.answer, agent, offer=held.offer.id) for held in desk(house, agent).held if held.rings]


def whole(house):
    return house.store.read(inspection.broken_invariants)


def with_chats(house, agent, count, queue="chat"):
    """An agent with so many people."""
    for _ in range(count):
        house.take(queue)
    house.sign_in(agent)
    house.run_passes()
    return answer_all(house, agent)

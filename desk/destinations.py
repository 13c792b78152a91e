"""Where a person can be sent on to, as JSON."""

from aiohttp import web
from msgspec import Struct

from qms.services import destinations
from qms.services.destinations import Destinations
from qms.web import people
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import STORE


class QueueThere(Struct, kw_only=True):
    """A queue; `branches` are the ids of those that have it."""

    id: str
    key: str
    name: str
    branches: list[str]


class Colleague(Struct, kw_only=True):
    """An agent with his session's state; `queues` are the ids of those he serves."""

    id: str
    name: str
    state: str
    queues: list[str]


class BranchThere(Struct, kw_only=True):
    id: str
    key: str
    name: str
    label: str


class DestinationsShape(Struct, kw_only=True):
    queues: list[QueueThere]
    agents: list[Colleague]
    branches: list[BranchThere]

    @classmethod
    def of(cls, found: Destinations) -> "DestinationsShape":
        branches, queues = found.network.branches, found.network.queues
        return cls(
            queues=[
                QueueThere(
                    id=queue.public_id,
                    key=queue.key,
                    name=queue.name,
                    branches=[branches[branch].public_id for branch in queue.branch_ids if branch in branches],
                )
                for queue in found.queues
            ],
            agents=[
                Colleague(
                    id=agent.public_id,
                    name=agent.name,
                    state=found.states.get(agent.id, "offline"),
                    queues=[queues[queue].public_id for queue in agent.queues if queue in queues],
                )
                for agent in found.agents
            ],
            branches=[
                BranchThere(id=branch.public_id, key=branch.key, name=branch.name, label=branch.label)
                for branch in found.branches
            ],
        )


@allows("desk.work")
async def show(request: web.Request) -> web.Response:
    """Queues, colleagues and branches."""
    login = await people.who(request)
    found = await request.app[STORE].read(destinations.destinations, account=login.account_id)
    return json_answer(DestinationsShape.of(found)).response()

"""Branches and queues, and the main job's first step: a vendor puts somebody on site into a queue. Source: qms.md."""

from collections.abc import Sequence

from aiohttp import web

from qms.domain.errors import NotFound
from qms.domain.network import Queue
from qms.domain.ticket import Ticket
from qms.services.admission import TakeTicket
from qms.services.figures import queue_figures
from qms.services.intake import take_tickets
from qms.web.access import allows
from qms.web.answers import Answer, json_answer
from qms.web.keys import STORE
from qms.web.perform import perform_item
from qms_gateway.dialects.videsk import wire
from qms_gateway.dialects.videsk.bodies import read
from qms_gateway.dialects.videsk.caller import Caller, admit
from qms_gateway.dialects.videsk.enqueue import data_of, number_of, submission_of


@allows("videsk.branches")
async def branches(request: web.Request) -> web.Response:
    """All branches of the account."""
    caller = await admit(request)
    found = caller.network.branches.values()
    return json_answer([wire.Branch.of(branch, caller.options) for branch in found]).response()


@allows("videsk.queues")
async def queues(request: web.Request) -> web.Response:
    """The queues attached to a branch, with how they are doing."""
    caller = await admit(request)
    branch = caller.network.branches.find(request.match_info["branch"])
    found = caller.network.queues_by_branch.get(branch.id, ())
    return json_answer(await _with_figures(request, caller, branch.id, found)).response()


@allows("videsk.queues")
async def queue(request: web.Request) -> web.Response:
    """One queue attached to a branch."""
    caller = await admit(request)
    branch, found = caller.network.queue_at(request.match_info["branch"], request.match_info["queue"])
    answers = await _with_figures(request, caller, branch.id, [found])
    if not answers:  # retired this moment
        raise NotFound("queue", found.public_id)
    return json_answer(answers[0]).response()


@allows("videsk.enqueue")
async def enqueue(request: web.Request) -> web.Response:
    """Somebody is in the branch and wants to be served; answered once the ticket is on disk."""
    caller = await admit(request)
    branch, line = caller.network.queue_at(request.match_info["branch"], request.match_info["queue"])
    body, options = await read(request, wire.Enqueue), caller.options
    item = TakeTicket(
        account=caller.account,
        branch=branch.id,
        queue=line.id,
        source="vendor",
        number=number_of(body.ticket_id),
        integration_data=data_of(body.integration_data, options.number("integration_data_limit")),
        submission=submission_of(body.form),
        require_form=True,
        require_staff="available" if options.flag("require_available") else "online",
    )

    def reply(ticket: Ticket) -> Answer:
        return json_answer(wire.Enqueued(ticket.id, line.name), 201)

    return await perform_item(
        request, take_tickets, item, reply=reply, principal=caller.principal, domain=line.domain_id
    )


async def _with_figures(request: web.Request, caller: Caller, branch: str, found: Sequence[Queue]) -> list[wire.Queue]:
    scope = branch if caller.options.text("users_scope") == "branch" else None
    figures = await request.app[STORE].read(
        queue_figures, account=caller.account, queue_ids=[line.id for line in found], branch=scope
    )
    return [wire.Queue.of(line, figures[line.id]) for line in found if line.id in figures]

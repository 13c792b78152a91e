"""Customers: listed, looked at, added."""

from aiohttp import web

from qms.domain.customer import Person
from qms.services.booking import customers
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import STORE
from qms.web.perform import perform
from qms_gateway.dialects.voki import paging, views, wire
from qms_gateway.dialects.voki.appointments import id_of
from qms_gateway.dialects.voki.bodies import wrapped
from qms_gateway.dialects.voki.caller import admit
from qms_gateway.dialects.voki.casting import Casting
from qms_gateway.dialects.voki.meetings import person_of

FIELDS = {"name": "name", "email": "email", "phone": "phone"}
SORTED = {"inserted_at": "created", "name": "name", "email": "email"}


@allows("voki.use")
async def find(request: web.Request) -> web.Response:
    """`GET /api/v1/customers`: page by page; `search` in name, e-mail address and telephone."""
    caller, query = await admit(request), Casting(request.query, query=True)
    page, named = paging.wanted(query, SORTED, "inserted_at"), query.text("search") or ""
    query.check()
    found = await request.app[STORE].read(
        customers.listed,
        account=caller.account,
        page=page.page,
        size=page.size,
        order=SORTED[page.order],
        descending=page.descending,
        named=named.strip(),
    )
    rows = [views.customer(row) for row in found.rows]
    return json_answer(wire.Customers(rows, page.meta(found.total))).response()


@allows("voki.use")
async def get(request: web.Request) -> web.Response:
    """`GET /api/v1/customers/:id`."""
    caller = await admit(request)
    it = await request.app[STORE].read(customers.get, account=caller.account, id=id_of(request))
    return json_answer(wire.OneCustomer(views.customer(it))).response()


@allows("voki.use")
async def create(request: web.Request) -> web.Response:
    """`POST /api/v1/customers`."""
    caller = await admit(request)
    said = Casting(await wrapped(request, "customer"))
    person = person_of(said, FIELDS)
    said.check()
    return await perform(
        request,
        customers.add,
        reply=lambda it: json_answer(wire.OneCustomer(views.customer(it)), 201),
        principal=caller.principal,
        account=caller.account,
        person=Person(**person),  # type: ignore[arg-type]  # only names of texts
    )

"""The dialect's routes, and around all of them its refusals and the door for other origins."""

from aiohttp import web

from qms.web.enclosure import enclose
from qms.web.passwords import check_passwords
from qms_gateway.dialects.voki import appointments, customers, departments, sessions, transitions
from qms_gateway.dialects.voki.caller import open_guesses
from qms_gateway.dialects.voki.errors import refusals
from qms_gateway.dialects.voki.origins import origins

AUTH, PREFIX = "/api/auth", "/api/v1"
ONE = "/appointments/{id}"
ROUTE = "/appointments/{id:(?!conflicts$)[^{}/]+}"
"""The same for the router: no id is the word that stands in its place."""


def routes(app: web.Application) -> None:
    """Hang the dialect's routes into the whole."""
    around = [origins, refusals]
    enclose(app, AUTH, _auth(), around, either_slash=True)
    enclose(app, PREFIX, [*_appointments(), *_people()], around, either_slash=True)
    app.on_startup.extend([open_guesses, check_passwords])


def _auth() -> list[web.RouteDef]:
    return [
        web.post("/login", sessions.login),
        web.post("/refresh", sessions.refresh),
        web.post("/mfa/verify", sessions.verify),
        web.post("/logout", sessions.logout),
    ]


def _appointments() -> list[web.RouteDef]:
    return [
        web.get("/appointments", appointments.find),
        web.post("/appointments", appointments.create),
        web.get("/appointments/conflicts", appointments.conflicts),
        web.get(ROUTE, appointments.get),
        web.put(ROUTE, appointments.update),
        web.post(ROUTE + "/confirm", transitions.confirm),
        web.post(ROUTE + "/cancel", transitions.cancel),
        web.post(ROUTE + "/complete", transitions.complete),
        web.post(ROUTE + "/no-show", transitions.no_show),
    ]


def _people() -> list[web.RouteDef]:
    return [
        web.get("/users/me", sessions.me),
        web.get("/departments", departments.find),
        web.get("/departments/{id}", departments.get),
        web.get("/customers", customers.find),
        web.post("/customers", customers.create),
        web.get("/customers/{id}", customers.get),
    ]

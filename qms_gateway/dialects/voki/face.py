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


def routes(app: web.Application) -> None:
    """Hang the dialect's routes into the whole."""
    around = [origins, refusals]
    enclose(app, AUTH, _auth(), around)
    enclose(app, PREFIX, [*_appointments(), *_people()], around)
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
        web.get("/appointments/conflicts", appointments.conflicts),  # before those of an id
        web.get(ONE, appointments.get),
        web.put(ONE, appointments.update),
        web.post(ONE + "/confirm", transitions.confirm),
        web.post(ONE + "/cancel", transitions.cancel),
        web.post(ONE + "/complete", transitions.complete),
        web.post(ONE + "/no-show", transitions.no_show),
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

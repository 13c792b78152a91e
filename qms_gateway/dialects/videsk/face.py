"""The dialect's routes, and around all of them the envelope and the door for other origins."""

from aiohttp import web

from qms.web.counting import counted
from qms.web.enclosure import enclose
from qms.web.keys import SITE
from qms.web.rate_limit import SlidingWindow
from qms.web.refusing import refusing
from qms_gateway.dialects.videsk import (
    calendar,
    captcha,
    exports,
    forms,
    own_appointment,
    queues,
    schedule,
    segments,
    surveys,
)
from qms_gateway.dialects.videsk.caller import CALLER, KEYRING, Keyring
from qms_gateway.dialects.videsk.errors import envelope

PREFIX = "/public"
"""What is for keys stands under it; everything there answers in this dialect's envelope."""

EXPORTS = "/reports/exports"
"""What is exported stands under it, for keys of the kind `api-token`; no page of another origin may ask."""

ROOT = "/video-contact-center"
QUEUES = ROOT + "/branches/{branch}/queues"


def routes(app: web.Application) -> None:
    """Hang the dialect's routes into the whole."""
    found = [
        web.post(QUEUES + "/{queue}", queues.enqueue, name="enqueue"),  # first: the routes are tried in order
        web.get(ROOT + "/branches", queues.branches, name="branches"),
        web.get(QUEUES, queues.queues, name="queues"),
        web.get(QUEUES + "/{queue}", queues.queue, name="queue"),
        web.get(ROOT + "/segments", segments.segments, name="segments"),
        web.get(ROOT + "/forms/{segment}", forms.form, name="form"),
        web.post(ROOT + "/forms", forms.submit, name="submit"),
        web.get(ROOT + "/surveys/{asker}", surveys.survey, name="survey"),
        web.post(ROOT + "/surveys", surveys.answer, name="answer_survey"),
        *_calendar(),
    ]
    enclose(app, PREFIX, found, around=[refusing(envelope, opened=_open)], either_slash=True)
    enclose(app, EXPORTS, _exports(), around=[refusing(envelope)], either_slash=True)
    app.on_startup.append(_open_door)
    app.cleanup_ctx.append(captcha.client)


def _exports() -> list[web.RouteDef]:
    return [
        web.post("/queues", exports.export_queues, name="export_queues"),
        web.post("/appointments", exports.export_appointments, name="export_appointments"),
    ]


def _calendar() -> list[web.RouteDef]:
    service, user, own = ROOT + "/services/{service}", ROOT + "/users/{user}", ROOT + "/schedule"
    return [
        web.get(ROOT + "/services", calendar.services, name="services"),
        web.get(service + "/dates", calendar.service_dates, name="service_dates"),
        web.get(service + "/hours", calendar.service_hours, name="service_hours"),
        web.get(user + "/dates", calendar.user_dates, name="user_dates"),
        web.get(user + "/hours", calendar.user_hours, name="user_hours"),
        web.post(own + "/service/{service}", schedule.with_anybody, name="schedule_service"),
        web.post(own + "/user/{user}", schedule.with_one, name="schedule_user"),
        web.post(own + "/cancel", own_appointment.cancel, name="cancel"),
        web.post(own + "/reschedule", own_appointment.reschedule, name="reschedule"),
        web.get(own + "/info", own_appointment.info, name="info"),
    ]


def _open(request: web.Request) -> bool:
    caller = request.get(CALLER)
    return caller is None or caller.options.text("cors") != "off"


async def _open_door(app: web.Application) -> None:
    app[KEYRING] = Keyring(counted(app, "videsk", SlidingWindow(app[SITE].rate_limit)))

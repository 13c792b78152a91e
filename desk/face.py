"""The desk: all that staff touches. Refusals are problem documents."""

from collections.abc import Mapping

from aiohttp import web

from desk import (
    appointments,
    destinations,
    devices,
    devices_page,
    login,
    outbox,
    own_logins,
    pages,
    privacy,
    remarks,
    single_sign_on,
    tickets,
    uploads,
    webhooks,
    work,
)
from desk.admin import face as admin
from desk.connections import connections_run
from desk.hub import hub_runs, hub_stops
from desk.keeping import face as keeping
from desk.reports import face as reports
from desk.socket import socket
from desk.supervisor import face as supervisor
from qms.services import parking, serving, undoing
from qms.web.passwords import check_passwords
from qms.web.problems import problems

COMMANDS: Mapping[str, work.Handler] = {
    "ticket/recall": work.about(serving.recall),
    "ticket/serve": work.about(serving.serve),
    "ticket/no-show": work.about(serving.no_show),
    "ticket/finish": work.about(serving.finish),
    "ticket/park": work.about(parking.park),
    "ticket/undo": work.plain(undoing.undo),
    "ticket/resume": work.resume,
    "ticket/transfer": work.send_on,
    "wrap-up/finish": work.plain(serving.finish_wrap_up),
    "next": work.call_next,
}
"""What an agent does with whoever is at his desk."""

OFFER = "/desk/api/offers/{offer:[0-9a-f]{24}}"
MESSAGE = "/desk/api/outbox/{message:[0-9a-f]{24}}"
TICKET = "/desk/api/tickets/{ticket:[0-9a-f]{24}}"
DEVICE = "/desk/api/devices/{device:[0-9a-f]{24}}"
MEDIUM = f"/desk/api/media/{uploads.NAME}"
WEBHOOK = "/desk/api/webhooks/{webhook:[^/]{1,200}}"
DELIVERY = "/desk/api/deliveries/{delivery:[0-9a-z_]{1,40}}"
CLIP = f"/desk/api/clips/{uploads.LANGUAGE}/{uploads.NAME}"
APPOINTMENT = "/desk/api/appointments/{appointment:[0-9a-f]{24}}"

_WORK = (
    web.post("/desk/api/session", login.sign_in),
    web.delete("/desk/api/session", login.sign_out),
    web.get("/desk/api/state", work.state),
    web.get("/desk/api/destinations", destinations.show),
    web.put("/desk/api/presence", work.set_presence),
    web.post(f"{OFFER}/answer", work.answer),
    web.post(f"{OFFER}/decline", work.decline),
    *(web.post(f"/desk/api/{name}", handler) for name, handler in COMMANDS.items()),
    web.post("/desk/api/tickets", tickets.take),
    web.get(TICKET, tickets.show),
    web.get(f"{TICKET}/why", tickets.explain),
    web.post(f"{TICKET}/reactivate", tickets.reactivate),
    web.put(f"{TICKET}/remark", remarks.put),
    web.get(f"{TICKET}/history", remarks.show_history),
    web.get("/desk/api/outbox", outbox.show),
    web.post(f"{MESSAGE}/resend", outbox.resend),
    web.get("/desk/socket", socket),
)

_APPOINTMENTS = (
    web.get("/desk/api/appointments", appointments.show),
    web.post("/desk/api/check-in", appointments.check_in_by_code),
    web.post(f"{APPOINTMENT}/check-in", appointments.check_in),
    web.post(f"{APPOINTMENT}/no-show", appointments.no_show),
    web.post(f"{APPOINTMENT}/cancel", appointments.cancel),
)

_DEVICES = (
    web.get("/admin/devices", devices_page.page),
    web.get("/desk/api/devices", devices.show),
    web.post(f"{DEVICE}/orders", devices.order),
    web.put(f"{DEVICE}/volume", devices.set_volume),
    web.post(f"{DEVICE}/pair", devices.pair),
    web.post(f"{DEVICE}/token", devices.renew_token),
    web.put(MEDIUM, uploads.put_medium),
    web.delete(MEDIUM, uploads.remove_medium),
    web.put(CLIP, uploads.put_clip),
    web.delete(CLIP, uploads.remove_clip),
)

_WEBHOOKS = (
    web.get("/desk/api/webhooks", webhooks.show),
    web.post(f"{WEBHOOK}/enable", webhooks.enable),
    web.post(f"{WEBHOOK}/disable", webhooks.disable),
    web.post(f"{WEBHOOK}/secret", webhooks.rotate),
    web.get("/desk/api/deliveries", webhooks.show_deliveries),
    web.get(f"{DELIVERY}/attempts", webhooks.show_attempts),
    web.post(f"{DELIVERY}/replay", webhooks.replay_one),
    web.post("/desk/api/deliveries/replay", webhooks.replay),
    web.post("/desk/api/playground", webhooks.play),
)


def routes(app: web.Application) -> None:
    """Serve desks from this application."""
    if problems not in app.middlewares:
        app.middlewares.append(problems)
    app.on_startup.append(check_passwords)
    app.cleanup_ctx.append(connections_run)
    app.on_startup.append(hub_runs)
    app.on_shutdown.append(hub_stops)
    for room in (pages, own_logins, privacy, single_sign_on, admin, keeping, reports, supervisor):
        room.routes(app)
    app.add_routes([*_WORK, *_APPOINTMENTS, *_DEVICES, *_WEBHOOKS])

"""The routes of the booking page. An address with a token is an appointment's, wherever Videsk's links were put."""

from aiohttp import web

from kiosk.booking import choosing, filling, holding, joining, linking, waiting
from kiosk.booking.asked import TOKEN
from kiosk.booking.pages import Handler
from qms.web.access import allows

ACCOUNT = "/book/{account}"
SERVICE = f"{ACCOUNT}/{{service}}"
ENTRY = f"{ACCOUNT}/wait/{{link:[A-Za-z0-9_-]{{16,64}}}}"
"""The page of somebody who waits, by his secret link."""


def routes(app: web.Application) -> None:
    """Serve the booking page from this application."""
    app.on_startup.append(holding.start)
    app.add_routes(
        [
            web.get(ACCOUNT, _or_linked(choosing.account_page, linking.page)),
            web.post(ACCOUNT, linking.act),
            web.get(SERVICE, _or_linked(choosing.service_page, linking.page)),
            web.post(SERVICE, _or_linked(filling.act, linking.act)),
            web.get(f"{ACCOUNT}/-/appointment.ics", linking.calendar),
            web.get(ENTRY, waiting.page),
            web.post(ENTRY, waiting.act),
            web.get(f"{SERVICE}/wait", joining.page),
            web.post(f"{SERVICE}/wait", joining.act),
        ]
    )


def _or_linked(plain: Handler, linked: Handler) -> Handler:
    @allows("site.book")
    async def either(request: web.Request) -> web.StreamResponse:
        return await (linked if TOKEN in request.query else plain)(request)

    return either

"""Where the pages of keeping are."""

from aiohttp import web

from desk.keeping import keys, log, own, persons, webhooks

WEBHOOK = f"{webhooks.PATH}/{{webhook:[^/]{{1,200}}}}"
PERSON = f"{persons.PATH}/{{person:[^/]{{1,200}}}}"
DELIVERY = "/admin/deliveries/{delivery:[0-9a-z_]{1,40}}"


def routes(app: web.Application) -> None:
    """Serve keeping from this application."""
    app.add_routes(
        [
            web.get(keys.PATH, keys.page),
            web.post(keys.PATH, keys.change),
            web.get(webhooks.PATH, webhooks.page),
            web.get(WEBHOOK, webhooks.one_page),
            web.post(WEBHOOK, webhooks.change),
            web.get(DELIVERY, webhooks.attempts_page),
            web.get(persons.PATH, persons.page),
            web.get(PERSON, persons.one_page),
            web.post(PERSON, persons.change),
            web.get("/admin/log", log.page),
            web.get(own.PATH, own.page),
            web.post(own.PATH, own.change),
        ]
    )

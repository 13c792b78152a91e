"""Where the administrator's pages are."""

from aiohttp import web

from desk.admin import brand_pages, network_pages, setup_pages, transfer_pages, translation_pages

NUMBER = r"{number:\d{1,9}}"
KIND = "{kind:[a-z]+}"
KEY = r"{key:[A-Za-z0-9][A-Za-z0-9._:\-]{0,63}}"


def routes(app: web.Application) -> None:
    """Serve the administrator's pages from this application."""
    app.add_routes(
        [
            web.get("/setup", setup_pages.setup),
            web.post("/setup", setup_pages.sent),
            web.get("/desk/admin", network_pages.overview),
            web.get("/desk/admin/addresses", setup_pages.addresses),
            web.get(brand_pages.PATH, brand_pages.page),
            web.post(brand_pages.PATH, brand_pages.sent),
            web.get("/desk/admin/translations", translation_pages.page),
            web.post("/desk/admin/translations", translation_pages.sent),
            web.get("/desk/admin/network.toml", transfer_pages.export),
            web.get("/desk/admin/import", transfer_pages.import_page),
            web.post("/desk/admin/import", transfer_pages.imported),
            web.get("/desk/admin/history", transfer_pages.history),
            web.get(f"/desk/admin/history/{NUMBER}", transfer_pages.revision),
            web.get(f"/desk/admin/history/{NUMBER}.toml", transfer_pages.revision_file),
            web.get(f"/desk/admin/network/{KIND}", network_pages.things),
            web.post(f"/desk/admin/network/{KIND}", network_pages.sent),
            web.get(f"/desk/admin/new/{KIND}", network_pages.form),
            web.post(f"/desk/admin/new/{KIND}", network_pages.sent),
            web.get(f"/desk/admin/network/{KIND}/{KEY}", network_pages.form),
            web.post(f"/desk/admin/network/{KIND}/{KEY}", network_pages.sent),
        ]
    )

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
            web.get("/", setup_pages.door),
            web.get("/setup", setup_pages.setup),
            web.post("/setup", setup_pages.sent),
            web.get("/admin", network_pages.overview),
            web.get("/admin/addresses", setup_pages.addresses),
            web.get(brand_pages.PATH, brand_pages.page),
            web.post(brand_pages.PATH, brand_pages.sent),
            web.get("/admin/translations", translation_pages.page),
            web.post("/admin/translations", translation_pages.sent),
            web.get("/admin/network.toml", transfer_pages.export),
            web.get("/admin/import", transfer_pages.import_page),
            web.post("/admin/import", transfer_pages.imported),
            web.get("/admin/history", transfer_pages.history),
            web.get(f"/admin/history/{NUMBER}", transfer_pages.revision),
            web.get(f"/admin/history/{NUMBER}.toml", transfer_pages.revision_file),
            web.get(f"/admin/network/{KIND}", network_pages.things),
            web.post(f"/admin/network/{KIND}", network_pages.sent),
            web.get(f"/admin/new/{KIND}", network_pages.form),
            web.post(f"/admin/new/{KIND}", network_pages.sent),
            web.get(f"/admin/network/{KIND}/{KEY}", network_pages.form),
            web.post(f"/admin/network/{KIND}/{KEY}", network_pages.sent),
        ]
    )

"""Where reports are."""

from aiohttp import web

from desk.reports import handlers, rehearsals

REHEARSAL = "{rehearsal:[0-9a-f]{24}}"


def routes(app: web.Application) -> None:
    """Serve reports from this application."""
    app.cleanup_ctx.append(rehearsals.rehearser_runs)
    app.add_routes(
        [
            web.get("/reports", handlers.page),
            web.get("/desk/api/reports", handlers.show),
            web.get("/desk/api/reports.xlsx", handlers.workbook),
            web.post("/desk/api/rehearsals", rehearsals.order),
            web.get(f"/desk/api/rehearsals/{REHEARSAL}", rehearsals.show),
            web.get("/reports/simulation", rehearsals.page),
            web.post("/reports/simulation", rehearsals.order_from_page),
            web.get("/reports/staffing", rehearsals.page),
            web.post("/reports/staffing", rehearsals.order_from_page),
            web.get(f"/reports/{{kind:simulation|staffing}}/{REHEARSAL}", rehearsals.result_page),
            web.get("/desk/api/reports/{table:[a-z]+}.csv", handlers.table_file),
        ]
    )

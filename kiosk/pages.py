"""The pages that visitors see. So far there are only their interfaces, and the receipt."""

from aiohttp import web


def routes(app: web.Application, *, kiosk: str, ticket: str, poc: str) -> None:
    """Serve the pages at these paths: a kiosk's, a ticket's, a point of contact's."""

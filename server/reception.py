"""Connections at our door: what is no HTTP is refused in our own interfaces' words, not in those of the library."""

from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.web_request import BaseRequest

from qms.web.problems import problem

NO_HTTP = "This cannot be read as an HTTP request; a line of its head may be too long."


class Listener(web.RequestHandler):
    """One connection."""

    __slots__ = ("_ever_paused",)

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._ever_paused = False

    def pause_reading(self) -> None:
        """Its parser may remember a pause for longer than the connection does, and tells nobody."""
        self._ever_paused = True
        super().pause_reading()

    def resume_reading(self, resume_parser: bool = True) -> None:
        """Go on reading where it was ever paused: aiohttp says so after each body, and sets about parsing nothing."""
        if self._ever_paused:
            super().resume_reading(resume_parser)

    def handle_error(
        self,
        request: BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Log it as usual, and repeat nothing of what came."""
        usual = super().handle_error(request, status, exc, message)
        said = problem(usual.status, HTTPStatus(usual.status).phrase, NO_HTTP if usual.status == 400 else "")
        response = said.response()
        response.force_close()
        return response


class Reception(web.Server):
    """All connections."""

    def __call__(self) -> Listener:
        return Listener(self, loop=self._loop, **self._kwargs)


class Runner(web.AppRunner):
    """Runs an application behind a reception: aiohttp has no other place to say which class connections are of."""

    async def _make_server(self) -> web.Server:
        server = await super()._make_server()
        server.__class__ = Reception
        return server

"""The limit: an aiohttp handler that answers a constant 201, on the event loop that the server would use."""

import asyncio
import sys

from aiohttp import web

from server.loops import loop_factory

ANSWER = b'{"id":"652a1ae848880e168884e49b","segment":"Box office"}'


async def constant(request: web.Request) -> web.Response:
    """The same answer every time."""
    return web.Response(status=201, body=ANSWER, headers={"Content-Type": "application/json; charset=utf-8"})


async def serve(port: int) -> None:
    """Serve until killed."""
    app = web.Application()
    app.router.add_post("/{path:.*}", constant)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=2048).start()
    print("listening", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as loop:
        loop.run(serve(int(sys.argv[1])))

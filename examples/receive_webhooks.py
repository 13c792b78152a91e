"""Receives webhooks, checks their signatures and drops repeats: `receive_webhooks.py PORT SECRET [COUNT]`."""

import asyncio
import base64
import hashlib
import hmac
import sys
import time

from aiohttp import web

TOLERANCE_SECONDS = 300


def genuine(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Whether one of the signatures is ours, over this id, time and body, and not older than five minutes."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    ours = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    fresh = abs(time.time() - int(headers["webhook-timestamp"])) < TOLERANCE_SECONDS
    return fresh and any(hmac.compare_digest(ours, one) for one in headers["webhook-signature"].split())


async def receive(port: int, secret: str, count: int) -> None:
    """Print every event once, until so many have come (0: for ever)."""
    seen: set[str] = set()
    enough = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        body, headers = await request.read(), {name.lower(): value for name, value in request.headers.items()}
        if not genuine(secret, headers, body):
            return web.Response(status=401)
        if headers["webhook-id"] not in seen:
            seen.add(headers["webhook-id"])
            print(body.decode(), flush=True)
        if len(seen) == count:
            enough.set()
        return web.Response(status=204)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("listening", flush=True)
    await enough.wait()
    await runner.cleanup()


if __name__ == "__main__":
    port, secret, *more = sys.argv[1:]
    asyncio.run(receive(int(port), secret, int(more[0]) if more else 0))

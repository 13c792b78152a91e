"""Prints every new call of a lobby screen: `watch_screen.py URL SCREEN_TOKEN [COUNT]`.

Every message is the whole state, so after an outage nothing is missed: what is above the last `seq` is new.
"""

import asyncio
import sys

import aiohttp


async def watch(url: str, token: str, count: int) -> None:
    """Announce calls until so many have been announced (0: for ever); reconnect when the connection is lost."""
    announced, left = 0, count
    async with aiohttp.ClientSession() as http:
        while True:
            try:
                async with http.ws_connect(f"{url}/screens/{token}/socket") as socket:
                    async for message in socket:
                        for call in sorted(message.json()["calls"], key=lambda call: call["seq"]):
                            if call["seq"] > announced:
                                announced = call["seq"]
                                print(f"{call['number']} -> {call['poc']}", flush=True)
                                left -= 1
                                if left == 0:
                                    return
            except aiohttp.ClientError:
                await asyncio.sleep(1)


if __name__ == "__main__":
    url, token, *more = sys.argv[1:]
    asyncio.run(watch(url, token, int(more[0]) if more else 0))

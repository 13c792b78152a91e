"""Posts a ticket as a queue vendor does, and prints the answer: `post_ticket.py URL TOKEN BRANCH QUEUE [NUMBER]`."""

import asyncio
import json
import sys

import aiohttp


async def post_ticket(url: str, token: str, branch: str, queue: str, number: str | None) -> dict[str, object]:
    """Put somebody on site into a queue; the vendor's own data comes back in its webhooks."""
    path = f"{url}/public/video-contact-center/branches/{branch}/queues/{queue}"
    body = {"integrationData": {"source": "example"}, **({"ticketId": number} if number else {})}
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(headers=headers) as http, http.post(path, json=body) as answer:
        found: dict[str, object] = await answer.json()
        if answer.status != 201:
            raise SystemExit(f"{answer.status}: {found['message']}")
        return found


if __name__ == "__main__":
    url, token, branch, queue, *more = sys.argv[1:]
    print(json.dumps(asyncio.run(post_ticket(url, token, branch, queue, more[0] if more else None))))

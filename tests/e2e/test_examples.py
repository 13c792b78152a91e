"""The examples do what they say, against a live server."""

import json
import subprocess
import sys
from pathlib import Path

import aiohttp

from tests.e2e.networks import SECRET, Agent, bank
from tests.e2e.turnero import ROOT, serving
from tests.servers import free_port


def program(name: str, *arguments: str) -> "subprocess.Popen[str]":
    """An example at work."""
    command = [sys.executable, str(ROOT / "examples" / name), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


async def test_the_examples_post_a_ticket_watch_the_screen_and_receive_the_webhook(tmp_path: Path) -> None:
    port = free_port()
    receiver = program("receive_webhooks.py", str(port), SECRET, "1")
    assert receiver.stdout is not None
    assert receiver.stdout.readline() == "listening\n"
    with serving(tmp_path, bank(f"http://127.0.0.1:{port}/hook"), WEBHOOK_ALLOW_CIDRS="127.0.0.0/8") as server:
        token = json.loads(server.run("token", "--account", "acme", "--kind", "backend", "--json"))["token"]
        async with aiohttp.ClientSession() as http:
            agent = Agent(http, server.url)
            await agent.sign_in("c1")
            watcher = program("watch_screen.py", server.url, "lobby-screen-secret", "1")
            posted, _ = program("post_ticket.py", server.url, token, "main", "push", "E-1").communicate(timeout=60)
            shown, _ = watcher.communicate(timeout=60)
            received, _ = receiver.communicate(timeout=60)

    assert json.loads(posted)["segment"] == "Informes"
    assert shown == "E-1 -> Counter 1\n"
    assert json.loads(received)["data"]["ticketId"] == "E-1"


async def test_the_example_books_as_staff_does_and_only_once(tmp_path: Path) -> None:
    person = ("acme", "a1@acme.example", "a-good-password", "Informes", "2040-02-25T14:00:00Z", "Roberto Lima")
    with serving(tmp_path, bank()) as server:
        made, _ = program("book_by_staff.py", server.url, *person).communicate(timeout=60)
        _, again = program("book_by_staff.py", server.url, *person).communicate(timeout=60)

    assert json.loads(made)["customer_name"] == "Roberto Lima"
    assert again == "there is something else at that time\n"

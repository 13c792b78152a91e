"""A sandbox's clock: it goes on after a restart, tools go by it, and another setting starts it anew."""

import json
from datetime import UTC, datetime, timedelta
from urllib.request import urlopen

import jwt

from tests.e2e.turnero import Turnero

START = datetime(2030, 1, 1, tzinfo=UTC)


def version(server):
    with urlopen(f"{server.url}/version") as answer:  # noqa: S310 - the server of this test
        found = json.load(answer)
    return found["sandbox"], datetime.fromisoformat(found["now"])


def test_a_sandbox_goes_on_after_a_restart_and_starts_anew_when_it_is_changed(tmp_path):
    def serve_once(setting, *command):
        server = Turnero(tmp_path, {"CLOCK": setting})
        server.start()
        try:
            # A tool that knows nothing of the sandbox goes by its clock all the same, and leaves it alone.
            return *version(server), Turnero(tmp_path, {}).run(*command) if command else ""
        finally:
            server.stop()

    Turnero(tmp_path, {"CLOCK": "2030-01-01T00:00:00Z*600"}).apply('[account]\nslug = "acme"\n')
    first_setting, first, printed = serve_once(
        "2030-01-01T00:00:00Z*600", "token", "--account", "acme", "--kind", "backend", "--json"
    )
    issued = jwt.decode(json.loads(printed)["token"], options={"verify_signature": False})["iat"]
    second_setting, second, _ = serve_once("2030-01-01T00:00:00Z*600")
    third_setting, third, _ = serve_once("2040-01-01T00:00:00Z")

    assert first_setting == second_setting == "2030-01-01T00:00:00Z*600"
    assert START < first < datetime.fromtimestamp(issued, UTC) + timedelta(seconds=1) < second
    assert third_setting == "2040-01-01T00:00:00Z"
    assert timedelta(0) <= third - datetime(2040, 1, 1, tzinfo=UTC) < timedelta(minutes=2)

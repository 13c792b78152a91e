"""Setting up an empty installation: by who has the printed password, once, with everything that a first call needs."""

import tomllib

import pytest

from desk.admin.first import counters, network_of, slugged
from desk.face import routes
from qms.domain.network_file import read_network
from qms.domain.network_file.writer import write_network
from qms.services.setting_up import is_right, password_of
from qms.web.pages import setup_pages
from server.serving import tell_newcomers
from server.settings import Settings
from tests.http.conftest import SECRET_KEY

ANSWERS = {
    "setup_password": password_of(SECRET_KEY),
    "account": "Café Ñandú",
    "timezone": "America/Santiago",
    "languages": "es",
    "branch": "Centro",
    "counters": "3",
    "week": "00:00-24:00",
    "saturday": "",
    "queues": "Caja\nCaja\n\nAyuda",
    "firstname": "Olga",
    "email": "olga@cafe.example",
    "password": "a-good-password",
}


@pytest.fixture
async def client(serve):
    """The desk with its pages, on a database without an account."""

    def pages_too(app):
        setup_pages(app, "desk")
        routes(app)

    return await serve(pages_too)


async def door(client):
    """Where somebody is sent who opens the bare address, as the server prints it when it starts."""
    return (await client.get("/", allow_redirects=False)).headers["Location"]


async def post(client, **changes):
    return await client.post("/setup", data={**ANSWERS, **changes}, allow_redirects=False)


async def test_newcomers_are_led_to_where_people_reach_the_installation(client, capsys):
    public = Settings.read({"TURNERO_PUBLIC_URL": "https://queue.example/"})

    await tell_newcomers(client.server.app, public, "http://0.0.0.0:8080")

    assert "open https://queue.example/setup with" in capsys.readouterr().out


async def test_an_empty_installation_tells_how_to_begin_and_asks_for_what_it_told(client, capsys):
    await tell_newcomers(client.server.app, Settings.read({}), "http://here")

    assert password_of(SECRET_KEY) in capsys.readouterr().out
    assert await door(client) == "/setup"
    assert "One-time password" in await (await client.get("/setup")).text()
    wrong = await client.post("/setup", data={"setup_password": "abcde"})
    assert (wrong.status, "not the password" in await wrong.text()) == (403, True)
    right = await client.post("/setup", data={"setup_password": ANSWERS["setup_password"].upper().replace("-", " ")})
    assert (right.status, 'name="timezone"' in await right.text()) == (200, True)
    foreign = await client.post("/setup", data=ANSWERS, headers={"Origin": "https://evil.example"})
    assert foreign.status == 403


async def test_who_guesses_is_stopped(client):
    statuses = [(await post(client, setup_password="guess")).status for _ in range(12)]

    assert statuses[0] == 403
    assert statuses[-1] == 429


async def test_what_is_wrong_is_said_at_its_input_and_nothing_is_made(client):
    wrong = {
        "queues": " \n ",
        "timezone": "Nowhere",
        "slug": "Not A Slug",
        "email": "olga",
        "password": "short",
        "week": "nine to five",
    }
    for name, text in wrong.items():
        answer = await post(client, **{name: text})

        assert (answer.status, f'id="error-{name}"' in await answer.text()) == (422, True), name
    everything = await (await post(client, **wrong, counters="a few")).text()
    assert [name for name in (*wrong, "counters") if f'id="error-{name}"' not in everything] == []
    assert (await client.get("/setup")).status == 200


async def test_the_first_account_is_made_once_with_its_owner_signed_in(client, capsys):
    answer = await post(client)
    assert (answer.status, answer.headers["Location"]) == (303, "/admin/addresses")

    addresses = await (await client.get(answer.headers["Location"])).text()
    document = tomllib.loads(await (await client.get("/admin/network.toml")).text())
    await tell_newcomers(client.server.app, Settings.read({}), "http://here")

    assert all(f'data-address="{name}"' in addresses for name in ("Lobby screen", "Kiosk", "Desk"))
    assert document["account"]["slug"] == "cafe-nandu"
    assert [one["name"] for one in document["queue"]] == ["Caja", "Caja", "Ayuda"]
    assert [len(document["branch"][0]["pocs"]), document["agent"][0]["role"]] == [3, "owner"]
    assert capsys.readouterr().out == ""
    assert ((await client.get("/setup")).status, (await post(client, account="Another")).status) == (404, 404)
    assert await door(client) == "/desk"
    client.session.cookie_jar.clear()
    stranger = await client.get("/admin/addresses", allow_redirects=False)
    assert (stranger.status, stranger.headers["Location"]) == (303, "/desk")


def test_the_password_is_the_same_for_a_secret_and_another_for_another():
    assert password_of(SECRET_KEY) == password_of(SECRET_KEY) != password_of(b"another secret of thirty-two bytes")
    assert is_right(SECRET_KEY, f" {password_of(SECRET_KEY)} ")
    assert not is_right(SECRET_KEY, "")
    assert not is_right(SECRET_KEY, "pässword")


def test_names_become_keys_that_differ_whatever_they_are_written_in():
    answers = {name: [text] for name, text in ANSWERS.items()} | {"queues": ["مرحبا\n窓口\nCaja!"], "branch": ["窓口"]}

    file = read_network(write_network(network_of(answers, "Counter %(number)s")), "network.toml")

    assert [queue.key for queue in file.queues] == ["queue", "queue-2", "caja"]
    assert (file.branches[0].key, file.branches[0].pocs[2].label) == ("main", "Counter 3")
    assert [counters({"counters": [text]}) for text in ("", "0", "x", "51", " 7")] == [None] * 4 + [7]
    assert slugged("--", "main", ["main", "main-2"]) == "main-3"

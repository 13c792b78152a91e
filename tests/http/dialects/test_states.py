"""Every state of an appointment, as each dialect says it, whichever dialect brought it there."""

import pytest

from tests.http.dialects.town import LASTS, TEN

SAID = {
    "confirmed": {"videsk": "pending", "auvious": "PENDING", "voki": "confirmed"},
    "active": {"videsk": "pending", "auvious": "ACTIVE", "voki": "confirmed"},
    "completed": {"videsk": None, "auvious": "ENDED", "voki": "completed"},
    "no_show": {"videsk": None, "auvious": "ENDED", "voki": "no_show"},
    "cancelled": {"videsk": None, "auvious": None, "voki": "cancelled"},
}
ACTIONS = [
    ("voki", "confirm", "confirmed"),
    ("auvious", "activate", "active"),
    ("voki", "complete", "completed"),
    ("auvious", "end", "completed"),
    ("voki", "no-show", "no_show"),
    ("voki", "cancel", "cancelled"),
]


@pytest.mark.parametrize(("by", "action", "state"), ACTIONS)
async def test_a_state_is_said_in_each_dialect_s_own_word(clients, maker, by, action, state):
    _, id = await maker.make(TEN)

    answer = await clients[by].act(id, action)

    assert answer.status == 200, answer.body
    seen = {name: await client.see(id) for name, client in clients.items()}
    assert {name: one and one.status for name, one in seen.items()} == SAID[state]


@pytest.mark.parametrize(("by", "action", "state"), ACTIONS)
async def test_only_what_is_to_come_or_goes_on_takes_time(clients, maker, by, action, state):
    _, id = await maker.make(TEN)

    await clients[by].act(id, action)

    busy = {name: await client.busy(TEN) for name, client in clients.items()}
    assert set(busy.values()) == {state in ("confirmed", "active")}


async def test_what_has_started_is_not_the_visitor_s_to_change(town, clients, maker):
    _, id = await maker.make(TEN)
    await clients["auvious"].act(id, "activate")

    answers = [await clients["videsk"].cancel(id), await clients["videsk"].move(id, TEN + LASTS)]

    assert [answer.status for answer in answers] == [401, 401]
    assert (await clients["videsk"].see(id)).status == "pending"


async def test_what_is_confirmed_in_one_dialect_stays_so_when_another_moves_it(clients, maker):
    _, id = await maker.make(TEN)
    await clients["voki"].act(id, "confirm")

    await clients["auvious"].move(id, TEN + LASTS)

    assert (await clients["voki"].see(id)).status == "confirmed"


async def test_whoever_confirmed_has_to_do_so_anew_when_the_visitor_moves_it(clients):
    _, id = await clients["videsk"].make(TEN)
    await clients["voki"].act(id, "confirm")

    await clients["videsk"].move(id, TEN + LASTS)

    assert (await clients["voki"].see(id)).status == "scheduled"

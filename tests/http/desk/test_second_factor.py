"""Besides a password: codes of an app, passwords for once; and where one is signed in."""

from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from qms.domain.one_time_code import code_at, step_of
from qms.services import one_time_passwords
from qms.store.schema.access import recovery_code
from tests.http.desk.conftest import QUICK

GOOD = {"account": "acme", "email": "ana@acme.example", "password": "secret"}
HERE = "/desk/api/second-factor"


async def enter(client, **more):
    async with client.post("/desk/api/session", json={**GOOD, **more}) as answer:
        client.session.cookie_jar.clear()
        return answer.status, await answer.json()


async def with_an_app(client, headers, clock):
    """The app's secret, and the recovery codes that came with it."""
    begun = await (await client.post(HERE, headers=headers)).json()
    secret = parse_qs(urlsplit(begun["address"]).query)["secret"][0]
    said = {"code": code_at(secret, step_of(clock.machine()))}
    done = await client.put(HERE, json=said, headers=headers)
    assert (done.status, done.headers["Cache-Control"]) == (200, "no-store")
    return secret, (await done.json())["recovery_codes"]


@pytest.fixture
async def headers(client):
    """Of Ana, signed in."""
    _, said = await enter(client)
    return {"Authorization": f"Bearer {said['token']}"}


async def test_whoever_has_set_up_an_app_says_its_code_besides_and_each_once(client, headers, clock):
    other = (await enter(client))[1]["token"]
    begun = await (await client.post(HERE, headers=headers)).json()
    secret = parse_qs(urlsplit(begun["address"]).query)["secret"][0]
    before = (await enter(client))[0]
    wrong = await client.put(HERE, json={"code": "000000"}, headers=headers)
    code = code_at(secret, step_of(clock.machine()))
    done = await client.put(HERE, json={"code": code}, headers=headers)

    assert (before, wrong.status, done.status) == (201, 422, 200)
    assert (await client.get("/desk/api/state", headers={"Authorization": f"Bearer {other}"})).status == 401
    assert (await client.get("/desk/api/state", headers=headers)).status == 200

    asked, used = await enter(client), await enter(client, code=code)
    clock.move(seconds=30)
    fresh = await enter(client, code=code_at(secret, step_of(clock.machine())))
    guessed = await enter(client, password="guessed", code=code_at(secret, step_of(clock.machine()) + 1))

    assert (asked[0], asked[1]["kind"]) == (401, "code")
    assert (used[0], used[1]["title"]) == (401, "Not signed in")
    assert fresh[0] == 201
    assert guessed == (401, {"type": "about:blank", "title": "Not signed in", "status": 401, "detail": ""})


async def test_codes_are_guessed_five_times_a_minute_and_no_more(client, headers, clock):
    await with_an_app(client, headers, clock)

    seen = [(await enter(client, code=f"00000{n}"))[0] for n in range(6)]

    assert seen == [401, 401, 401, 401, 401, 429]


async def test_a_second_factor_goes_with_a_code_of_it(client, headers, clock):
    secret, _ = await with_an_app(client, headers, clock)
    clock.move(seconds=30)

    again = await client.post(HERE, headers=headers)
    wrong = await client.delete(HERE, json={"code": "000000"}, headers=headers)
    right = await client.delete(HERE, json={"code": code_at(secret, step_of(clock.machine()))}, headers=headers)

    assert (again.status, wrong.status, right.status) == (409, 422, 204)
    assert (await enter(client))[0] == 201


async def test_a_recovery_code_stands_for_the_app_once(client, headers, clock, store):
    _, codes = await with_an_app(client, headers, clock)

    first, again = await enter(client, code=codes[0]), await enter(client, code=codes[0])
    spelt = await enter(client, code=codes[1].upper().replace("-", " "))
    of_sue = await enter(client, email="sue@acme.example", code=codes[2])
    shown = await (await client.get("/desk/api/logins", headers=headers)).json()
    kept = store.read(lambda tx: "".join(map(str, tx.execute(sa.select(recovery_code)).all())))

    assert [len(code) for code in codes] == [29] * 10
    assert (first[0], again[0], spelt[0], of_sue[0]) == (201, 401, 201, 201)  # Sue has no app: no code is looked at
    assert shown["recovery_codes"] == 8
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


async def test_recovery_codes_are_renewed_for_one_of_them_and_go_with_the_app(client, headers, clock, store):
    _, codes = await with_an_app(client, headers, clock)

    wrong = await client.post(f"{HERE}/recovery-codes", json={"code": "000000"}, headers=headers)
    renewed = await client.post(f"{HERE}/recovery-codes", json={"code": codes[0]}, headers=headers)
    fresh = (await renewed.json())["recovery_codes"]
    before, after = await enter(client, code=codes[1]), await enter(client, code=fresh[0])
    gone = await client.delete(HERE, json={"code": fresh[1]}, headers=headers)

    assert (wrong.status, renewed.status, gone.status) == (422, 201, 204)
    assert not set(codes) & set(fresh)
    assert (before[0], after[0], (await enter(client))[0]) == (401, 201, 201)
    assert store.read(lambda tx: tx.execute(sa.select(recovery_code)).all()) == []


async def test_a_password_for_once_wants_another_one(client, store, seeded):
    ana = store.read(lambda tx: tx.network(seeded.account).agents.find("ana"))
    store.write(one_time_passwords.give, agent=ana, password_hash=QUICK.hash("for-once"))

    asked = await enter(client, password="for-once")
    short = await enter(client, password="for-once", new_password="short")
    chosen = await enter(client, password="for-once", new_password="a longer one of mine")

    assert (asked[0], asked[1]["kind"], short[0], chosen[0]) == (401, "new_password", 401, 201)
    assert (await enter(client, password="for-once"))[0] == 401
    assert (await enter(client, password="a longer one of mine"))[0] == 201


async def test_one_sees_and_ends_one_s_own_logins_and_nobody_else_s(client, headers, seeded):
    other = (await enter(client))[1]["token"]
    sue = (await enter(client, email="sue@acme.example"))[1]["token"]
    seen = (await (await client.get("/desk/api/logins", headers=headers)).json())["logins"]
    everybodys = await (await client.get("/desk/api/account/logins", headers={"Authorization": f"Bearer {sue}"})).json()
    hers = next(one["id"] for one in everybodys["logins"] if one["agent"] == "sue")
    mine = next(one["id"] for one in seen if not one["current"])

    assert [one["agent"] for one in seen] == ["ana", "ana"]
    assert (await client.delete(f"/desk/api/logins/{hers}", headers=headers)).status == 404
    assert (await client.get("/desk/api/account/logins", headers=headers)).status == 403
    assert (await client.delete(f"/desk/api/logins/{mine}", headers=headers)).status == 204
    assert (await client.get("/desk/api/state", headers={"Authorization": f"Bearer {other}"})).status == 401

    last = next(one["id"] for one in seen if one["current"])
    ended = await client.delete(f"/desk/api/account/logins/{last}", headers={"Authorization": f"Bearer {sue}"})
    assert ended.status == 204
    assert (await client.get("/desk/api/state", headers=headers)).status == 401

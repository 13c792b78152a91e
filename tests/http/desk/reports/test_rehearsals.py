"""Simulation and staffing at the desk: asked for, followed, shown."""

import asyncio

import pytest


@pytest.fixture
async def sue(sign_in, ana, clock):
    """A supervisor, on the day after one on which two people were served."""
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    for _ in range(2):
        await ana.visitor("caja")
        clock.move(minutes=1)
        await ana.post("next", {"queue": "caja"})
        clock.move(minutes=3)
    await ana.post("ticket/finish")
    await ana.put("presence", {"state": "offline"})
    return await sign_in("sue")


async def done(desk, answer):
    """The rehearsal once nobody works at it any more."""
    assert answer.status == 202, await answer.text()
    path = answer.headers["Location"].removeprefix("/desk/api/")
    async with asyncio.timeout(100):  # it gives way to whatever else the machine does
        while (told := await desk.get(path))["state"] == "running":  # noqa: ASYNC110 - another process works
            await asyncio.sleep(0.2)
    return told


async def test_a_day_is_simulated_with_something_different_and_shown(sue):
    order = {"kind": "simulation", "day": "2026-03-02", "branch": "main", "agents": ["+1"], "rollouts": 2}

    told = await done(sue, await sue.ask("POST", "rehearsals", order))
    page = await (await sue.client.get(f"/reports/simulation/{told['id']}?lang=es", headers=sue.headers)).text()

    assert (told["state"], told["passed"], told["days"]) == ("done", 4, 4)
    assert told["found"]["what_if"] == ["agents +1"]
    whole = next(one for one in told["found"]["replay"] if (one["queue"], one["hour"]) == ("*", None))
    assert whole["offered"] == {"p10": 2, "p50": 2, "p90": 2}
    assert page.count("<svg viewBox") == 5
    assert (await sue.client.get(f"/reports/staffing/{told['id']}", headers=sue.headers)).status == 404


async def test_a_week_is_staffed_and_shown(sue):
    order = {"kind": "staffing", "branch": "main", "queue": "caja", "day": "2026-03-03", "rollouts": 1}

    told = await done(sue, await sue.ask("POST", "rehearsals", order))
    page = await (await sue.client.get(f"/reports/staffing/{told['id']}", headers=sue.headers)).text()

    assert [one["weekday"] for one in told["found"]["week"]] == ["Monday"]
    assert page.count("<svg viewBox") == 2


@pytest.mark.parametrize(
    ("order", "status"),
    [
        ({"kind": "simulation", "day": "2026-03-01"}, 422),
        ({"kind": "simulation", "day": "2026-03-02", "agents": ["many"]}, 422),
        ({"kind": "simulation", "day": "2026-03-02", "agents": ["-9"]}, 422),
        ({"kind": "simulation", "day": "2026-03-02", "rollouts": 100000}, 422),
        ({"kind": "simulation", "branch": "nowhere"}, 404),
        ({"kind": "dream"}, 422),
    ],
)
async def test_what_cannot_be_simulated_is_refused(sue, order, status):
    assert (await sue.ask("POST", "rehearsals", order)).status == status


async def test_a_change_that_is_not_understood_is_told_with_how_it_is_written(sue):
    refused = await sue.ask("POST", "rehearsals", {"kind": "simulation", "day": "2026-03-02", "agents": ["+1@10:00"]})

    assert (await refused.json())["detail"].startswith("change: expected agents such as +1 ")


async def test_the_form_leads_to_the_result_or_says_what_is_wrong(sue):
    form = {"day": "2026-03-02", "branch": "main", "appointments": "20", "rollouts": "1"}
    good = await sue.client.post("/reports/simulation", data=form, headers=sue.headers, allow_redirects=False)
    bad = await sue.client.post("/reports/simulation", data=form | {"hours": "late"}, headers=sue.headers)
    shown = await sue.client.get("/reports/simulation", headers=sue.headers)

    assert good.status == 303
    assert good.headers["Location"].startswith("/reports/simulation/")
    assert (bad.status, 'role="alert"' in await bad.text()) == (422, True)
    assert good.headers["Location"] in await shown.text()


async def test_only_supervisors_may_ask(sue, sign_in, client):
    john = await sign_in("jdoe")

    assert (await john.ask("POST", "rehearsals", {"kind": "simulation"})).status == 403
    assert (await client.get("/reports/staffing", allow_redirects=False)).status == 303

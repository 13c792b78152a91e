"""Appointments at the desk: who sees which, checking in by a click or a code, no-shows, and cancellations."""

from datetime import timedelta

import pytest

from qms.domain.customer import Person
from qms.services.booking import tokens
from qms.services.booking.staff import Meeting, book_by_staff
from tests.clock import MONDAY_NOON
from tests.http.conftest import SECRET_KEY
from tests.http.seed import seed


@pytest.fixture
def book(store, seeded):
    """`book("12:30")`: an appointment on Monday at that time in Santiago, with Ana in the queue `caja` at `main`."""

    def book(at, *, agents=("ana",), queue="caja", branch="main", account=seeded, days=0, **person):
        hour, minute = map(int, at.split(":"))
        starts_at = MONDAY_NOON + timedelta(days=days, hours=hour - 12, minutes=minute)
        meeting = Meeting(
            title="A new card",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=30),
            timezone="America/Santiago",
            origin="voki",
            agents=agents,
            queue=queue,
            branch=branch,
            person=Person(**(person or {"firstname": "Zoë", "lastname": "Ruiz"})),
        )
        return store.write(book_by_staff, account=account.account, domain=account.domain, meeting=meeting, actor="a")

    return book


def listed(day):
    return [one["id"] for one in day["appointments"]]


async def test_the_day_lists_who_comes_with_whom_and_when(ana, book):
    later, first = book("13:00"), book("12:10", firstname="Ada")
    book("12:10", days=1)

    day = await ana.get("appointments")

    assert (day["date"], day["today"], day["total"], day["branch"]) == ("2026-03-02", "2026-03-02", 2, None)
    assert listed(day) == [first.id, later.id]
    shown = day["appointments"][1]
    assert (shown["code"], shown["state"], shown["title"]) == (later.code, "scheduled", "A new card")
    assert (shown["customer"]["name"], shown["agent"]["name"]) == ("Zoë Ruiz", "Ana Pérez")
    assert (shown["branch"]["key"], shown["queue"]["key"], shown["ticket"]) == ("main", "caja", None)
    assert [one["arrival"] for one in day["appointments"]] == ["on_time", "early"]
    assert shown["may"] == ["check-in", "cancel"]


async def test_another_day_and_one_branch_can_be_asked_for(ana, book):
    tomorrow = book("09:00", days=1)
    north = book("09:30", days=1, branch="north", queue="tramites")

    assert listed(await ana.get("appointments?date=2026-03-03")) == [tomorrow.id, north.id]
    assert listed(await ana.get("appointments?date=2026-03-03&branch=north")) == [north.id]
    statuses = [
        (await ana.ask("GET", f"appointments?{query}")).status
        for query in ("branch=nope", "date=tomorrow", "date=2026-02-30", "date=0001-01-01")
    ]
    assert statuses == [404, 422, 422, 422]


async def test_agents_see_their_branches_and_their_own_and_supervisors_all(sign_in, book):
    john, sue = await sign_in("jdoe"), await sign_in("sue")
    nowhere, his = book("12:10", branch=None, queue="caja"), book("12:20", agents=("jdoe",), branch=None, queue="caja")
    main = book("12:30")

    assert listed(await john.get("appointments")) == [his.id, main.id]
    assert listed(await sue.get("appointments")) == [nowhere.id, his.id, main.id]
    assert (await john.ask("POST", f"appointments/{nowhere.id}/check-in")).status == 404


async def test_checking_in_makes_the_ticket_that_is_called_served_and_ends_it(ana, book, clock):
    booked = book("12:10")
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    before = (await ana.get("state"))["appointments"]
    clock.move(seconds=1)

    response = await ana.ask("POST", f"appointments/{booked.id}/check-in")
    ticket = await response.json()

    assert (response.status, response.headers["Location"]) == (201, f"/desk/api/tickets/{ticket['id']}")
    assert (ticket["number"], ticket["state"], ticket["customer"]["name"]) == ("C001", "waiting", "Zoë Ruiz")
    assert (await ana.get("state"))["appointments"] != before
    (shown,) = (await ana.get("appointments"))["appointments"]
    assert (shown["state"], shown["ticket"]["number"], shown["arrival"]) == ("checked_in", "C001", "on_time")
    assert await ana.refused(f"appointments/{booked.id}/check-in") == (409, "checked_in")

    await ana.post("next")
    await ana.post("ticket/serve")
    await ana.post("ticket/finish")
    (over,) = (await ana.get("appointments"))["appointments"]
    assert (over["state"], over["may"]) == ("completed", [])
    assert await ana.refused(f"appointments/{booked.id}/check-in") == (410, "completed")


async def test_a_code_may_be_typed_scanned_or_be_the_link_to_join(ana, book):
    typed, scanned, linked = book("12:10"), book("12:40"), book("13:10")
    token = tokens.issue(linked, "access", secret=SECRET_KEY)

    tickets = [
        await ana.post("check-in", {"code": code})
        for code in (
            typed.code.lower().replace("-", ""),
            f"https://turnero.example/c/{scanned.code}",
            f"https://bank.example/?v-schedule-auth={token}",
        )
    ]

    assert [one["appointment"]["id"] for one in tickets] == [typed.id, scanned.id, linked.id]
    assert await ana.refused("check-in", {"code": typed.code}) == (409, "checked_in")
    assert (await ana.refused("check-in", {"code": "NOBODY"}))[0] == 404
    assert (await ana.refused("check-in", {"code": ""}))[0] == 422


async def test_one_key_checks_in_once(ana, book):
    path, key = f"appointments/{book('12:10').id}/check-in", {"Idempotency-Key": "k"}

    answers = [await ana.ask("POST", path, **key) for _ in range(2)]

    assert [one.status for one in answers] == [201, 201]
    assert (await answers[0].json())["id"] == (await answers[1].json())["id"]


async def test_what_was_cancelled_or_is_on_another_day_says_so(ana, book):
    gone, tomorrow = book("12:10"), book("12:10", days=1)

    cancelled = await ana.post(f"appointments/{gone.id}/cancel", {"reason": "ill"})

    assert (cancelled["state"], cancelled["end_reason"], cancelled["may"]) == ("cancelled", "ill", [])
    assert await ana.refused("check-in", {"code": gone.code}) == (410, "cancelled")
    assert await ana.refused(f"appointments/{gone.id}/cancel") == (410, "cancelled")
    assert await ana.refused(f"appointments/{gone.id}/no-show") == (410, "cancelled")
    assert await ana.refused(f"appointments/{tomorrow.id}/check-in") == (409, "another day")


async def test_cancelling_takes_whoever_waits_out_of_the_line(ana, book):
    booked = book("12:10")
    ticket = await ana.post(f"appointments/{booked.id}/check-in")

    await ana.post(f"appointments/{booked.id}/cancel")

    assert (await ana.get(f"tickets/{ticket['id']}"))["state"] == "cancelled"


async def test_a_no_show_may_come_after_all(ana, book, clock):
    booked = book("12:10")
    clock.move(minutes=30)

    marked = await ana.post(f"appointments/{booked.id}/no-show")
    ticket = await ana.post(f"appointments/{booked.id}/check-in")

    assert (marked["state"], marked["may"], marked["arrival"]) == ("no_show", ["check-in"], None)
    (shown,) = (await ana.get("appointments"))["appointments"]
    assert (shown["state"], shown["arrival"], shown["ticket"]["id"]) == ("checked_in", "late", ticket["id"])
    assert await ana.refused(f"appointments/{booked.id}/no-show") == (409, "checked_in")


async def test_an_appointment_given_nowhere_is_checked_in_where_the_agent_sits(ana, book):
    booked = book("12:10", branch=None, queue="tramites")

    assert (await ana.refused(f"appointments/{booked.id}/check-in"))[0] == 404
    await ana.put("presence", {"state": "idle", "poc": "c1"})

    assert (await ana.post(f"appointments/{booked.id}/check-in"))["branch"]["key"] == "main"


async def test_another_account_s_appointment_is_not_there(store, ana, book):
    other = store.write(seed, slug="other")
    theirs = book("12:10", account=other)

    statuses = [
        (await ana.ask("POST", f"appointments/{theirs.id}/{act}")).status for act in ("check-in", "no-show", "cancel")
    ]

    assert statuses == [404, 404, 404]
    assert (await ana.refused("check-in", {"code": theirs.code}))[0] == 404
    assert listed(await ana.get("appointments")) == []
    assert (await ana.client.get("/desk/api/appointments")).status == 401

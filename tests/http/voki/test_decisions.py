"""The decisions on what the documents leave open, one by one (K-1 to K-13, X-1, X-5)."""

import asyncio
from datetime import UTC, datetime

import pytest

from qms.domain.ids import from_uuid, to_uuid
from qms.services.booking import ending
from qms.services.booking.bookings import book, hold
from qms.services.booking.wishes import Wish
from tests.http.voki.conftest import APPOINTMENTS, JOAO, MARIA, NOBODY, ROBERTO, SALES, SUPPORT

NOT_FOUND = (404, {"errors": {"detail": "Not Found"}})
START = datetime(2026, 3, 25, 14, 0, tzinfo=UTC)


def invalid(**fields):
    return (422, {"errors": {name: [text] for name, text in fields.items()}})


def conflicts(user=JOAO, **query):
    asked = {"user_id": to_uuid(user), "scheduled_at": ROBERTO["scheduled_at"], **query}
    return f"{APPOINTMENTS}/conflicts?" + "&".join(f"{name}={value}" for name, value in asked.items())


async def bring(office, made, *actions):
    """Bring an appointment into a state."""
    for action in actions:
        assert (await office.go(made, action))[0] == 200


# -- K-2: transitions -------------------------------------------------------------------------------------------------

PATHS = {
    "scheduled": [],
    "confirmed": ["confirm"],
    "completed": ["complete"],
    "cancelled": ["cancel"],
    "no_show": ["no-show"],
}
WANTED = {"confirm": "confirmed", "cancel": "cancelled", "complete": "completed", "no-show": "no_show"}
ALLOWED = {("scheduled", action) for action in WANTED} | {
    ("confirmed", "cancel"),
    ("confirmed", "complete"),
    ("confirmed", "no-show"),
}


@pytest.mark.parametrize("action", WANTED)
@pytest.mark.parametrize("status", PATHS)
async def test_a_transition_is_made_or_refused_as_decided(office, status, action):
    made = await office.make()
    await bring(office, made, *PATHS[status])

    answer = await office.go(made, action)

    if (status, action) in ALLOWED:
        assert answer == (200, {"data": {**made, "status": WANTED[action]}})
    else:
        assert answer == invalid(status=f"cannot be changed from {status} to {WANTED[action]}")


async def test_an_appointment_that_is_going_on_is_confirmed_here(office):
    made = await office.make()
    id = from_uuid(made["id"])
    domains = [office.network.agents[JOAO].domain_id]
    office.store.write(ending.activate, domain=domains, account=office.network.account.id, appointment=id)

    shown = await office.ask("GET", f"{APPOINTMENTS}/{made['id']}")
    listed = await office.listed("status=confirmed")
    missed = await office.go(made, "no-show")
    completed = await office.go(made, "complete")

    assert (shown[1]["data"]["status"], [one["id"] for one in listed]) == ("confirmed", [made["id"]])
    assert missed == invalid(status="cannot be changed from confirmed to no_show")
    assert completed[1]["data"]["status"] == "completed"


async def test_a_reason_is_kept_and_may_be_missing(office):
    first, second = await office.make(), await office.make()

    answers = [await office.go(first, "cancel", {"reason": None}), await office.go(second, "cancel", {})]
    third = await office.go(await office.make(), "cancel", {"reason": 5})

    assert [status for status, _ in answers] == [200, 200]
    assert third == invalid(reason="is invalid")


async def test_of_two_who_end_an_appointment_at_once_one_loses(office):
    made = await office.make()

    answers = await asyncio.gather(*(office.go(made, action) for action in ("cancel", "complete", "no-show")))

    assert sorted(status for status, _ in answers) == [200, 422, 422]


# -- K-3, X-1: conflicts ----------------------------------------------------------------------------------------------


async def test_an_appointment_may_lie_over_another(office):
    first = await office.make()

    second = await office.make()
    _, told = await office.ask("GET", conflicts())

    assert {one["id"] for one in told["data"]["conflicts"]} == {first["id"], second["id"]}


@pytest.mark.parametrize(
    ("start", "minutes", "found"),
    [
        ("13:30:00", 30, False),
        ("13:30:00", 31, True),
        ("14:44:00", 30, True),
        ("14:45:00", 30, False),
        ("14:10:00", 5, True),
        ("13:00:00", 240, True),
    ],
)
async def test_what_only_touches_is_no_conflict(office, start, minutes, found):
    await office.make()

    _, told = await office.ask("GET", conflicts(scheduled_at=f"2026-03-25T{start}Z", duration_minutes=minutes))

    assert told["data"]["has_conflicts"] is found


@pytest.mark.parametrize("action", ["cancel", "complete", "no-show"])
async def test_what_is_over_is_no_conflict(office, action):
    await bring(office, await office.make(), action)

    assert (await office.ask("GET", conflicts()))[1]["data"] == {"has_conflicts": False, "conflicts": []}


async def test_a_conflict_is_one_of_this_user(office):
    await office.make(user_id=to_uuid(MARIA))

    assert (await office.ask("GET", conflicts()))[1]["data"]["has_conflicts"] is False
    assert (await office.ask("GET", conflicts(MARIA)))[1]["data"]["has_conflicts"] is True


async def test_an_appointment_from_elsewhere_is_a_conflict_and_a_hold_is_none(office):
    wish = Wish(service="visit", starts_at=START, timezone="Z", origin="videsk")
    arguments = {"domain": office.network.agents[JOAO].domain_id, "account": office.network.account.id}
    held = office.store.write(hold, **arguments, wish=wish)
    _, before = await office.ask("GET", conflicts())

    office.store.write(book, **arguments, wish=wish, hold=held.token)
    _, after = await office.ask("GET", conflicts())

    assert before["data"] == {"has_conflicts": False, "conflicts": []}
    (found,) = after["data"]["conflicts"]
    assert (found["title"], found["duration_minutes"], found["department_id"]) == ("A visit", 30, to_uuid(SUPPORT))
    assert await office.ask("GET", f"{APPOINTMENTS}/{found['id']}") == (200, {"data": found})


async def test_conflicts_can_be_refused(office):
    await office.option(enforce_conflicts=True)
    first = await office.make()
    second = await office.make(scheduled_at="2026-03-25T14:45:00Z")
    maria = await office.make(user_id=to_uuid(MARIA))
    refused = invalid(scheduled_at="conflicts with another appointment")

    assert await office.create() == refused
    assert await office.change(second, scheduled_at="2026-03-25T14:44:00Z") == refused
    assert await office.change(first, duration_minutes=46) == refused
    assert await office.change(maria, user_id=to_uuid(JOAO)) == refused
    assert await office.ask("GET", f"{APPOINTMENTS}/{maria['id']}") == (200, {"data": maria})
    free = {"user_id": to_uuid(JOAO), "scheduled_at": "2026-03-25T16:00:00Z"}
    assert (await office.change(maria, **free))[0] == 200


@pytest.mark.parametrize("missing", ["user_id", "scheduled_at"])
async def test_conflicts_want_to_know_who_and_when(office, missing):
    assert await office.ask("GET", conflicts(**{missing: ""})) == invalid(**{missing: "can't be blank"})
    assert await office.ask("GET", conflicts(**{missing: "x"})) == invalid(**{missing: "is invalid"})


async def test_conflicts_of_nobody_are_a_mistake(office):
    asked = conflicts().replace(to_uuid(JOAO), NOBODY)

    assert await office.ask("GET", asked) == invalid(user_id="does not exist")


# -- K-4: changes -----------------------------------------------------------------------------------------------------


async def test_a_change_may_come_with_or_without_the_word_around_it(office):
    made = await office.make()

    bare = await office.ask("PUT", f"{APPOINTMENTS}/{made['id']}", {"title": "Bare"})
    wrapped = await office.change(made, notes="Wrapped")

    assert bare == (200, {"data": {**made, "title": "Bare"}})
    assert wrapped == (200, {"data": {**made, "title": "Bare", "notes": "Wrapped"}})


async def test_what_was_read_can_be_sent_back(office):
    made = await office.make()
    office.clock.move(days=30)  # by now it should be over
    office.forget()

    assert await office.change(made, **made) == (200, {"data": made})


async def test_everything_can_be_changed_at_once(office):
    made = await office.make()
    office.clock.move(minutes=5)
    changes = {
        "title": "Autre titre",
        "description": "Une description",
        "notes": "Des notes",
        "scheduled_at": "2026-03-26T09:00:00Z",
        "duration_minutes": 20,
        "department_id": to_uuid(SALES),
        "user_id": to_uuid(MARIA),
        "customer_name": "Roberta  de Lima",
        "customer_email": None,
        "customer_phone": "+5511900000000",
    }

    answer = await office.change(made, **changes)

    others = {"department_name": "avanter Vendas", "user_name": "Maria Souza", "updated_at": "2026-03-02T15:05:00Z"}
    assert answer == (200, {"data": {**made, **changes, **others}})
    assert (await office.ask("GET", conflicts()))[1]["data"]["has_conflicts"] is False
    there = conflicts(MARIA, scheduled_at="2026-03-26T09:19:00Z")
    assert (await office.ask("GET", there))[1]["data"]["conflicts"] == [answer[1]["data"]]


async def test_an_appointment_that_is_moved_to_a_colleague_minds_her_calendar_at_that_time_alone(office):
    await office.option(enforce_conflicts=True)
    made = await office.make()
    await office.make(scheduled_at="2026-03-25T16:00:00Z")  # his own, then
    await office.make(user_id=to_uuid(MARIA))  # hers, before

    moved = await office.change(made, user_id=to_uuid(MARIA), scheduled_at="2026-03-25T16:00:00Z")

    assert (moved[0], moved[1]["data"]["user_name"]) == (200, "Maria Souza")
    assert "appointment.overbooked" not in office.happened()
    assert await office.create(scheduled_at="2026-03-25T16:00:00Z") == invalid(
        scheduled_at="conflicts with another appointment"
    )
    assert (await office.create(scheduled_at="2026-03-25T14:00:00Z"))[0] == 201


async def test_a_description_can_be_emptied_and_a_title_cannot(office):
    made = await office.make(description="Une description")

    emptied = await office.change(made, description=None)
    refused = await office.change(made, title=" ")

    assert emptied == (200, {"data": {**made, "description": None}})
    assert refused == invalid(title="can't be blank")


async def test_the_status_is_not_to_be_written(office):
    made = await office.make()

    assert await office.change(made, status="completed", id=NOBODY) == (200, {"data": made})


@pytest.mark.parametrize("action", ["cancel", "complete", "no-show"])
async def test_what_is_over_stays_as_it_is(office, action):
    made = await office.make()
    await bring(office, made, action)

    assert await office.change(made, title="Other") == invalid(status=f"cannot be updated when {WANTED[action]}")


async def test_a_confirmed_appointment_that_is_moved_is_still_confirmed(office):
    made = await office.make()
    await bring(office, made, "confirm")

    _, moved = await office.change(made, scheduled_at="2026-03-26T09:00:00+02:00")

    assert moved["data"] == {**made, "status": "confirmed", "scheduled_at": "2026-03-26T07:00:00Z"}


async def test_an_appointment_that_is_going_on_is_not_moved_but_may_be_described(office):
    made = await office.make()
    id, domain = from_uuid(made["id"]), office.network.agents[JOAO].domain_id
    office.store.write(ending.activate, domain=domain, account=office.network.account.id, appointment=id)

    moved = await office.change(made, scheduled_at="2026-03-26T09:00:00Z")
    described = await office.change(made, notes="Late")

    assert moved == invalid(scheduled_at="cannot be changed any more")
    assert described[1]["data"]["notes"] == "Late"


async def test_another_customer_can_be_named(office):
    first, second = await office.make(), await office.make(customer_name="Carlos Ferreira")

    _, changed = await office.change(first, customer_id=second["customer_id"], customer_name="Nobody")

    assert changed["data"]["customer_id"] == second["customer_id"]
    assert changed["data"]["customer_name"] == "Carlos Ferreira"


# -- K-5: ids ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", [NOBODY, "1", "4c5d6e7f-8a9b-0123-defg-456789012345", "%00", "652a1ae848880e168884e49b"])
@pytest.mark.parametrize(("method", "rest"), [("GET", ""), ("PUT", ""), ("POST", "/confirm"), ("POST", "/cancel")])
async def test_a_path_without_an_appointment_is_not_found(office, id, method, rest):
    body = {"appointment": {"title": "x"}} if method == "PUT" else None

    assert await office.ask(method, f"{APPOINTMENTS}/{id}{rest}", body) == NOT_FOUND


@pytest.mark.parametrize("name", ["department_id", "user_id", "customer_id"])
async def test_an_id_in_a_body_is_a_uuid_of_something(office, name):
    made = await office.make()

    for wrong, text in (("x", "is invalid"), (5, "is invalid"), (NOBODY, "does not exist"), (to_uuid("0" * 24),) * 2):
        text = "does not exist" if text == wrong else text
        assert await office.create(**{name: wrong}) == invalid(**{name: text})
        assert await office.change(made, **{name: wrong}) == invalid(**{name: text})


@pytest.mark.parametrize("name", ["user_id", "department_id"])
async def test_an_id_in_a_query_is_a_uuid(office, name):
    await office.make()

    assert await office.ask("GET", f"{APPOINTMENTS}?{name}=x") == invalid(**{name: "is invalid"})
    assert await office.listed(f"{name}={NOBODY}") == []


# -- K-7: customers ---------------------------------------------------------------------------------------------------


async def test_every_appointment_brings_a_new_customer(office):
    first, second = await office.make(), await office.make()

    assert first["customer_id"] != second["customer_id"]
    assert office.happened().count("customer.created") == 2


async def test_a_customer_who_is_known_is_not_made_anew(office):
    known = await office.make()

    made = await office.make(customer_id=known["customer_id"], customer_name="Other", customer_email="not one")

    kept = ("customer_id", "customer_name", "customer_email", "customer_phone")
    assert [made[name] for name in kept] == [known[name] for name in kept]
    assert office.happened().count("customer.created") == 1


async def test_without_a_customer_a_name_is_wanted(office):
    assert await office.create(customer_name=None) == invalid(customer_name="can't be blank")


@pytest.mark.parametrize("name", ["Roberto", "Roberto Lima", "Roberto  de Lima", "Ana María Pérez Soto"])
async def test_a_name_is_shown_as_it_was_said(office, name):
    assert (await office.make(customer_name=name))["customer_name"] == name


# -- K-8, K-9: lists --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("date_from=2026-03-18", [18, 19, 20]),
        ("date_from=2026-03-19", [19, 20]),
        ("date_to=2026-03-18", [17, 18]),
        ("date_from=2026-03-18&date_to=2026-03-19", [18, 19]),
        ("date_from=2026-03-18T23:59:59Z", [18, 19, 20]),
        ("date_to=2026-03-19T00:00:00Z", [17, 18, 19]),
        ("date_to=2026-03-19T01:00:00%2B01:00", [17, 18, 19]),
        ("date_to=2026-03-19T01:00:00+01:00", [17, 18, 19]),
        ("date_from=2026-03-21", []),
    ],
)
async def test_the_bounds_of_a_list_count_and_a_date_is_the_whole_day_in_utc(office, query, days):
    for when in ("17T12:00:00", "18T23:59:59", "19T00:00:00", "20T12:00:00"):
        await office.make(scheduled_at=f"2026-03-{when}Z")

    assert [int(one["scheduled_at"][8:10]) for one in await office.listed(query)] == days


async def test_a_list_is_filtered_by_status_user_and_department(office):
    first = await office.make()
    second = await office.make(user_id=to_uuid(MARIA), department_id=to_uuid(SALES))
    await bring(office, second, "confirm")

    async def ids(query):
        return [one["id"] for one in await office.listed(query)]

    assert await ids("status=scheduled") == await ids(f"user_id={to_uuid(JOAO)}") == [first["id"]]
    assert await ids("status=confirmed") == await ids(f"department_id={to_uuid(SALES)}") == [second["id"]]
    assert await ids(f"department_id={to_uuid(SALES)}&status=scheduled") == []
    assert await ids("status=&user_id=&date_from=&page=&sort_by=") == await ids("")


async def test_pages_and_sizes_beyond_their_bounds_are_the_nearest(office):
    for day in (10, 11, 12):
        await office.make(scheduled_at=f"2026-03-{day}T12:00:00Z")

    async def meta(query):
        status, body = await office.ask("GET", f"{APPOINTMENTS}?{query}")
        assert status == 200
        return (*body["meta"].values(), len(body["data"]))

    assert await meta("page_size=2") == (1, 2, 2, 3, 2)
    assert await meta("page=2&page_size=2") == (2, 2, 2, 3, 1)
    assert await meta("page=3&page_size=2") == (3, 2, 2, 3, 0)
    assert await meta("page=0&page_size=0") == (1, 1, 3, 3, 1)
    assert await meta("page=-5&page_size=101") == (1, 100, 1, 3, 3)
    assert await meta("status=cancelled") == (1, 20, 1, 0, 0)


@pytest.mark.parametrize(
    "query", ["page=x", "page_size=1.5", "page=" + "9" * 40, "sort_by=id", "sort_order=up", "status=active"]
)
async def test_what_a_list_cannot_be_asked_is_told(office, query):
    assert await office.ask("GET", f"{APPOINTMENTS}?{query}") == invalid(**{query.partition("=")[0]: "is invalid"})


async def test_a_list_is_sorted_by_any_of_its_fields(office):
    made = {}
    for name, day, title, minutes in (("a", 12, "Beta", 45), ("b", 10, "Alpha", 60), ("c", 11, "Gamma", 30)):
        made[name] = await office.make(scheduled_at=f"2026-03-{day}T12:00:00Z", title=title, duration_minutes=minutes)
        office.clock.move(minutes=1)
    await bring(office, made["b"], "confirm")
    office.clock.move(minutes=1)
    await bring(office, made["a"], "cancel")

    async def order(query):
        names = {one["id"]: name for name, one in made.items()}
        return "".join(names[one["id"]] for one in await office.listed(query))

    assert await order("") == await order("sort_by=scheduled_at") == "bca"
    assert await order("sort_order=desc") == "acb"
    assert await order("sort_by=inserted_at") == "abc"
    assert await order("sort_by=updated_at") == "cba"
    assert await order("sort_by=title") == "bac"
    assert await order("sort_by=duration_minutes&sort_order=desc") == "bac"
    assert await order("sort_by=status") == "abc"


# -- K-11 is the seed's; K-12: who sees what --------------------------------------------------------------------------


async def test_everybody_sees_everything_unless_told_otherwise(office):
    joao, maria = await office.make(), await office.make(await office.as_("maria"), user_id=to_uuid(MARIA))
    both = {joao["id"], maria["id"]}

    assert {one["id"] for one in await office.listed()} == both
    await office.option(voki_visibility="own")

    assert [one["id"] for one in await office.listed()] == [joao["id"]]
    assert {one["id"] for one in await office.listed(by=await office.as_("sue"))} == both
    for method, rest in (("GET", ""), ("PUT", ""), ("POST", "/confirm")):
        body = {"title": "x"} if method == "PUT" else None
        assert await office.ask(method, f"{APPOINTMENTS}/{maria['id']}{rest}", body) == NOT_FOUND
    assert (await office.ask("GET", conflicts(MARIA)))[1]["data"] == {"has_conflicts": True, "conflicts": []}


# -- K-13: the future -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["2026-03-02T14:59:59Z", "2026-03-02T15:00:00Z", "2001-01-01T00:00:00Z"])
async def test_an_appointment_is_to_come(office, when):
    made = await office.make()
    past = invalid(scheduled_at="must be in the future")

    assert await office.create(scheduled_at=when) == past
    assert await office.change(made, scheduled_at=when) == past
    assert (await office.create(scheduled_at="2026-03-02T15:00:01Z"))[0] == 201


async def test_all_that_is_wrong_with_an_appointment_is_told_at_once(office):
    status, body = await office.ask("POST", APPOINTMENTS, {"appointment": {"duration_minutes": 0, "notes": 5}})

    assert (status, body["errors"]) == (
        422,
        {
            "title": ["can't be blank"],
            "scheduled_at": ["can't be blank"],
            "duration_minutes": ["must be greater than 0"],
            "department_id": ["can't be blank"],
            "customer_name": ["can't be blank"],
            "notes": ["is invalid"],
        },
    )


# -- idempotency, and one's own appointments --------------------------------------------------------------------------


async def test_a_repeated_request_is_given_the_first_answer(office):
    said, headers = {"appointment": ROBERTO}, {"Idempotency-Key": "k"}

    first = await office.ask("POST", APPOINTMENTS, said, headers=headers)
    again = await office.ask("POST", APPOINTMENTS, said, headers=headers)
    other = await office.ask("POST", APPOINTMENTS, {"appointment": {**ROBERTO, "title": "x"}}, headers=headers)
    hers = await office.ask("POST", APPOINTMENTS, said, headers=headers, by=await office.as_("maria"))

    assert (first[0], again) == (201, first)
    assert other == (422, {"errors": {"detail": "The idempotency key was used with another request"}})
    assert hers[1]["data"]["id"] != first[1]["data"]["id"]
    assert len(await office.listed()) == 2


async def test_who_says_no_user_makes_an_appointment_of_his_own(office):
    made = await office.make(await office.as_("maria"))

    assert (made["user_id"], made["user_name"]) == (to_uuid(MARIA), "Maria Souza")


async def test_a_moved_appointment_gives_its_time_back(office):
    made = await office.make()

    await office.change(made, scheduled_at="2026-03-26T09:00:00Z")

    assert (await office.ask("GET", conflicts()))[1]["data"]["has_conflicts"] is False
    later = conflicts(scheduled_at="2026-03-26T09:44:00Z")
    assert (await office.ask("GET", later))[1]["data"]["has_conflicts"] is True

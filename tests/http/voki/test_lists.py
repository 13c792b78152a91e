"""Appointments by their days, pages and order, and who sees whose (K-8, K-9, K-12)."""

import pytest

from qms.domain.ids import to_uuid
from tests.http.voki.asking import NOT_FOUND, bring, conflicts, invalid
from tests.http.voki.conftest import APPOINTMENTS, JOAO, MARIA, SALES


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

"""The booking page: services, days and times, and the form."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from qms.store.schema.booking import appointment
from qms.store.schema.network import account as accounts
from qms.store.schema.network import branch as branches
from qms.store.schema.network import form as forms
from qms.store.schema.work import submission
from tests.http.kiosk.booking import Visitor, give_services, take_over
from tests.http.visits import change, faces

TUESDAY_NINE = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
ANA = "firstname"


@pytest.fixture
async def client(serve, seeded, store):
    """The faces of an account with services."""
    store.write(give_services, seeded=seeded)
    return await serve(faces)


@pytest.fixture
def visitor(client):
    """Somebody with a browser of his own."""
    return Visitor(client)


def appointments(store):
    return store.read(lambda tx: tx.execute(sa.select(appointment).order_by(appointment.c.created_at)).all())


async def test_an_account_lists_what_somebody_gives(visitor):
    page = await visitor.get("/book/acme")

    assert (page.status, page.all("service")) == (200, ["visit", "talk"])
    assert "A talk &lt;b&gt;by&lt;/b&gt; video" in page.text


async def test_an_account_without_services_says_so(serve, seeded):
    page = await Visitor(await serve(faces)).get("/book/acme")

    assert page.status == 200
    assert "You are welcome without an appointment." in page.text


@pytest.mark.parametrize(
    "path", ["/book/nobody", "/book/acme/nothing", "/book/acme/alone", "/book/%00/x", "/book/acme/%ff"]
)
async def test_what_is_not_there_is_a_page_that_says_so(visitor, path):
    page = await visitor.get(path)

    assert page.status == 404
    assert "There is nothing at this address" in page.text


async def test_the_language_is_the_one_asked_for_the_browser_s_or_the_account_s(visitor):
    asked = await visitor.get("/book/acme?lang=ar", **{"Accept-Language": "es"})
    browser = await visitor.get("/book/acme", **{"Accept-Language": "pt"})
    account = await visitor.get("/book/acme", **{"Accept-Language": "xx"})

    assert [page.headers["Content-Language"] for page in (asked, browser, account)] == ["ar", "pt-BR", "es"]
    assert asked.href("service", "visit") == "/book/acme/visit?lang=ar"


async def test_at_first_the_first_free_day_is_shown(visitor):
    page = await visitor.get("/book/acme/visit")

    assert page.one("day") == "2026-03-03"
    assert page.all("date")[:4] == ["2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"]
    assert page.all("slot") == [f"2026-03-03T{hour}:{minute}:00Z" for hour in (12, 13, 14) for minute in ("00", "30")]


async def test_times_are_shown_in_the_zone_that_is_asked_for(visitor):
    page = await visitor.get("/book/acme/visit?zone=Asia%2FTokyo&day=2026-03-03")

    assert page.all("slot")[0] == "2026-03-03T12:00:00Z"
    assert "Times in Tokyo (UTC+9)" in page.text
    assert ">9:00\u202fPM<" in page.text
    assert "zone=Asia%2FTokyo" in page.href("date", "2026-03-04")


async def test_a_zone_that_does_not_exist_is_passed_over(visitor):
    page = await visitor.get("/book/acme/visit?zone=Moon&day=yesterday&month=x&start=now&agent=")

    assert page.status == 200
    assert "Times in Santiago (UTC−3)" in page.text


@pytest.mark.parametrize(
    ("asked", "why", "shown"),
    [
        ("day=2026-03-07", "There are no appointments on that day.", "2026-03-09"),
        ("day=2026-03-01", "That day is over.", "2026-03-03"),
        ("day=2027-03-01", "That day is too far ahead", "2026-03-03"),
        ("month=2026-12", "Nothing is free in that month.", "2026-03-03"),
    ],
)
async def test_a_day_without_free_times_jumps_to_the_next_that_has_some(visitor, asked, why, shown):
    page = await visitor.get(f"/book/acme/visit?{asked}")

    assert why in page.text
    assert page.one("day") == shown


async def test_a_day_that_is_full_is_not_called_closed(visitor, store, seeded):
    for agent in ("ana", "jdoe"):
        for half_hours in range(6):
            take_over(store, seeded, TUESDAY_NINE + timedelta(minutes=30 * half_hours), agent=agent)

    page = await visitor.get("/book/acme/visit?day=2026-03-03")

    assert "That day is fully booked." in page.text
    assert page.one("day") == "2026-03-04"


async def test_where_nothing_is_ever_free_the_page_says_so(visitor, store):
    closed = [{"start": "2026-01-01T00:00", "end": "2027-01-01T00:00", "reason": "works"}]
    store.write(change, table=branches, closures=closed)

    page = await visitor.get("/book/acme/visit")

    assert page.all("slot") == []
    assert "No times are free at the moment" in page.text


async def test_a_closed_day_says_why(visitor, store):
    feast = [{"start": "2026-03-05T00:00", "end": "2026-03-06T00:00", "reason": "a <feast>"}]
    store.write(change, table=branches, closures=feast)

    page = await visitor.get("/book/acme/visit?day=2026-03-05")

    assert "There are no appointments on that day: a &lt;feast&gt;." in page.text
    assert page.one("day") == "2026-03-06"


async def test_a_hold_that_is_none_is_passed_over(visitor, client):
    cookie = {"Cookie": 'turnero_hold="\\000.x"', "Accept": "text/html"}

    response = await client.get("/book/acme/visit", headers=cookie)

    assert response.status == 200


async def test_one_may_choose_with_whom(visitor, store, seeded):
    take_over(store, seeded, TUESDAY_NINE, agent="jdoe")

    anybody = await visitor.get("/book/acme/visit?day=2026-03-03")
    john = await visitor.get(anybody.href("agent", "jdoe") + "&day=2026-03-03")
    nobody = await visitor.get("/book/acme/visit?agent=sue")

    assert anybody.all("agent") == ["ana", "jdoe"]
    assert (anybody.all("slot")[0], john.all("slot")[0]) == ("2026-03-03T12:00:00Z", "2026-03-03T12:30:00Z")
    assert nobody.status == 404


async def test_whom_one_gets_is_not_asked_where_the_service_decides(visitor):
    page = await visitor.get("/book/acme/talk")

    assert page.all("agent") == []


async def test_a_chosen_time_is_kept_while_the_form_is_filled_in(visitor, client, store):
    form = await visitor.choose("talk")

    others = await Visitor(client).get("/book/acme/talk?day=2026-03-03")
    mine = await visitor.get("/book/acme/talk?day=2026-03-03")
    assert appointments(store)[0].state == "held"
    assert form.all("until") == ["2026-03-02T15:10:00+00:00"]
    assert (others.all("slot")[0], mine.all("slot")[0]) == ("2026-03-03T12:30:00Z", "2026-03-03T12:00:00Z")


async def test_to_choose_another_time_gives_the_first_one_up(visitor, client):
    await visitor.choose("talk", 0)
    await visitor.choose("talk", 1)

    others = await Visitor(client).get("/book/acme/talk?day=2026-03-03")

    assert others.all("slot")[:2] == ["2026-03-03T12:00:00Z", "2026-03-03T13:00:00Z"]


async def test_more_time_keeps_it_for_longer_and_loses_nothing(visitor, clock):
    form = await visitor.choose()
    clock.move(minutes=8)

    again = await visitor.send(form.href("action", "more-time"), firstname="Ana", email="half@")

    assert again.all("until") == ["2026-03-02T15:18:00+00:00"]
    assert 'value="Ana"' in again.text
    assert 'value="half@"' in again.text
    assert again.alerts == []


async def test_a_time_that_is_not_kept_any_more_may_still_be_booked(visitor, clock):
    form = await visitor.choose()
    clock.move(minutes=11)

    shown = await visitor.get(form.url.raw_path_qs)
    page = await visitor.send(shown.form, firstname="Ana")

    assert "not kept for you any more" in shown.text
    assert page.one("code")


async def test_the_form_asks_what_the_service_asks(visitor):
    form = await visitor.choose()

    assert [f'name="{name}"' in form.text for name in ("firstname", "email", "age", "why")] == [True] * 4
    assert '<option value="x">X</option>' in form.text


async def test_each_fault_is_said_at_its_field_and_nothing_typed_is_lost(visitor, store):
    form = await visitor.choose()

    page = await visitor.send(form.form, firstname="", email="ana<at>", age="7", why="x")

    assert page.alerts == [
        "3 answers need another look: Nombre Correo Edad",
        "Please fill this in.",
        "Please write an e-mail address, such as ana@example.com.",
        "At least 18.",
    ]
    assert 'value="ana&lt;at&gt;"' in page.text
    assert 'value="7"' in page.text
    assert '<option value="x" selected>' in page.text
    assert [one.state for one in appointments(store)] == ["held"]


async def test_it_is_booked_with_the_answers_and_the_page_shows_the_code(visitor, store):
    page = await visitor.book(email="ana@example.com", why="x")

    (booked,) = appointments(store)
    kept = store.read(lambda tx: tx.execute(sa.select(submission.c["values"])).scalar_one())
    assert (booked.state, booked.origin, booked.starts_at, booked.locale) == ("scheduled", "page", TUESDAY_NINE, "en")
    assert page.one("code") == booked.code
    assert sorted(answer["value"] for answer in kept) == ["Ana", "ana@example.com", "x"]
    assert page.headers["Cache-Control"] == "no-store"


async def test_the_zone_in_which_it_was_booked_is_kept_and_shown(visitor, store):
    times = await visitor.get("/book/acme/visit?day=2026-03-03&zone=Europe%2FMadrid&lang=en")
    form = await visitor.send(times.href("slot", times.all("slot")[0]))
    page = await visitor.send(form.form, firstname="Ana")

    assert appointments(store)[0].timezone == "Europe/Madrid"
    assert "1:00\u202fPM – 1:30\u202fPM" in page.text
    assert "At the branch: Mar 3, 2026, 9:00\u202fAM, Santiago (UTC−3)" in page.text


async def test_sent_twice_it_is_booked_once(visitor, store):
    form = await visitor.choose()

    first = await visitor.send(form.form, firstname="Ana")
    second = await visitor.send(form.form, firstname="Ana")

    assert first.one("code") == second.one("code")
    assert len(appointments(store)) == 1


async def test_who_goes_back_after_booking_sees_the_appointment_and_books_no_second_one(visitor, client, store):
    form = await visitor.choose()
    booked = await visitor.send(form.form, firstname="Ana")

    back = await visitor.get(str(form.url.relative()))
    stranger = await Visitor(client).get(str(form.url.relative()))

    assert (back.one("code"), len(appointments(store))) == (booked.one("code"), 1)
    assert booked.one("code") not in stranger.text

    again = await visitor.choose(nth=1)
    assert 'data-action="book"' in again.text
    await visitor.send(again.form, firstname="Ben")
    assert len(appointments(store)) == 2


async def test_with_a_key_that_somebody_else_has_used_nobody_gets_his_appointment(visitor, store):
    address = "/book/acme/visit?start=2026-03-03T12:00:00Z"
    key = {"Idempotency-Key": "1"}

    first, again = [await visitor.send(address, key, firstname="Ana") for _ in range(2)]
    other = await visitor.send(address, key, firstname="Eve")

    assert first.one("code") == again.one("code")
    assert (other.status, first.one("code") in other.text) == (422, False)
    assert len(appointments(store)) == 1


async def test_a_lost_race_offers_the_times_beside_it_and_keeps_what_was_typed(visitor, clock, store, seeded):
    form = await visitor.choose("visit", 2)
    clock.move(minutes=11)
    for agent in ("ana", "jdoe"):
        take_over(store, seeded, TUESDAY_NINE + timedelta(hours=1), agent=agent)

    lost = await visitor.send(form.form, firstname="Ana")
    other = await visitor.send(lost.href("slot", "2026-03-03T12:30:00Z"), firstname="Ana")
    booked = await visitor.send(other.form, firstname="Ana")

    assert lost.alerts == ["This time has just been taken."]
    assert lost.all("action") == []
    assert lost.all("slot") == [f"2026-03-03T{time}:00Z" for time in ("12:00", "12:30", "13:30", "14:00", "14:30")]
    assert 'value="Ana"' in other.text
    assert booked.one("code")


async def test_a_slot_that_was_taken_while_one_looked_offers_others(visitor, store, seeded):
    page = await visitor.get("/book/acme/talk?day=2026-03-03")
    take_over(store, seeded, TUESDAY_NINE, service="talk")

    lost = await visitor.send(page.href("slot", "2026-03-03T12:00:00Z"))

    assert lost.alerts == ["This time has just been taken."]
    assert "2026-03-03T12:30:00Z" in lost.all("slot")


async def test_a_time_that_has_passed_says_so(visitor):
    page = await visitor.get("/book/acme/visit?start=2026-03-02T12:00:00Z")

    assert page.alerts == ["This time has passed."]
    assert page.all("slot")


async def test_whoever_holds_too_much_has_to_wait(serve, seeded, store):
    store.write(give_services, seeded=seeded)
    visitor = Visitor(await serve(faces, rate_limit=20))

    form = await visitor.choose("visit")
    for _ in range(19):
        await visitor.send(form.href("action", "more-time"))
    page = await visitor.send(form.form, firstname="Ana")

    assert page.status == 429
    assert "Please wait a minute" in page.alerts[0]
    assert 'value="Ana"' in page.text


async def test_every_type_of_field_is_asked_and_checked(visitor, store, seeded):
    def asks(tx):
        options = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
        kinds = ["tel", "url", "date", "number", "textarea", "radio", "multiple", "checkbox", "nps"]
        fields = [
            {"_id": f"{n:024x}", "type": kind, "name": kind, "label": kind, "hint": "A hint", "properties": {},
             "options": options if kind in ("radio", "multiple") else []}
            for n, kind in enumerate(kinds)
        ]  # fmt: skip
        fields[7]["properties"] = {"required": True}
        tx.execute(forms.update().where(forms.c.id == seeded.forms["intake"]).values(fields=fields))
        tx.execute(accounts.update().values(version=accounts.c.version + 1))

    store.write(asks)
    form = await visitor.choose()
    wrong = {"tel": "x", "url": "x", "date": "x", "number": "x", "radio": "z", "multiple": "z", "nps": "11"}
    right = {"tel": "+56 2 2345", "url": "https://x.example", "date": "2026-03-03", "number": "1.5", "radio": "a",
             "multiple": ["a", "b"], "checkbox": "on", "nps": "10", "textarea": "Two\r\nlines"}  # fmt: skip

    faults = await visitor.send(form.form, **wrong)
    booked = await visitor.send(form.form, **right)

    assert len(faults.alerts) == 1 + 8
    assert booked.one("code")
    kept = store.read(lambda tx: tx.execute(sa.select(submission.c["values"])).scalar_one())
    assert json.loads(json.dumps([answer["value"] for answer in kept]))[5:] == ["a", ["a", "b"], True, "10"]


@pytest.mark.parametrize("body", [b"\xff\xfe=%zz&&&", b"a&" * 2000, b"firstname=%00"])
async def test_a_body_that_makes_no_sense_is_an_empty_form(visitor, client, body):
    form = await visitor.choose()

    response = await client.post(form.form, data=body, headers={"Content-Type": "application/x-www-form-urlencoded"})

    assert response.status == 422
    assert 'role="alert"' in await response.text()

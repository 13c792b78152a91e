"""The waitlist's pages: from a day that is full to an appointment, as a browser without scripts has it."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from qms.services.booking import ending
from qms.services.booking.finding import domains_of_appointment
from qms.store.schema.booking import appointment
from qms.store.schema.waitlist import waitlist_entry
from tests.http.kiosk.booking import Visitor, give_services, take_over
from tests.http.visits import faces

TUESDAY_NINE = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
DAY = "2026-03-03"


@pytest.fixture
async def client(serve, seeded, store):
    """The faces of an account whose Tuesday is full."""
    store.write(give_services, seeded=seeded)
    for half_hours in range(6):
        for agent in ("ana", "jdoe"):
            take_over(store, seeded, TUESDAY_NINE + timedelta(minutes=30 * half_hours), agent=agent)
    return await serve(faces)


@pytest.fixture
def visitor(client):
    return Visitor(client)


@pytest.fixture
def other(client):
    return Visitor(client)


def entries(store):
    return store.read(lambda tx: tx.execute(sa.select(waitlist_entry).order_by(waitlist_entry.c.seq)).all())


def cancel_one(store, seeded):
    """Somebody of Tuesday cancels."""
    booked = store.read(
        lambda tx: tx.execute(
            sa.select(appointment.c.id).where(appointment.c.state == "scheduled").order_by(appointment.c.starts_at)
        ).scalar()
    )
    domains = store.read(domains_of_appointment, account=seeded.account, id=booked)
    store.write(ending.cancel, domain=domains, account=seeded.account, appointment=booked)


async def joined(visitor, email="ana@example.com", **more):
    page = await visitor.get(f"/book/acme/visit?day={DAY}")
    form = await visitor.get(page.href("wait", DAY))
    return await visitor.send(form.form, firstname="Ana", email=email, **more)


async def test_a_day_that_is_full_can_be_waited_for(visitor, store):
    page = await visitor.get(f"/book/acme/visit?day={DAY}")
    assert page.all("wait") == [DAY]

    page = await joined(visitor)

    (entry,) = entries(store)
    assert (page.status, page.one("state"), page.one("place")) == (200, "waiting", "1")
    assert page.url.path == f"/book/acme/wait/{entry.link}"
    assert (entry.person, entry.timezone) == ({"firstname": "Ana", "email": "ana@example.com"}, "America/Santiago")


async def test_a_month_with_full_days_names_them_all_the_same(visitor):
    page = await visitor.get("/book/acme/visit")

    assert page.all("wait") == [DAY]
    assert DAY not in page.all("date")


async def test_a_service_that_is_free_every_day_has_no_line(visitor):
    page = await visitor.get("/book/acme/talk?day=2026-03-04")

    assert page.all("wait") == [DAY]  # the same agent, and Tuesday is full for her


async def test_the_second_in_line_sees_it(visitor, other):
    await joined(visitor)

    page = await joined(other, "bea@example.com")

    assert page.one("place") == "2"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"firstname": "", "email": "a@example.com"}, "Please fill this in."),
        ({"firstname": "Ana"}, "Please write an e-mail address or a telephone number."),
        ({"firstname": "Ana", "email": "ana"}, "Please write an e-mail address, such as ana@example.com."),
        ({"firstname": "Ana", "phone": "none"}, "Please write a telephone number, such as +56 2 2345 6789."),
        ({"firstname": "A" * 201, "email": "a@example.com"}, "This is too long."),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_kept(visitor, store, typed, words):
    page = await visitor.send(f"/book/acme/visit/wait?day={DAY}", **typed)

    assert words in page.text
    assert page.alerts == ["1 answer needs another look.", words]
    assert f'value="{typed["firstname"]}"' in page.text
    assert entries(store) == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-04", "There are free times on that day now."),
        ("2026-03-07", "There are no appointments on that day."),
        ("2026-03-01", "That day is over."),
        ("2027-03-02", "That day is too far ahead."),
    ],
)
async def test_a_day_that_needs_no_waiting_says_so(visitor, day, words):
    page = await visitor.send(f"/book/acme/visit/wait?day={day}", firstname="Ana", email="ana@example.com")

    assert page.alerts == [words]


async def test_who_is_in_line_already_is_not_shown_the_link_of_somebody_who_may_be_another(visitor, other, store):
    await joined(visitor)

    page = await joined(other, "ANA@example.com")

    (entry,) = entries(store)
    assert page.alerts[0].startswith("You are in line for that day already.")
    assert entry.link not in page.text


async def test_what_becomes_free_is_offered_taken_and_booked(visitor, store, seeded):
    waiting = await joined(visitor)
    cancel_one(store, seeded)
    offered = await visitor.get(str(waiting.url))
    assert (offered.one("state"), offered.all("action")) == ("offered", ["book", "decline", "leave"])
    assert "We keep this time for you until" in offered.text

    form = await visitor.send(str(waiting.url), do="accept")
    assert 'value="Ana"' in form.text
    booked = await visitor.send(form.form, firstname="Ana")

    assert booked.one("code")
    assert entries(store)[0].state == "accepted"
    after = await visitor.get(str(waiting.url))
    assert after.one("state") == "accepted"
    assert "v-schedule-auth=" in after.text


async def test_where_nothing_is_asked_one_press_books(visitor, store, seeded):
    form = await visitor.get(f"/book/acme/talk/wait?day={DAY}")
    waiting = await visitor.send(form.form, firstname="Ana", phone="+56 9 1234 5678")
    cancel_one(store, seeded)

    booked = await visitor.send(str(waiting.url), do="accept")

    assert booked.one("code")
    assert entries(store)[0].state == "accepted"


async def test_who_declines_waits_on_and_the_next_is_offered_it(visitor, other, store, seeded):
    first, second = await joined(visitor), await joined(other, "bea@example.com")
    cancel_one(store, seeded)

    page = await visitor.send(str(first.url), do="decline")

    assert (page.one("state"), page.one("place")) == ("waiting", "1")
    assert (await other.get(str(second.url))).one("state") == "offered"


async def test_who_leaves_is_gone(visitor, store, seeded):
    waiting = await joined(visitor)

    page = await visitor.send(str(waiting.url), do="leave")
    again = await visitor.send(str(waiting.url), do="leave")

    assert page.one("state") == again.one("state") == "left"
    assert "You have left the line." in page.text


@pytest.mark.parametrize("does", ["accept", "decline", "dance", ""])
async def test_an_answer_to_nothing_shows_how_things_stand(visitor, does):
    waiting = await joined(visitor)

    page = await visitor.send(str(waiting.url), do=does)

    assert (page.status, page.one("state")) == (200, "waiting")


@pytest.mark.parametrize(
    "path",
    [
        "/book/acme/wait/aaaaaaaaaaaaaaaaaaaaaa",
        "/book/nobody/wait/aaaaaaaaaaaaaaaaaaaaaa",
        "/book/acme/no/wait?day=2026-03-03",
        "/book/nobody/visit/wait",
    ],
)
async def test_a_link_that_opens_nothing_is_a_page_that_says_so(visitor, path):
    page = await visitor.get(path)

    assert page.status == 404


async def test_without_a_day_there_are_the_days_to_choose_from(visitor):
    page = await visitor.get("/book/acme/visit/wait")

    assert page.url.path == "/book/acme/visit"


async def test_the_page_speaks_the_language_that_one_joined_in(visitor, other):
    form = await visitor.get(f"/book/acme/visit/wait?day={DAY}&lang=ar")
    waiting = await visitor.send(form.form, firstname="Ana", email="ana@example.com")

    page = await other.get(waiting.url.path, **{"Accept-Language": "xx"})

    assert page.headers["Content-Language"] == "ar"

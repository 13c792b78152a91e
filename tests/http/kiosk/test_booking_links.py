"""What an appointment's links lead to: move, cancel, join, the calendar."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from qms.domain.ids import to_uuid
from qms.services.booking import ending, tokens
from qms.services.booking.finding import domains_of_appointment
from qms.store.schema.booking import appointment
from qms.store.schema.network import account as accounts
from qms.store.schema.network import service as services
from qms.store.schema.work import ticket as tickets
from tests.http.conftest import SECRET_KEY
from tests.http.kiosk.booking import Page, Visitor, give_services, take_over
from tests.http.seed import seed
from tests.http.visits import faces

TUESDAY_NINE = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


@pytest.fixture
async def visitor(serve, seeded, store):
    """Somebody with a browser of his own, and an account with services."""
    store.write(give_services, seeded=seeded)
    return Visitor(await serve(faces))


@pytest.fixture
def links(store):
    """`links("access")`: the link of the one appointment as it stands."""

    def link(kind: tokens.Kind) -> str:
        token = tokens.issue(only(store), kind, secret=SECRET_KEY)
        return f"/book/acme?v-schedule-action={'join' if kind == 'access' else 'modify'}&v-schedule-auth={token}"

    return link


def calendar_in(page: Page) -> str:
    (found,) = re.findall(r'href="([^"]*\.ics[^"]*)"', page.text)
    return unescape(found)


def only(store):
    return store.read(lambda tx: tx.execute(sa.select(appointment)).one())


async def test_it_is_moved_to_another_start_of_the_same_agent(visitor, store, links):
    await visitor.book()
    before = only(store)
    old = links("action")
    page = await visitor.get(old)

    times = await visitor.get(page.href("action", "move"))
    asked = await visitor.get(times.href("slot", "2026-03-03T14:00:00Z"))
    moved = await visitor.send(asked.form, do="move")
    dead = await visitor.get(old)

    after = only(store)
    assert (after.id, after.agent_id, after.starts_at) == (
        before.id,
        before.agent_id,
        TUESDAY_NINE + timedelta(hours=2),
    )
    assert moved.one("code") == before.code
    assert "Your appointment was moved" in moved.text
    assert (dead.status, "This link was for its earlier time." in dead.text) == (410, True)


async def test_its_own_time_does_not_stand_in_its_way(visitor, links):
    await visitor.book("talk")

    times = await visitor.get(links("action") + "&do=move&day=2026-03-03")

    assert times.all("slot")[0] == "2026-03-03T12:00:00Z"


async def test_moving_to_a_start_that_was_just_taken_offers_the_others(visitor, store, seeded, links):
    await visitor.book("talk")
    asked = await visitor.get(links("action") + "&do=move&start=2026-03-03T14:00:00Z")
    take_over(store, seeded, TUESDAY_NINE + timedelta(hours=2), service="talk")

    page = await visitor.send(asked.form, do="move")

    assert page.alerts == ["This time has just been taken. Please choose another one."]
    assert "2026-03-03T13:00:00Z" in page.all("slot")


async def test_it_is_cancelled_once_asked_with_a_reason(visitor, store, links):
    await visitor.book()
    old = links("action")

    asked = await visitor.get((await visitor.get(old)).href("action", "cancel"))
    page = await visitor.send(asked.form, do="cancel", reason=" I am ill ")
    dead = [await visitor.get(old), await visitor.get(links("access"))]

    after = only(store)
    assert (after.state, after.end_reason) == ("cancelled", "I am ill")
    assert "Thank you for letting us know" in page.text
    assert [one.status for one in dead] == [410, 410]
    assert "Nobody expects you." in dead[0].text


async def test_a_reason_that_is_too_long_is_kept_to_be_shortened(visitor, store, links):
    await visitor.book()

    page = await visitor.send(links("action") + "&do=cancel", do="cancel", reason="x" * 1001)

    assert page.alerts == ["The reason is too long: at most 1,000 characters."]
    assert "x" * 1001 in page.text
    assert only(store).state == "scheduled"


async def test_a_link_to_join_changes_nothing(visitor, store, links):
    await visitor.book()

    for do in ("move", "cancel"):
        page = await visitor.send(links("access") + f"&do={do}&start=2026-03-03T14:00:00Z", do=do)

        assert page.all("action") == []
    assert (only(store).state, only(store).starts_at) == ("scheduled", TUESDAY_NINE)


async def test_a_meeting_is_joined_from_five_minutes_before_it_starts(visitor, store, clock, links):
    await visitor.book("talk")
    clock.at = TUESDAY_NINE - timedelta(minutes=6)
    early = await visitor.get(links("access"))
    refused = await visitor.send(links("access"), do="check-in")
    clock.at = TUESDAY_NINE - timedelta(minutes=5)
    now = await visitor.get(links("access"))

    page = await visitor.send(now.url.raw_path_qs, do="check-in")

    ticket = store.read(lambda tx: tx.execute(sa.select(tickets)).one())
    assert (early.all("action"), "You can check in from 8:55\u202fAM on March 3, 2026." in early.text) == ([], True)
    assert refused.alerts == ["It is too early to check in."]
    assert now.all("action") == ["check-in"]
    assert (str(page.url.path), ticket.place, ticket.branch_id) == (f"/t/{ticket.link}", "remote", None)
    assert only(store).state == "checked_in"


async def test_a_visitor_at_the_branch_checks_in_by_his_own_telephone_all_day(visitor, store, clock, seeded, links):
    await visitor.book()
    early = await visitor.get(links("access"))
    clock.at = TUESDAY_NINE - timedelta(hours=3)

    page = await visitor.send(links("access"), do="check-in")
    again = await visitor.get(links("access"))

    ticket = store.read(lambda tx: tx.execute(sa.select(tickets)).one())
    assert "You can check in on the day of the appointment" in early.text
    assert (ticket.place, ticket.branch_id) == ("onsite", seeded.branches["main"])
    assert str(page.url.path) == f"/t/{ticket.link}"
    assert again.all("action") == ["check-in"]


async def test_who_has_a_ticket_is_led_to_it_however_early(visitor, store, clock, links):
    await visitor.book("talk")
    clock.at = TUESDAY_NINE - timedelta(minutes=5)
    ticket = await visitor.send(links("access"), do="check-in")
    clock.at = TUESDAY_NINE - timedelta(minutes=20)

    page = await visitor.get(links("access"))

    assert (page.all("action"), "To my ticket" in page.text) == (["check-in"], True)
    assert (await visitor.send(links("access"), do="check-in")).url.path == ticket.url.path


async def test_long_after_its_end_nobody_joins(visitor, clock, links):
    await visitor.book("talk")
    clock.at = TUESDAY_NINE + timedelta(minutes=61)

    page = await visitor.get(links("access"))
    refused = await visitor.send(links("access"), do="check-in")

    assert (page.status, page.all("action")) == (200, [])
    assert refused.alerts == ["It is too late to check in."]


async def test_who_is_late_sees_his_code_and_the_way_in_by_the_link_for_changes_too(visitor, store, clock, links):
    await visitor.book("talk")
    booked, link = only(store), links("action")
    clock.at = TUESDAY_NINE + timedelta(minutes=1)

    page = await visitor.get(link)
    refused = [await visitor.send(link, do=does) for does in ("move", "cancel")]
    came = await visitor.send(link, do="check-in")

    assert (page.status, page.one("code"), page.all("action")) == (200, booked.code, ["check-in"])
    assert "If you cannot come, please let us know in person." in page.text
    assert [one.alerts for one in refused] == [["The appointment cannot be changed any more."]] * 2
    assert str(came.url.path).startswith("/t/")
    assert only(store).state == "checked_in"


async def test_what_its_agent_does_not_give_any_more_cannot_be_moved(visitor, store, seeded, links):
    await visitor.book("talk")
    asked = await visitor.get(links("action") + "&do=move&start=2026-03-03T14:00:00Z")
    store.write(give_talks_to, seeded=seeded, agents=[seeded.agents["jdoe"]])

    page = await visitor.send(asked.form, do="move")

    assert (page.status, page.alerts) == (200, ["The appointment cannot be changed any more."])


def give_talks_to(tx, *, seeded, agents):
    tx.execute(services.update().where(services.c.key == "talk").values(agent_ids=agents))
    tx.execute(accounts.update().values(version=accounts.c.version + 1))


async def test_what_is_over_has_dead_links(visitor, store, clock, links, seeded):
    await visitor.book("talk")
    booked = only(store)
    domains = store.read(domains_of_appointment, account=seeded.account, id=booked.id)
    clock.at = TUESDAY_NINE
    store.write(ending.complete, domain=domains, account=seeded.account, appointment=booked.id)

    over = await visitor.get(links("access"))

    assert (over.status, "The appointment is over" in over.text) == (410, True)
    assert 'href="/book/acme"' in over.text


@pytest.mark.parametrize("token", ["x", "a.b.c", "é", "\0"])
async def test_a_token_that_is_none_is_explained_too(visitor, token):
    page = await visitor.get(f"/book/acme?v-schedule-action=join&v-schedule-auth={token.encode().hex()}")

    assert page.status == 410
    assert "This link is not valid any more" in page.text


async def test_a_token_of_another_account_opens_nothing(visitor, store, links):
    store.write(seed, slug="other")
    await visitor.book()

    page = await visitor.get(links("action").replace("/book/acme", "/book/other"))

    assert page.status == 410


async def test_videsks_links_work_wherever_the_page_was_referred_to(visitor, links):
    await visitor.book()

    page = await visitor.get(links("action").replace("/book/acme", "/book/acme/visit"))

    assert page.one("code")


async def test_the_calendar_file_says_when_and_where_and_is_newer_after_a_move(visitor, store, links):
    booked = await visitor.book()
    first = await visitor.get(calendar_in(booked))
    await visitor.send(links("action") + "&do=move&start=2026-03-03T14:00:00Z", do="move")
    page = await visitor.get(links("action"))
    second = await visitor.get(calendar_in(page))

    (before,), (after,) = (Calendar.from_ical(one.text).events for one in (first, second))
    assert first.headers["Content-Type"].startswith("text/calendar")
    assert (before["SUMMARY"], before["LOCATION"]) == ("A visit", "Virtual Main branch, 1345 Main Street, CA")
    assert (before.start, before.end) == (TUESDAY_NINE, TUESDAY_NINE + timedelta(minutes=30))
    assert before["UID"] == after["UID"] == to_uuid(only(store).id)
    assert int(str(before["SEQUENCE"])) < int(str(after["SEQUENCE"]))
    assert b"DTSTART:20260303T120000Z" in first.text.encode()

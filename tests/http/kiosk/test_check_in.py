"""Checking in to an appointment at the kiosk."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from qms.services.check_in_codes import code_in
from qms.store.schema.booking import appointment
from qms.store.schema.network import account, service
from qms.store.schema.network import kiosk as kiosks
from qms.store.schema.work import ticket as tickets
from tests.clock import MONDAY_NOON
from tests.http.visits import Branch, change

RULES = {"early_minutes": 15, "grace_minutes": 10, "credit_minutes": 15}


@pytest.fixture
def book(store, seeded):
    """`book(minutes=20, state="scheduled")`: an appointment so long from noon, with the code ABC-123."""

    def book(minutes: float = 20, state: str = "scheduled") -> None:
        store.write(booked, seeded=seeded, starts_at=MONDAY_NOON + timedelta(minutes=minutes), state=state)

    return book


def booked(tx, *, seeded, starts_at, state: str) -> None:
    of_account = {"account_id": seeded.account, "queue_id": seeded.queues["caja"]}
    visit = {"id": "5" * 24, "key": "visit", "title": "Visit", "description": "", "automatic": False, "agent_ids": []}
    tx.execute(service.insert(), {**of_account, **visit, "rules": RULES})
    tx.execute(
        appointment.insert(),
        {
            "id": "6" * 24,
            "account_id": seeded.account,
            "service_id": "5" * 24,
            "branch_id": seeded.branches["main"],
            "origin": "page",
            "state": state,
            "title": "Visit",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=30),
            "wall_start": "",
            "wall_zone": "America/Santiago",
            "timezone": "America/Santiago",
            "tz_version": "",
            "anchor": "utc",
            "code": "ABC-123",
            "locale": "pt-BR",
            "data": {},
            "created_at": tx.now,
            "updated_at": tx.now,
        },
    )
    tx.execute(account.update().values(version=account.c.version + 1))


async def check_in(branch: Branch, kiosk: str, code: str = "ABC-123"):
    response = await branch.client.post(f"{kiosk}/check-in", json={"code": code})
    return response.status, await response.json()


@pytest.mark.parametrize("code", ["nobody", "\0", "https://[", "/", "x" * 500])
async def test_an_unknown_code_is_not_found(branch, kiosk, code):
    status, answer = await check_in(branch, kiosk, code)

    assert (status, answer["kind"]) == (404, "appointment")


async def test_a_code_gives_a_ticket_with_the_appointments_place_in_line(branch, kiosk, book, store):
    book(minutes=20)
    await branch.arrive()

    status, answer = await check_in(branch, kiosk)

    ticket, booked = (
        store.read(of_id, table=tickets, id=answer["id"]),
        store.read(of_id, table=appointment, id="6" * 24),
    )
    assert (status, answer["queue"]["key"], answer["ahead"]) == (201, "caja", 1)
    assert ticket.key == MONDAY_NOON + timedelta(minutes=5)
    assert ticket.eligible_from == MONDAY_NOON + timedelta(minutes=5)
    assert (ticket.appointment_id, ticket.source, ticket.language) == (booked.id, "appointment", "pt-BR")
    assert (booked.state, booked.ticket_id, booked.ver) == ("checked_in", ticket.id, 1)


def of_id(tx, *, table: sa.Table, id: str):
    return tx.execute(sa.select(table).where(table.c.id == id)).first()


async def test_checking_in_twice_gives_the_same_ticket(branch, kiosk, book):
    book()

    first, second = await check_in(branch, kiosk), await check_in(branch, kiosk)

    assert first == second


async def test_who_is_in_line_at_another_branch_is_told_where(branch, kiosk, book, store, seeded):
    book()
    for table in (appointment, service):
        store.write(change, table=table, queue_id=seeded.queues["tramites"])
    store.write(change, table=appointment, branch_id=None)
    status, first = await check_in(branch, kiosk)
    store.write(change, table=kiosks, branch_id=seeded.branches["north"])

    refused, answer = await check_in(branch, kiosk)

    assert (status, refused, answer["winner"], answer["branch"]) == (201, 409, "another branch", "Virtual Main branch")
    store.write(change, table=kiosks, branch_id=seeded.branches["main"])
    assert (await check_in(branch, kiosk))[1]["id"] == first["id"]


async def test_who_comes_late_is_a_walk_in(branch, kiosk, book, store):
    book(minutes=-11, state="no_show")

    _, answer = await check_in(branch, kiosk)

    assert store.read(of_id, table=tickets, id=answer["id"]).key == MONDAY_NOON


async def test_on_another_day_nobody_is_checked_in(branch, kiosk, book):
    book(minutes=24 * 60)

    status, answer = await check_in(branch, kiosk)

    assert (status, answer["winner"]) == (409, "another day")


async def test_a_cancelled_appointment_has_no_code_any_more(branch, kiosk, book):
    book(state="cancelled")

    status, _ = await check_in(branch, kiosk)

    assert status == 404


@pytest.mark.parametrize("typed", ["abc123", "abc 123", "A B C 1 2 3", "ABC\u2013123"])
async def test_the_hyphen_of_a_code_may_be_left_out_or_be_something_else(branch, kiosk, book, typed):
    book()

    status, answer = await check_in(branch, kiosk, typed)

    assert (status, answer["number"]) == (201, "C001")


async def test_a_link_to_join_may_lead_to_a_long_address(branch, kiosk):
    status, answer = await check_in(branch, kiosk, f"https://bank.example/?{'x' * 4096}&v-schedule-auth=a.b.c")

    assert (status, answer["kind"]) == (404, "appointment")


@pytest.mark.parametrize(
    "text",
    ["abc-123", "  ABC-123\n", "https://turnero.example/q/abc-123?lang=es#x", "/c/ABC-123/", "HTTPS://X/ABC-123"],
)
def test_a_code_is_found_in_what_was_typed_or_scanned(text):
    assert code_in(text) == "ABC-123"

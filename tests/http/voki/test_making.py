"""What an appointment is made of: ids, a customer, a time to come, once for each key (K-5, K-7, K-13)."""

import pytest

from qms.domain.ids import to_uuid
from tests.http.voki.asking import NOT_FOUND, invalid
from tests.http.voki.conftest import APPOINTMENTS, MARIA, NOBODY, ROBERTO


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


@pytest.mark.parametrize(("said", "minutes"), [("45", 45), (" 7 ", 7), (45, 45), ("", 30), (None, 30)])
async def test_a_number_may_be_spelled_out_as_forms_do(office, said, minutes):
    status, body = await office.create(duration_minutes=said)

    assert (status, body["data"]["duration_minutes"]) == (201, minutes)


@pytest.mark.parametrize("said", ["7.5", "half an hour", 7.5, True, [30]])
async def test_what_is_no_whole_number_is_refused(office, said):
    assert await office.create(duration_minutes=said) == invalid(duration_minutes="is invalid")


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

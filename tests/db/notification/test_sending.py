"""Messages about appointments: who is told what, once, in which words, and nothing that is not so any more."""

from datetime import date

import pytest

from qms.domain.customer import Person
from qms.services.booking.told import appointment_event
from qms.store import appointments
from tests.db.booking.clinic import on

WEDNESDAY = date(2026, 3, 4)
EVA = Person(firstname="Eva", lastname="Soto", email="eva@mail.example", phone="+56 9 6123 4567")


@pytest.fixture
def book(clinic):
    """Eva books a visit with Ana on Wednesday at ten."""

    def book(**more):
        wish = {"person": EVA, "locale": "en", **more}
        return clinic.book(on("10:00", WEDNESDAY), "single", **wish)

    return book


async def test_visitor_and_agent_are_told_of_a_booking(book, post, sending):
    booked = book()

    async with sending(post.url):
        mails = {mail.to: mail for mail in await post.wait_for(2)}

    to_eva, to_ana = mails["eva@mail.example"], mails["ana@clinic.example"]
    assert to_eva.subject == "Your appointment on Wednesday, March 4, 2026, 10:00 AM"
    assert "Hello Eva," in to_eva.text
    assert "With: Ana Rojas" in to_eva.text
    assert "/book/clinic?v-schedule-action=join&v-schedule-auth=" in to_eva.text
    assert (to_eva.sender, to_eva.message["From"]) == ("desk@acme.example", "clinic <desk@acme.example>")
    assert booked.code in to_eva.html
    assert "With: Eva Soto" in to_ana.text
    assert "v-schedule-auth" not in to_ana.text


async def test_the_appointment_comes_for_the_calendar_and_is_replaced_and_taken_back(clinic, book, post, sending):
    booked = book()

    async with sending(post.url):
        await post.wait_for(2)
        clinic.move(booked, on("11:00", WEDNESDAY))
        await post.wait_for(4)
        clinic.cancel(booked, "ill")
        mails = await post.wait_for(6)

    to_eva = [mail for mail in mails if mail.to == "eva@mail.example"]
    events = [(mail.calendar["METHOD"], next(iter(mail.calendar.walk("VEVENT")))) for mail in to_eva]
    assert [method for method, _ in events] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({event["UID"] for _, event in events}) == 1
    sequences = [int(event["SEQUENCE"]) for _, event in events]
    assert sequences == sorted(set(sequences))
    assert [event["STATUS"] for _, event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert events[1][1].decoded("DTSTART") == on("11:00", WEDNESDAY)
    assert str(events[0][1]["ATTENDEE"]) == "mailto:eva@mail.example"
    assert "Reason: ill" in to_eva[2].text


async def test_what_was_moved_before_it_was_sent_is_told_once_with_its_new_time(clinic, book, post, sending, messages):
    booked = book()
    clinic.move(booked, on("11:00", WEDNESDAY))

    async with sending(post.url):
        mails = await post.wait_for(2)

    assert {mail.subject.split(" ")[-2] for mail in mails} == {"2026,"} or all(
        "11:00" in mail.subject for mail in mails
    )
    states = {(one.kind, one.state) for one in messages()}
    assert states == {("CREATE", "stale"), ("RESCHEDULE", "sent")}


async def test_nobody_is_reminded_of_what_was_cancelled_meanwhile(clinic, book, post, sending, until, clock):
    booked = book()
    clock.move(hours=22)
    clinic.run_timers()
    clinic.cancel(booked)

    async with sending(post.url):
        rows = await until(lambda rows: all(one.state != "pending" for one in rows))

    assert {(one.kind, one.state) for one in rows} == {
        ("CREATE", "stale"),
        ("REMINDER", "stale"),
        ("CANCELLED", "sent"),
    }


async def test_everybody_is_reminded_when_the_service_says(clinic, book, post, sending, clock):
    book()

    async with sending(post.url):
        await post.wait_for(2)
        clock.move(hours=22)
        clinic.run_timers()
        await post.wait_for(4)
        clock.move(hours=23)
        clinic.run_timers()
        mails = await post.wait_for(6)

    assert [mail.subject.startswith("Reminder: ") for mail in mails] == [False, False, True, True, True, True]
    assert all(mail.calendar is None for mail in mails[2:])


@pytest.mark.parametrize(
    ("locale", "subject"),
    [("es-CL", "Su cita"), ("fr-CA", "Votre rendez-vous"), ("de", "Ihr Termin am Mittwoch, 4. März 2026")],
)
async def test_visitors_are_told_in_their_language_and_agents_in_the_accounts(book, post, sending, locale, subject):
    book(locale=locale, timezone="Europe/Madrid")

    async with sending(post.url):
        mails = {mail.to: mail for mail in await post.wait_for(2)}

    assert subject in mails["eva@mail.example"].subject
    assert "10:00" in mails["ana@clinic.example"].subject
    assert mails["ana@clinic.example"].subject.startswith("New appointment on Wednesday")


async def test_without_a_mail_server_messages_wait_and_say_why(book, sending, until, post, clock):
    book()

    async with sending(None):
        rows = await until(lambda rows: all(one.last_error for one in rows))
    async with sending(post.url):
        mails = await post.wait_for(2)

    assert {(one.state, one.last_error, one.attempts) for one in rows} == {("pending", "no_sender", 0)}
    assert len(mails) == 2


async def test_what_a_server_puts_off_is_tried_again_and_what_it_refuses_is_given_up(book, post, sending, until, clock):
    book()
    post.answer = lambda envelope: "451 later" if "eva" in envelope.rcpt_tos[0] else "554 never"

    async with sending(post.url):
        before = await until(lambda rows: all(one.attempts for one in rows))
        post.answer = "250 taken"
        clock.move(seconds=20)
        after = await until(lambda rows: any(one.state == "sent" for one in rows))

    assert {(one.recipient, one.state, one.last_error) for one in before} == {
        ("ana@clinic.example", "dead", "refused_554"),
        ("eva@mail.example", "pending", "deferred_451"),
    }
    assert {(one.recipient, one.state) for one in after} == {
        ("ana@clinic.example", "dead"),
        ("eva@mail.example", "sent"),
    }


async def test_a_message_is_put_down_once_for_a_version_and_recipient(clinic, book, messages):
    booked = book()

    clinic.of(_told_again, booked)

    assert [(one.kind, one.recipient) for one in messages()] == [
        ("CREATE", "ana@clinic.example"),
        ("CREATE", "eva@mail.example"),
    ]


def _told_again(tx, *, account, appointment):
    booked = appointments.get(tx, appointment)
    assert booked is not None
    appointment_event(tx, "created", booked)

"""What messages say: in the appointment's own words, the account's, or ours; and nothing that somebody slipped in."""

import re
from datetime import date

import pytest

from qms.domain.customer import Person
from qms.services import sender_verification
from qms.services.booking import attendance
from tests.db.booking.clinic import on
from tests.db.notification.conftest import MAILBOXES

WEDNESDAY = date(2026, 3, 4)
HOSTILE = Person(
    firstname="Eva\r\nBcc: all@mail.example\r\n\r\n{{roomLink}}",
    lastname="<script>alert(1)</script>=cmd|' /C calc'!A0\u202e",
    email="eva@mail.example",
    phone="+56 9 6123 4567",
)


def notification(kind="CREATE", channel="EMAIL", **more):
    return {"type": kind, "channel": channel, "textBody": "x", **more}


@pytest.fixture
def meet(clinic):
    """Staff of another system makes an appointment, with words of its own."""

    def meet(*notifications, person=HOSTILE, **more):
        data = {"notifications": list(notifications), "notificationsActive": True, **more.pop("data", {})}
        given = {"origin": "auvious", "timezone": "Europe/Berlin", "locale": "de_DE", "person": person, **more}
        return clinic.meet("10:00", data=data, **given)

    return meet


async def test_own_words_are_filled_in_once_in_the_appointments_zone_and_language(meet, post, sending):
    words = "{{firstName}} {{lastName}} {{dd-MM-yyyy}} {{time24}} {{time12}} {{zone}} {{EEEE d. MMMM}} {{unknown}}"
    meet(
        notification(subject="Termin {{firstName}} {{time24}}", textBody=words, htmlBody="<b>{{lastName}}</b>"),
        person=Person(firstname="{{roomLink}}", lastname="{{time24}}", email="eva@mail.example"),
        agents=(),
    )

    async with sending(post.url):
        (mail,) = await post.wait_for(1)

    assert mail.text.strip() == ("{{roomLink}} {{time24}} 03-03-2026 14:00 2:00 PM CET Dienstag 3. März {{unknown}}")
    assert mail.subject == "Termin {{roomLink}} 14:00"
    assert "<b>{{time24}}</b>" in mail.html


async def test_no_name_makes_a_header_a_tag_or_a_second_line(meet, post, sending):
    meet(
        notification(
            subject="For {{firstName}}", textBody="Dear {{firstName}} {{lastName}},", htmlBody="<p>{{lastName}}</p>"
        ),
        agents=(),
    )

    async with sending(post.url):
        (mail,) = await post.wait_for(1)

    assert mail.message["Bcc"] is None
    assert mail.subject == "For Eva Bcc: all@mail.example {{roomLink}}"
    assert mail.text.strip().splitlines() == [
        "Dear Eva Bcc: all@mail.example {{roomLink}} <script>alert(1)</script>=cmd|' /C calc'!A0,"
    ]
    assert "<script" not in mail.html
    assert "&lt;script&gt;" in mail.html


async def test_our_own_words_make_names_harmless_too(clinic, post, sending):
    clinic.book(on("10:00", WEDNESDAY), "single", person=HOSTILE, locale="en")

    async with sending(post.url):
        mails = await post.wait_for(2)

    for mail in mails:
        assert mail.message["Bcc"] is None
        assert "<script" not in mail.html
        assert "\u202e" not in mail.text
        assert not any(line.startswith("Bcc") for line in mail.text.splitlines())
    entry = next(iter(mails[0].calendar.walk("VEVENT")))
    assert set(entry.keys()) >= {"UID", "SEQUENCE", "DTSTART", "DTEND", "ORGANIZER", "ATTENDEE"}


async def test_a_link_to_the_room_leads_there_before_it_is_opened(meet, post, sending, clinic):
    meet(notification(textBody="{{roomLink}}"), agents=())

    async with sending(post.url):
        (mail,) = await post.wait_for(1)

    assert mail.text.startswith("https://desk.example/q/")


async def test_everybody_who_takes_part_is_told_in_the_same_words(meet, post, sending):
    meet(notification(textBody="for {{firstName}}"))

    async with sending(post.url):
        mails = await post.wait_for(2)

    assert {mail.text.split()[1] for mail in mails} == {"Ana", "Eva"}


@pytest.mark.parametrize(
    ("data", "said"), [({"notificationsActive": False}, False), ({"notifications": []}, False), ({}, True)]
)
def test_what_is_switched_off_or_has_no_words_is_not_told(meet, messages, data, said):
    meet(notification(), data=data)

    assert bool(messages()) is said


async def test_reminders_go_by_their_own_periods_where_five_m_is_five_minutes(meet, clinic, post, sending, clock):
    words = (
        notification("REMINDER", textBody="a day", period="P1D"),
        notification("REMINDER", textBody="five", period="P5M"),
    )
    meet(*words, data={"reminders": ["PT5M"]}, agents=())

    async with sending(post.url):
        clock.move(hours=21, minutes=56)
        clinic.run_timers()
        (mail,) = await post.wait_for(1)

    assert mail.text.strip() == "five"


async def test_whoever_has_gone_is_given_no_way_in(meet, clinic, post, sending):
    words = notification("CANCELLED", textBody="[{{roomLink}}{{joinLink}}{{cancelLink}}]")
    booked = meet(words, agents=())
    how = {"account": clinic.account, "appointment": booked.id}
    clinic.store.write(attendance.send_away, domain=clinic.domains, participant=booked.customer_id, **how)

    async with sending(post.url):
        (mail,) = await post.wait_for(1)

    assert mail.text.strip() == "[]"


ACCOUNT = """
[messages]
from = "Acme Clinic <hello@clinic.example>"
reply_to = "help@clinic.example"
agents = false

[[messages.template]]
kind = "CREATE"
subject = "{{title}}: {{dd/MM}}"
text = "any language"

[[messages.template]]
kind = "CREATE"
language = "es"
subject = "{{title}}"
text = "en español: {{moveLink}}"
"""


async def test_the_accounts_words_come_before_ours_in_the_nearest_language(clinic, post, sending):
    clinic.apply(MAILBOXES + ACCOUNT)
    clinic.book(on("10:00", WEDNESDAY), "single", person=Person(email="eva@mail.example"), locale="es-CL")
    clinic.book(on("11:00", WEDNESDAY), "single", person=Person(email="udo@mail.example"), locale="de")

    async with sending(post.url):
        mails = {mail.to: mail for mail in await post.wait_for(2)}

    assert mails["eva@mail.example"].text.startswith("en español: https://desk.example/book/clinic?")
    assert mails["udo@mail.example"].subject == "A visit: 04/03"
    assert mails["udo@mail.example"].message["Reply-To"] == "help@clinic.example"


async def test_the_accounts_own_address_is_used_once_it_is_proved(clinic, post, sending):
    clinic.apply(MAILBOXES + ACCOUNT)
    where, _ = clinic.store.write(sender_verification.start, account=clinic.account)

    async with sending(post.url):
        (code_mail,) = await post.wait_for(1)
        (code,) = set(re.findall(r"\b\d{6}\b", code_mail.text))
        clinic.store.write(sender_verification.confirm, account=clinic.account, code=code)
        clinic.book(on("10:00", WEDNESDAY), "single", person=Person(email="eva@mail.example"))
        mails = await post.wait_for(2)

    assert (where, code_mail.to, code_mail.sender) == (
        "hello@clinic.example",
        "hello@clinic.example",
        "desk@acme.example",
    )
    assert code in code_mail.subject
    assert mails[1].message["From"] == "Acme Clinic <hello@clinic.example>"
    assert mails[1].sender == "hello@clinic.example"

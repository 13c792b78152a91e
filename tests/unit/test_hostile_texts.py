"""Hostile texts stay texts: in pages, letters, headers, tables and calendars."""

import csv
import html
import io
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import openpyxl
import pytest
from icalendar import Calendar

from acd.notification.mail import mail, one_line
from desk.reports.files import as_csv, as_workbook
from desk.reports.tables import Column, Table
from desk.reports.writing import Writer
from qms.domain.message import Message, Wording
from qms.domain.placeholders import filled
from qms.domain.spreadsheet import defused
from qms.domain.templates import TemplateProblem
from qms.domain.templates.places import Cells, Header, Markup
from qms.services.booking.calendar_entries import CalendarEntry, written
from qms.services.notification.letters import Letter
from qms.web.pages.languages import ENGLISH
from tests.hostile import CALENDARS, FORMULAS, LINES, MARKUP, TEMPLATES
from tests.markup import Elements

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVERYTHING = (*MARKUP, *TEMPLATES, *FORMULAS, *LINES, *CALENDARS)


def cell(place, text):
    place.value(text)
    return place.text()


def test_the_corpora_are_as_large_as_is_said():
    sizes = [len(set(corpus)) for corpus in (MARKUP, TEMPLATES, FORMULAS, LINES, CALENDARS)]

    assert sizes == [62, 22, 22, 17, 13]


@pytest.mark.parametrize("text", EVERYTHING)
def test_what_is_put_into_markup_is_one_text_and_one_attribute(text):
    ours = filled('<p title="{{a}}">{{a}}</p>', {"a": text}, start=NOON, where=UTC, markup=True)
    place = Markup()
    theirs = f'<p title="{cell(place, text)}">{cell(Markup(), text)}</p>'

    for page in (ours, theirs):
        found = Elements(page)
        assert [(tag, [name for name, _ in attributes]) for tag, attributes in found.elements] == [("p", ["title"])]
        assert found.elements[0][1][0][1] == text
        assert "".join(found.texts) == text


@pytest.mark.parametrize("text", TEMPLATES)
def test_what_is_no_placeholder_of_ours_stays_as_it_is_and_no_value_is_filled_in_again(text):
    values = {"firstName": "Eve"}

    said = filled(text, values, start=NOON, where=UTC)
    within = filled("{{firstName}}", {"firstName": text}, start=NOON, where=UTC)

    assert said == text.replace("{{firstName}}", "Eve")
    assert within == text


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_any_table_is_a_formula(text):
    columns = [Column(name="queue", word="Queue", kind="text")]
    table = Table(name="queues", columns=columns, rows=[[text]])

    rows = list(csv.reader(io.StringIO(as_csv(table).removeprefix("\ufeff"), newline="")))
    book = openpyxl.load_workbook(io.BytesIO(as_workbook([table], Writer(ENGLISH))))
    (theirs,) = next(csv.reader(io.StringIO(cell(Cells(), text), newline="")))

    assert rows == [["queue"], [defused(text)]]
    assert book.worksheets[0]["A2"].data_type == "s"
    assert {rows[1][0][0], book.worksheets[0]["A2"].value[0], theirs[0]} == {"'"}


@pytest.mark.parametrize("text", [*LINES, *MARKUP])
def test_no_text_adds_a_header_or_a_recipient_to_a_letter(text):
    told = Message(
        id="a" * 24, account_id=None, kind="email", channel="EMAIL", recipient="eve@mail.example",
        created_at=NOON, due_at=NOON,
    )  # fmt: skip
    wording = Wording(subject=text, text=text, html=f"<p>{html.escape(text)}</p>")

    sent = mail(Letter(message=told), wording, sender='"Turnero" <no-reply@turnero.example>', at=NOON)
    read = message_from_bytes(sent.content, policy=default)

    assert sorted(set(read.keys())) == sorted(
        ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"]
    )
    assert (read["To"], sent.recipient) == ("eve@mail.example", "eve@mail.example")
    assert len(one_line(text).splitlines()) <= 1


@pytest.mark.parametrize("text", [line for line in LINES if any(ord(letter) < 32 for letter in line.strip(" \t"))])
def test_a_customer_s_header_of_several_lines_is_refused(text):
    place = Header()
    place.value(text)

    with pytest.raises(TemplateProblem):
        place.text()


@pytest.mark.parametrize("text", [*CALENDARS, *LINES, *MARKUP])
def test_no_text_adds_anything_to_an_entry_of_a_calendar(text):
    entry = CalendarEntry(
        account_id="a" * 24, id="b" * 24, summary=text, description=text, location=text, starts_at=NOON,
        ends_at=NOON + timedelta(hours=1), timezone="UTC", created_at=NOON, updated_at=NOON, sequence=1,
    )  # fmt: skip
    harmless = {"SUMMARY", "DESCRIPTION", "LOCATION", "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "DTSTART"}

    file = written(entry, "PUBLISH")
    calendar = Calendar.from_ical(file)
    names = {line.partition(b":")[0].partition(b";")[0] for line in file.split(b"\r\n") if line[:1] != b" "}

    assert [part.name for part in calendar.walk()] == ["VCALENDAR", "VEVENT"]
    assert set(calendar.events[0].keys()) == harmless | {"DTEND", "SEQUENCE", "STATUS"}
    assert names == {
        name.encode()
        for name in harmless | {"DTEND", "SEQUENCE", "STATUS", "BEGIN", "END", "VERSION", "PRODID", "METHOD", ""}
    }
    assert b"\r" not in file.replace(b"\r\n", b"")
    assert b"\n" not in file.replace(b"\r\n", b"")

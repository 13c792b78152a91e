"""The forms of the network: every field has a name, and what cannot be read comes back as it was written."""

from desk.admin.answers import Unreadable, table_of
from desk.admin.inputs import Drawing
from desk.admin.labels import USUAL
from desk.admin.words import Words
from qms.domain.network_file.fields import fields_of
from qms.domain.network_file.writer import KINDS, SINGLE
from qms.web.pages import SHIPPED


def test_every_field_of_every_kind_has_a_name_and_the_first_ones_exist():
    def names(kind, fields, top=True):
        for field in fields:
            yield kind, field.name, top, field.meaning
            yield from names(kind, field.inside, False)

    words = Words(SHIPPED[0])
    nameless = [
        (kind, name)
        for kind in (*SINGLE, *KINDS)
        for kind, name, top, meaning in names(kind, fields_of(kind))
        if not meaning and words.label(kind, name, top=top) == name
    ]

    assert nameless == []
    assert all(USUAL[kind] <= {field.name for field in fields_of(kind)} for kind in USUAL)


def test_what_cannot_be_read_is_kept_as_it_was_written():
    fields = fields_of("branch")

    table = table_of(fields, {"location": ["[1, 2"], "hours.mon": ["09:00-10:00 11:00-12:00"], "timezone": [" UTC "]})
    shown = Drawing(words=Words(SHIPPED[0]), kind="branch", document={}).inputs(fields, table)

    assert table == {"timezone": "UTC", "location": "[1, 2", "hours": {"mon": ["09:00-10:00", "11:00-12:00"]}}
    assert isinstance(table["location"], Unreadable)
    assert {one.name: one.text for one in shown}["location"] == "[1, 2"

"""A letter as an e-mail: the account's logo comes along, and nothing is asked for elsewhere."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

from acd.notification.mail import mail
from kiosk.messages.layout import laid_out
from qms.domain.message import Message
from qms.services.logos import Logo
from qms.services.notification.letters import Letter
from qms.web.pages.languages import ENGLISH

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LOGO = Logo(content_type="image/png", content=b"\x89PNG...")
TOLD = Message(
    id="a" * 24, account_id=None, kind="email", channel="EMAIL", recipient="eve@mail.example", created_at=NOON,
    due_at=NOON,
)  # fmt: skip


def sent(logo, *, has_logo=True):
    wording = laid_out(
        ENGLISH,
        subject="Hi",
        greeting="Hello,",
        lead="It is so.",
        facts=[],
        links=[],
        account='Acme "Bank"',
        has_logo=has_logo,
    )
    found = mail(Letter(message=TOLD, logo=logo), wording, sender="no-reply@turnero.example", at=NOON)
    return wording, message_from_bytes(found.content, policy=default)


def test_the_logo_stands_in_the_html_and_the_text_is_as_it_was():
    wording, read = sent(LOGO)

    text, whole = read.iter_parts()
    html, picture = whole.iter_parts()

    assert (read.get_content_type(), whole.get_content_type()) == ("multipart/alternative", "multipart/related")
    assert text.get_content().replace("\r\n", "\n") == wording.text == sent(None, has_logo=False)[0].text
    assert (picture["Content-ID"], picture["Content-Disposition"].split(";")[0]) == ("<logo>", "inline")
    assert picture.get_content() == LOGO.content
    assert 'src="cid:logo" alt="Acme &quot;Bank&quot;"' in html.get_content()
    assert "http" not in html.get_content()


def test_without_a_logo_a_mail_is_text_and_html_alone():
    _, read = sent(None, has_logo=False)

    assert [one.get_content_type() for one in read.iter_parts()] == ["text/plain", "text/html"]

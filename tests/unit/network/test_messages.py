"""How an account writes to people, as the network file says it."""

import pytest

from qms.domain.network_file import NetworkFileErrors, read_network
from qms.services.applying.rows import messages_row

FILE = """
[account]
slug = "acme"
meeting_url = "https://meet.example/{room}"

[messages]
from = "Acme Bank <no-reply@acme.example>"
country = "CL"

[[messages.provider]]
channel = "SMS"
url = "https://sms.example/{{to}}"
headers = { Authorization = "Bearer hush" }

[[messages.template]]
kind = "REMINDER"
language = "es"
subject = "Cita"
text = "Hola"
"""


def test_it_is_kept_as_it_is_said_and_secrets_are_not_shown():
    messages = read_network(FILE, "acme.toml").messages

    row = messages_row(messages)
    assert row is not None
    assert (row["from"], row["country"], row["agents"]) == ("Acme Bank <no-reply@acme.example>", "CL", True)
    assert row["providers"][0]["body"] == '{"to": "{{to}}", "text": "{{text}}"}'
    assert row["templates"][0]["to"] == "customer"
    assert "hush" not in repr(messages)


def test_a_file_that_does_not_say_leaves_all_to_us():
    assert messages_row(read_network('[account]\nslug = "acme"\n', "acme.toml").messages) is None


@pytest.mark.parametrize(
    ("what", "instead", "path", "why"),
    [
        ("{room}", "{rum}", "account.meeting_url", "is not one of room, account"),
        ("<no-reply@acme.example>", "<no-reply>", "messages.from", "an e-mail address"),
        ("no-reply@acme.example", r"a@b.example>\nBcc: <c@d.example", "messages.from", "an e-mail address"),
        ('"CL"', '"Chile"', "messages.country", "two capitals"),
        ('"SMS"', '"EMAIL"', "messages.provider[0].channel", "TURNERO_SMTP_URL"),
        ('"SMS"', '"sms"', "messages.provider[0].channel", "in capitals"),
        ("https://sms", "ftp://sms", "messages.provider[0].url", "http or https"),
        ("Authorization", "Content-Type", "messages.provider[0].headers.Content-Type", "set by the sender"),
        ('"REMINDER"', '"REMIND"', "messages.template[0].kind", "REMINDER"),
        ('subject = "Cita"', "", "messages.template[0]", "subject is missing"),
        ('text = "Hola"', "", "messages.template[0]", "text is missing"),
        ("text =", "body =", "messages.template[0].body", "unknown key"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(what, instead, path, why):
    with pytest.raises(NetworkFileErrors) as refused:
        read_network(FILE.replace(what, instead, 1), "acme.toml")

    assert any(problem.path == path and why in problem.message for problem in refused.value.problems)

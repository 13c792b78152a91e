"""The mail server as an operator names it."""

import pytest

from acd.notification.mailbox import SmtpServer


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("smtp://mail.example", ("mail.example", 25, "offered", None, None, None, 8)),
        ("smtp+starttls://u%40x:p%3Aw@mail.example", ("mail.example", 587, "required", "u@x", "p:w", None, 8)),
        (
            "smtps://u:p@mail.example:4650?from=no@x.example&connections=2",
            ("mail.example", 4650, "implicit", "u", "p", "no@x.example", 2),
        ),
    ],
)
def test_an_address_says_where_how_and_as_whom(url, said):
    server = SmtpServer.parse(url)

    found = (server.host, server.port, server.tls, server.username, server.password, server.sender, server.connections)
    assert found == said
    assert "p:w" not in repr(server)


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("http://mail.example", "begins with smtp://"),
        ("smtp://", "begins with smtp://"),
        ("smtp://mail.example?form=x", "form is unknown"),
        ("smtp://mail.example?connections=0", "from 1 to 64"),
        ("smtp://mail.example?connections=many", "from 1 to 64"),
    ],
)
def test_anything_else_is_refused(url, wrong):
    with pytest.raises(ValueError, match=wrong):
        SmtpServer.parse(url)

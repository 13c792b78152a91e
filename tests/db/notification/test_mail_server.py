"""The mail server: logged in to, lost and found again, and asked with few connections."""

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from qms.services import messages
from tests.post import Post


def put(clinic, *recipients):
    for recipient in recipients:
        clinic.store.write(
            messages.put,
            account=clinic.account,
            kind="email_test",
            channel="EMAIL",
            recipient=recipient,
            data={"subject": "Hello", "text": "Hello\n.\n..dots"},
        )


def knows(server, session, envelope, mechanism, given):
    """Whether somebody may send."""
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (b"desk", b"p@ss:word")
    return AuthResult(success=right, handled=False)


@pytest.mark.filterwarnings("ignore:Requiring AUTH", "ignore:Session.login_data")  # the server's, about itself
@pytest.mark.parametrize(("password", "state"), [("p%40ss%3Aword", "sent"), ("wrong", "pending")])
async def test_it_is_logged_in_to_with_what_the_address_says(clinic, sending, until, password, state):
    put(clinic, "a@mail.example")
    server = Post(authenticator=knows, auth_require_tls=False, auth_required=True, auth_exclude_mechanism=["LOGIN"])
    async with server as post, sending(f"smtp://desk:{password}@127.0.0.1:{post.port}"):
        (row,) = await until(lambda rows: rows[0].attempts)

    assert (row.state, row.last_error) == (state, None if state == "sent" else "auth")


async def test_encryption_that_was_asked_for_and_is_not_there_keeps_mail_from_going_out(clinic, sending, until, post):
    put(clinic, "a@mail.example")

    async with sending(f"smtp+starttls://127.0.0.1:{post.port}"):
        (row,) = await until(lambda rows: rows[0].attempts)

    assert (row.state, row.last_error, post.mails) == ("pending", "connect", [])


async def test_a_connection_that_the_server_closed_meanwhile_costs_no_attempt(clinic, sending, until):
    async with Post(timeout=0.2) as post, sending(post.url.replace("?", "?connections=1&")):
        put(clinic, "a@mail.example")
        await post.wait_for(1)
        await post.wait_for_silence()
        put(clinic, "b@mail.example")
        rows = await until(lambda rows: [one.state for one in rows] == ["sent", "sent"])

    assert [one.attempts for one in rows] == [1, 1]
    assert post.connections == 2


async def test_connections_are_kept_and_dots_arrive_as_they_were_written(clinic, sending, post):
    put(clinic, *(f"guest-{n}@mail.example" for n in range(40)))

    async with sending(post.url.replace("?", "?connections=2&")):
        mails = await post.wait_for(40)

    assert post.connections == 2
    assert {mail.to for mail in mails} == {f"guest-{n}@mail.example" for n in range(40)}
    assert mails[0].text.replace("\r\n", "\n").strip() == "Hello\n.\n..dots"


async def test_a_server_that_is_away_is_waited_for(clinic, sending, until, post, clock):
    put(clinic, "a@mail.example")
    away = post.port
    async with Post() as other:
        gone = other.url

    async with sending(gone):
        (row,) = await until(lambda rows: rows[0].attempts)

    assert away != other.port
    assert (row.state, row.last_error) == ("pending", "connect")


@pytest.mark.parametrize("recipient", ["ñandú@mail.example", "a@" + "x" * 70 + ".example"])
async def test_an_address_that_no_server_takes_is_given_up(clinic, sending, until, post, recipient):
    put(clinic, recipient)

    async with sending(post.url):
        (row,) = await until(lambda rows: rows[0].state != "pending")

    assert (row.state, row.last_error) == ("dead", "bad_recipient")


async def test_a_name_of_a_host_in_another_script_is_written_as_servers_know_it(clinic, sending, post):
    put(clinic, "eva@españa.example")

    async with sending(post.url):
        (mail,) = await post.wait_for(1)

    assert mail.to == "eva@xn--espaa-rta.example"

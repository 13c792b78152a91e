"""The outbox at the desk: supervisors see what became of messages, and have them sent again."""

import pytest

from qms.services import messages
from qms.store.schema.reaching import message


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is looked at here does not depend on it."""
    return sqlite_url


@pytest.fixture
def told(store, seeded):
    """A message that was given up, and a code."""

    def put(tx):
        said = {"account": seeded.account, "channel": "EMAIL", "recipient": "eva@mail.example"}
        given_up = messages.put(tx, kind="email_test", data={"text": "<b>hello</b>"}, **said)
        tx.execute(message.update().values(state="dead", last_error="refused_550", attempts=1))
        code = messages.put(tx, kind="otp", data={"code": "123456"}, **said)
        return given_up, code

    return store.write(put)


async def test_supervisors_see_what_became_of_messages_and_not_what_they_say(told, sign_in):
    sue = await sign_in("sue")

    shown = await sue.get("outbox?state=dead")

    assert shown["counts"] == {"dead": 1, "pending": 1}
    ((one),) = shown["messages"]
    assert (one["state"], one["error"], one["recipient"]) == ("dead", "refused_550", "eva@mail.example")
    assert "123456" not in str(await sue.get("outbox"))


async def test_attendants_neither_see_messages_nor_send_them_again(told, sign_in):
    john = await sign_in("jdoe")

    assert (await john.ask("GET", "outbox")).status == 403
    assert (await john.ask("POST", f"outbox/{told[0].id}/resend")).status == 403


async def test_a_message_is_sent_again_but_no_code(told, sign_in):
    sue = await sign_in("sue")

    await sue.post(f"outbox/{told[0].id}/resend")

    assert (await sue.get("outbox?state=pending"))["counts"] == {"pending": 2}
    assert (await sue.refused(f"outbox/{told[1].id}/resend"))[0] == 409
    assert (await sue.refused(f"outbox/{told[0].id[::-1]}/resend"))[0] == 404


@pytest.mark.parametrize("query", ["state=lost", "limit=0", "limit=x", "limit=501"])
async def test_what_cannot_be_chosen_is_refused(told, sign_in, query):
    sue = await sign_in("sue")

    assert (await sue.ask("GET", f"outbox?{query}")).status == 422

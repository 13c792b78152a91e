"""Nothing of one account is ever shown to the other: in no answer, over no socket, by no webhook."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from qms.domain.ids import from_uuid
from tests.http.tenants import WORDS, House, Tenant, ask_everything, deliveries, two_accounts


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with two_accounts(tmp_path) as house:
        yield house


def leaks(tenant: Tenant, other: Tenant, inner: frozenset[str], text: str) -> set[str]:
    """What a text holds that this account is not to see."""
    hidden = {
        tenant.other,
        tenant.other[:3].upper(),
        other.key,
        other.desk,
        *other.tickets,
        *other.links,
        *other.links_of_appointments,
        *other.offers,
        *other.meetings,
        other.auvious,
        other.voki,
        *inner,
    }
    return {secret for secret in hidden if secret in text}


async def test_no_answer_holds_a_word_of_the_other_account_or_an_inner_id(house):
    for tenant, other in (house.tenants, house.tenants[::-1]):
        asked_for = {*other.tickets, *other.offers, *other.meetings, *map(from_uuid, other.meetings)}
        await ask_everything(tenant, other)
        for heard in tenant.heard:
            method, path, status, rest = heard.split(" ", 3)

            found = leaks(tenant, other, house.inner, rest) - {id for id in asked_for if id in path}

            assert found == set(), heard
            assert not any(id in path for id in asked_for) or status in ("404", "401"), (method, path, status)


async def test_no_socket_tells_of_the_other_account_or_an_inner_id(house):
    for tenant, other in (house.tenants, house.tenants[::-1]):
        paths = [f"/screens/screen-of-{tenant.word}/socket", f"/t/{tenant.links[2]}/socket", "/desk/socket"]
        for path in paths:
            headers = {"Authorization": f"Bearer {tenant.desk}"} if path.startswith("/desk") else {}
            async with tenant.client.ws_connect(path, headers=headers) as socket:
                told = await socket.receive_str(timeout=20)

            assert tenant.word in told
            assert leaks(tenant, other, house.inner, told) == set()


async def test_no_webhook_tells_of_the_other_account_or_an_inner_id(house):
    rows = house.store.read(deliveries)

    told = {word: [row for row in rows if word in row[1]] for word in WORDS}

    assert sum(map(len, told.values())) == len(rows)
    assert {event for event, _ in rows} >= {
        *("ticket.created", "qms.assigned", "form.received", "agent.connected"),
        *("appointment.created", "appointment.moved", "appointment.canceled"),
        *("CREATE", "RESCHEDULE", "ROOM"),
    }
    for tenant, other in (house.tenants, house.tenants[::-1]):
        for _, data in told[tenant.word]:
            assert leaks(tenant, other, house.inner, data) == set(), data

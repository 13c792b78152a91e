"""Whatever people and things are called, the pages that visitors see are the same pages."""

from typing import Any

from qms.store.schema.network import account as accounts
from qms.store.schema.network import branch as branches
from qms.store.schema.network import queue as queues
from tests.hostile import MARKUP, TEMPLATES
from tests.http.visits import Branch, change
from tests.markup import Elements

NAME = " | ".join((*MARKUP, *TEMPLATES))
HARMLESS = "Cash desk"


def built_of(text: str) -> list[tuple[str, list[str]]]:
    """A page's elements, with the names of their attributes."""
    return [(tag, [name for name, _ in attributes]) for tag, attributes in Elements(text).elements]


async def pages_of(branch: Branch, kiosk: str, link: str) -> dict[str, str]:
    """The pages that show names, by address."""
    paths = (kiosk, f"/t/{link}", f"/t/{link}/receipt", f"/screens/{branch.seeded.tokens['screen']}")
    found = {}
    for path in paths:
        answer = await branch.client.get(path, headers={"Accept": "text/html"})
        assert (answer.status, answer.content_type) == (200, "text/html")
        found[path] = await answer.text()
    return found


def named(store: Any, name: str) -> None:
    """Call the account, the branches and the queues so."""
    store.write(change, table=accounts, name=name)
    store.write(change, table=branches, label=name, address=name)
    store.write(change, table=queues, name=name)


async def test_no_name_changes_what_a_page_is_built_of(branch, kiosk, store):
    ticket = await branch.arrive()
    named(store, HARMLESS)
    usual = await pages_of(branch, kiosk, ticket.link)

    named(store, NAME)
    hostile = await pages_of(branch, kiosk, ticket.link)

    assert {path: built_of(page) for path, page in hostile.items()} == {
        path: built_of(page) for path, page in usual.items()
    }
    shown = {path for path, page in hostile.items() if NAME in "".join(Elements(page).texts)}
    assert {path.rpartition("/")[2] for path in shown} >= {"receipt", ticket.link}

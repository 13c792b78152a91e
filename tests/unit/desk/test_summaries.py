"""Every change that applying a network file can keep is told in words."""

import pytest

from desk.admin.summaries import Summary, summary
from desk.admin.words import Words
from qms.services.applying import Change
from qms.web.pages.languages import ENGLISH


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Change(action="add", kind="account", key="acme"), Summary(done="New", kind="Account", key="acme")),
        (Change(action="retire", kind="poc", key="1"), Summary(done="Taken out", kind="Points of contact", key="1")),
        (Change(action="restore", kind="queue", key="q"), Summary(done="Brought back", kind="Queues", key="q")),
        (
            Change(action="change", kind="agent", key="ana", fields=("email", "password_hash")),
            Summary(done="Changed", kind="Agents", key="ana", fields="E-mail, New password"),
        ),
        (
            Change(action="change", kind="application", key="app", fields=("id",)),
            Summary(done="Changed", kind="Auvious applications", key="app", fields="Id"),
        ),
    ],
)
def test_a_change_is_told_in_words(change: Change, told: Summary):
    assert summary(str(change), Words(ENGLISH)) == told


def test_what_cannot_be_read_is_told_as_it_was_kept():
    assert summary("something of long ago", Words(ENGLISH)) == Summary(done="something of long ago")

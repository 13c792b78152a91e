"""Notices: what the lobby is told until a time."""

from datetime import timedelta

import pytest

from qms.domain.errors import Forbidden, Gone, Invalid, LimitExceeded, NotFound
from qms.services import lobbies
from qms.services.supervising import notices
from qms.store import notices as stored
from tests.db.marks import on_sqlite


@pytest.fixture
def ticker(town):
    """`ticker("main")`: what supervisors say in the lobby of a branch."""

    def ticker(branch):
        place = town.network.branches.find(branch)
        return town.store.read(lambda tx: lobbies.ticker(stored.shown(tx, town.account), place))

    return ticker


@pytest.fixture
def say(town, steer, clock):
    """`say("text", branch="main")`: for ten minutes."""

    def say(text, *, by="sue", minutes=10, branch=None):
        domains = town.store.read(notices.domains_to_hold, account=town.account, branch=branch)
        until = town.store.read(lambda tx: tx.now) + timedelta(minutes=minutes)
        return steer(notices.show, by=by, domain=domains, text=text, until=until, branch=branch)

    return say


def test_a_notice_is_shown_in_one_lobby_or_in_all_until_its_time(say, ticker, clock):
    say("Lift out\n of order", branch="main", minutes=5)
    say("We close at noon")

    assert ticker("main") == ["Lift out of order", "We close at noon"]
    assert ticker("far") == ["We close at noon"]
    clock.move(minutes=5)
    assert ticker("main") == ["We close at noon"]
    clock.move(minutes=5)
    assert ticker("main") == []


def test_a_notice_can_be_withdrawn_once(town, steer, say, ticker):
    shown = say("Lift out of order", branch="main")

    steer(notices.withdraw, notice=shown.id)

    assert ticker("main") == []
    with pytest.raises(Gone):
        steer(notices.withdraw, notice=shown.id)
    with pytest.raises(NotFound):
        steer(notices.withdraw, notice="0" * 24)


@on_sqlite
def test_what_is_no_notice_is_refused(say):
    for minutes in (0, -1, 8 * 24 * 60):
        with pytest.raises(Invalid):
            say("text", branch="main", minutes=minutes)
    with pytest.raises(Invalid):
        say(" \n\u200e ", branch="main")
    with pytest.raises(LimitExceeded):
        say("x" * 201, branch="main")


@on_sqlite
def test_a_supervisor_of_one_branch_speaks_there_only(say, ticker):
    say("Hello", by="bob", branch="bare")

    for branch in ("main", None):
        with pytest.raises(Forbidden):
            say("Hello", by="bob", branch=branch)
    assert (ticker("bare"), ticker("main")) == (["Hello"], [])

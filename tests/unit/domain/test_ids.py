"""Ids and links: apart from one another, in the order of time, and neighbours where they are made together."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from qms.domain import ids

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LINK = re.compile(r"[A-Za-z0-9_-]{28}")


def test_what_is_made_together_has_ids_of_its_own_side_by_side():
    ours, theirs = ids.Siblings(NOON), ids.Siblings(NOON)
    mine = [ours.new_id() for _ in range(1000)]
    others = {theirs.new_id() for _ in range(1000)}

    assert all(map(ids.is_id, mine))
    assert len({*mine, *others}) == 2000
    assert {one[:8] for one in mine} == {f"{int(NOON.timestamp()):08x}"}
    assert all(0 < _apart(*two) <= 2**ids.STEP_BITS for two in pairwise(mine))


def _apart(one: str, next_one: str) -> int:
    return (int(next_one[8:], 16) - int(one[8:], 16)) % 2**64


def test_a_second_of_ids_ends_with_its_first(monkeypatch):
    monkeypatch.setattr(ids, "random_word", lambda: 2**64 - 1)
    siblings = ids.Siblings(NOON)

    assert siblings.new_id() == f"{int(NOON.timestamp()):08x}ffffffffffffffff"
    assert ids.first_id(NOON) <= siblings.new_id() < f"{int(NOON.timestamp()):08x}00000001ffffffff"


def test_links_that_are_made_together_begin_alike_and_end_by_chance():
    links = {ids.new_link(NOON) for _ in range(1000)}

    assert len({link[7:] for link in links}) == 1000
    assert len({link[:6] for link in links}) == 1
    assert all(map(LINK.fullmatch, links))
    assert ids.new_link(NOON + timedelta(hours=1))[:6] not in {link[:6] for link in links}

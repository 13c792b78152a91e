"""When a message is tried again."""

from datetime import timedelta
from itertools import count, takewhile

from qms.domain.message import wait_after


def test_it_is_tried_ever_more_seldom_and_at_last_given_up():
    waits = [wait for n in takewhile(lambda n: wait_after(n) is not None, count(1)) if (wait := wait_after(n))]

    assert waits == sorted(waits)
    assert len(waits) == 9
    assert waits[0] == timedelta(seconds=15)
    assert timedelta(hours=12) < sum(waits, timedelta()) < timedelta(days=1)

"""Refusals on our own interfaces: whoever should only ask again is told when."""

from qms.domain.errors import Conflict, IdempotencyInFlight
from qms.web.problems import refusal


def test_a_request_whose_first_try_is_still_under_way_is_to_be_asked_again_and_a_conflict_is_not():
    under_way, conflict = refusal(IdempotencyInFlight()), refusal(Conflict("ticket", "done"))

    assert under_way is not None
    assert conflict is not None
    assert (under_way.status, conflict.status) == (409, 409)
    assert under_way.headers["Retry-After"] == "1"
    assert "Retry-After" not in conflict.headers

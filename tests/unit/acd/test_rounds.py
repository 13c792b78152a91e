"""Keepers look again and again, and outages end none of them."""

import asyncio

import pytest

from acd.rounds import rounds, tick
from qms.domain.errors import Unavailable


async def test_it_looks_at_once_again_where_there_is_more_and_after_a_tick_else_or_in_an_outage(monkeypatch):
    slept: list[float] = []
    finds = iter([True, 3, None, Unavailable("away"), False])

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def look() -> object:
        found = next(finds, asyncio.CancelledError())
        if isinstance(found, BaseException):
            raise found
        return found

    monkeypatch.setattr("acd.rounds.asyncio.sleep", sleep)

    with pytest.raises(asyncio.CancelledError):
        await rounds(look, 5.0, waits="somebody_waits", apart=0.1)

    assert slept == [0.1, 0.1, 5.0, 5.0, 5.0]


def test_a_tick_of_business_time_is_shorter_where_that_runs_fast_down_to_a_limit():
    assert [tick(2.0, 0.1, rate) for rate in (0.5, 1.0, 4.0, 600.0)] == [2.0, 2.0, 0.5, 0.1]

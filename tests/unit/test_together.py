"""Alike questions are answered together, and none is kept from its answer by another one."""

import asyncio
from collections.abc import Mapping, Sequence

import pytest

from qms.domain.errors import Unavailable
from qms.store import together
from qms.store.together import Together


class Oracle:
    """Answers with the length of each word, when it is let; `asked` are the words of each time."""

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []
        self.heard: asyncio.Queue[Sequence[str]] = asyncio.Queue()
        self.let = asyncio.Event()

    async def answer(self, words: Sequence[str]) -> Mapping[str, int]:
        self.asked.append(words)
        self.heard.put_nowait(words)
        if "bug" in words:
            raise ValueError("bug")
        if "outage" in words:
            raise Unavailable("the database")
        await self.let.wait()
        return {word: len(word) for word in words if word != "unknown"}


async def test_who_asks_while_others_are_answered_is_answered_with_all_who_wait():
    oracle = Oracle()
    questions = Together(oracle.answer, most=2)

    first = asyncio.gather(*map(questions.ask, ("a", "unknown")))
    await oracle.heard.get()
    later = asyncio.gather(*map(questions.ask, ("bb", "ccc", "dddd")))
    oracle.let.set()

    assert (await first, await later) == ([1, None], [2, 3, 4])
    assert oracle.asked == [["a", "unknown"], ["bb", "ccc"], ["dddd"]]
    assert not questions.under_way


async def test_one_that_cannot_be_answered_takes_no_other_along():
    oracle = Oracle()
    oracle.let.set()
    questions = Together(oracle.answer, most=9)

    answers = await asyncio.gather(*map(questions.ask, ("a", "bug", "bb")), return_exceptions=True)

    assert (answers[0], answers[2]) == (1, 2)
    assert isinstance(answers[1], ValueError)


async def test_an_outage_is_everybodys_and_asked_for_once():
    oracle = Oracle()
    questions = Together(oracle.answer, most=9)

    answers = await asyncio.gather(*map(questions.ask, ("a", "outage")), return_exceptions=True)

    assert all(isinstance(one, Unavailable) for one in answers)
    assert len(oracle.asked) == 1


async def test_nobody_is_kept_for_long_by_an_answer_that_does_not_come(monkeypatch):
    monkeypatch.setattr(together, "PATIENCE_SECONDS", 0.001)
    oracle = Oracle()
    questions = Together(oracle.answer, most=9)

    first = asyncio.create_task(questions.ask("a"))
    await oracle.heard.get()
    second = asyncio.create_task(questions.ask("bb"))
    await oracle.heard.get()
    oracle.let.set()

    assert (await first, await second) == (1, 2)


async def test_whoever_goes_meanwhile_disturbs_nobody():
    oracle = Oracle()
    questions = Together(oracle.answer, most=9)

    gone, stays = (asyncio.create_task(questions.ask(word)) for word in ("a", "bb"))
    await oracle.heard.get()
    gone.cancel()
    oracle.let.set()

    assert await stays == 2
    with pytest.raises(asyncio.CancelledError):
        await gone

"""What screens report: painted, heard; written at most once a second, and told to the desks."""

import asyncio
import json
from typing import Any

import pytest

from qms.services import screen_reports
from qms.web.keys import BUS
from screens import reports
from tests.http.visits import PATIENCE_SECONDS, Branch, listening


async def noted(branch: Branch) -> Any:
    (report,) = (await branch.store.read(screen_reports.reports_by_id, account=branch.seeded.account)).values()
    return report


async def test_a_report_is_written_and_told(branch, screen):
    with branch.client.app[BUS].listen(f"domain:{branch.seeded.domain}") as desk:
        async with listening(branch, f"{screen}/socket") as device:
            await device.socket.send(json.dumps({"painted": 7, "audio": "blocked"}))

            assert await desk.wait(PATIENCE_SECONDS)

    report = await noted(branch)
    assert (report.painted_seq, report.audio) == (7, "blocked")
    assert report.seen_at is not None


async def test_of_many_reports_within_a_second_the_first_and_the_last_are_written(branch, screen, monkeypatch):
    written, last, loop = [], asyncio.Event(), asyncio.get_running_loop()

    def noting(tx, **report) -> None:
        written.append(report["painted"])
        note(tx, **report)
        if report["painted"] == 14:
            loop.call_soon_threadsafe(last.set)

    note = screen_reports.note
    monkeypatch.setattr(screen_reports, "note", noting)
    async with listening(branch, f"{screen}/socket") as device:
        for painted in range(15):
            await device.socket.send(json.dumps({"painted": painted, "audio": "played"}))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await last.wait()

    assert len(written) <= 3


async def test_the_same_report_again_wakes_nobody(branch, screen, monkeypatch):
    monkeypatch.setattr(reports.Reports.__init__, "__kwdefaults__", {"spacing_seconds": 0})
    same = json.dumps({"painted": 7, "audio": "off"})
    async with listening(branch, f"{screen}/socket") as device:
        with branch.client.app[BUS].listen(f"domain:{branch.seeded.domain}") as desk:
            await device.socket.send(same)
            assert await desk.wait(PATIENCE_SECONDS)

            await device.socket.send(same)

            assert not await desk.wait(0.3)


@pytest.mark.parametrize(
    "words",
    ["", "no json", "[]", '{"painted": -1}', '{"painted": "7"}', '{"audio": "loud"}', "[" * 4000, '{"x":' + "[" * 4000],
)
async def test_what_is_no_report_is_not_heard_and_harms_nobody(branch, screen, words):
    async with listening(branch, f"{screen}/socket") as device:
        await device.socket.send(words)
        await branch.arrive()

        assert await device.until(lambda message: message["waiting"])

    assert (await noted(branch)).seen_at is None

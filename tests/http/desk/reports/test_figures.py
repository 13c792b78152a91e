"""Reports at the desk: figures, page and files, for those who may see them."""

import csv
import io

import openpyxl
import pytest

from desk.reports.words import TITLES


@pytest.fixture
async def sue(sign_in, ana, clock):
    """A supervisor, after somebody was served and while another waits."""
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    await ana.visitor("caja")
    clock.move(minutes=2)
    await ana.post("next", {"queue": "caja"})
    clock.move(minutes=3)
    await ana.post("ticket/finish")
    await ana.visitor("caja")
    return await sign_in("sue")


async def test_the_figures_are_told_by_name(sue):
    told = await sue.get("reports")

    assert (told["from"], told["to"]) == ("2026-02-24", "2026-03-02")
    whole = told["whole"]
    assert (whole["offered"], whole["waiting"], whole["mean_wait_seconds"]) == (1, 1, 120)
    assert [one["figures"]["offered"] for one in told["days"]] == [0, 0, 0, 0, 0, 0, 1]
    assert [(one["hour"], one["figures"]["answered"]) for one in told["hours"]] == [(12, 1)]
    ((key, ana),) = [(one["key"], one["figures"]) for one in told["agents"] if one["figures"]["served"]]
    assert (key, ana["serving_seconds"]) == ("ana", 180)


async def test_days_a_branch_and_a_queue_are_chosen(sue):
    told = await sue.get("reports?from=2026-03-01&to=2026-03-02&branch=main&queue=caja")

    assert (told["branch"], told["queue"], len(told["days"])) == ("main", "caja", 2)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=yesterday", 422),
        ("from=2026-03-02&to=2026-03-01", 422),
        ("from=2020-01-01&to=2026-03-01", 422),
        ("branch=nowhere", 404),
        ("queue=nothing", 404),
    ],
)
async def test_what_cannot_be_reported_is_refused(sue, query, status):
    assert (await sue.ask("GET", f"reports?{query}")).status == status
    assert (await sue.ask("GET", f"reports.xlsx?{query}")).status == status


async def test_attendants_see_no_reports(sign_in):
    john = await sign_in("jdoe")

    for path in ("reports", "reports.xlsx", "reports/waits.csv"):
        assert (await john.ask("GET", path)).status == 403
    assert (await john.client.get("/reports", headers=john.headers)).status == 403


async def test_every_table_comes_as_csv_and_all_of_them_as_a_workbook(sue):
    for name in TITLES:
        answer = await sue.ask("GET", f"reports/{name}.csv")
        rows = list(csv.reader(io.StringIO((await answer.read()).decode("utf-8-sig"))))
        assert (answer.status, answer.content_type) == (200, "text/csv")
        assert len({len(row) for row in rows}) == 1
        assert f'filename="{name}-2026-02-24-2026-03-02.csv"' in answer.headers["Content-Disposition"]
    assert (await sue.ask("GET", "reports/secrets.csv")).status == 404

    answer = await sue.ask("GET", "reports.xlsx?lang=es")
    book = openpyxl.load_workbook(io.BytesIO(await answer.read()))
    assert len(book.worksheets) == len(TITLES) + 1


async def test_the_page_shows_a_plot_and_a_table_for_each(sue):
    answer = await sue.client.get("/reports", headers=sue.headers)
    text = await answer.text()

    assert answer.status == 200
    for name in TITLES:
        assert f'data-table="{name}"' in text
    assert text.count("<svg viewBox") >= 5
    assert "style=" not in text


async def test_whoever_is_not_signed_in_is_led_to_the_desk(client):
    answer = await client.get("/reports?lang=es", allow_redirects=False)

    assert (answer.status, answer.headers["Location"]) == (303, "/desk?lang=es")

"""Two hundred branch-hours with crashes, faults and clocks that are set: after every step all invariants hold."""

import pytest

from tests.rehearsed.telling import story

SHORT_SEEDS, SHORT_HOURS = (0, 1, 3, 4, 11), 12.0
"""Together two hundred branch-hours."""

LONG_PARTS, LONG_PART_HOURS = range(100), 100.0
"""Together ten thousand branch-hours."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--dst-seed")
        metafunc.parametrize("seed", SHORT_SEEDS if wanted is None else [wanted])


@pytest.mark.timeout(600)  # a busy seed takes ten seconds of a processor that may have much else to do
def test_the_invariants_hold_whatever_goes_wrong(stage, seed, pytestconfig):
    report = stage(seed, pytestconfig.getoption("--dst-hours") or SHORT_HOURS)

    print(story(report))
    assert report.broken is None, story(report)


@pytest.mark.campaign
@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", LONG_PARTS)
def test_the_invariants_hold_for_ten_thousand_branch_hours(stage, part):
    lived, seed = 0.0, 1_000 * (part + 1)

    while lived < LONG_PART_HOURS:
        report = stage(seed, SHORT_HOURS)
        print(story(report))
        assert report.broken is None, story(report)
        lived, seed = lived + report.branch_hours, seed + 1


def test_a_rehearsal_is_full_of_life(stage):
    report = stage(4, SHORT_HOURS)

    happened = {deed for deed, count in report.deeds.items() if count}
    assert report.branch_hours > 40
    assert {"crash", "boot", "answer", "next_ticket", "once", "finish", "run"} <= happened
    assert any(deed.startswith("struck: ") for deed in happened)

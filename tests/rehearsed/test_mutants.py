"""Whatever a careless change might break is noticed: each mutant of the house dies within some branch-hours."""

import pytest

from tests.rehearsed import mutants
from tests.rehearsed.telling import story

HOURS, FIRST_SEED = 8.0, 500
AT_MOST_BRANCH_HOURS = 250.0

QUICK = (
    mutants.declined_tickets_come_back_at_once,
    mutants.the_distributor_forgets_that_agents_are_taken,
    mutants.expired_offers_ring_on,
    mutants.whom_nobody_answered_is_not_put_back,
    mutants.whom_nobody_answered_goes_to_the_end,
    mutants.late_answers_count,
    mutants.numbers_are_not_counted,
    mutants.numbers_have_gaps,
    mutants.transfer_loses_the_ticket,
    mutants.undo_brings_back_another_state,
    mutants.wrap_ups_never_end,
    mutants.the_end_is_not_told,
    mutants.webhooks_miss_new_tickets,
    mutants.calls_are_not_announced,
    mutants.idempotency_forgets,
    mutants.appointments_do_not_follow_their_tickets,
)
"""Noticed within a second; the campaign has the patience for all."""


def caught(stage, mutant) -> str | None:
    """What gave a mutant away."""
    lived, seed = 0.0, FIRST_SEED
    while lived < AT_MOST_BRANCH_HOURS:
        with mutant():
            report = stage(seed, HOURS)
        if report.broken is not None:
            assert mutant.__name__ not in story(report)
            return report.broken
        lived, seed = lived + report.branch_hours, seed + 1
    return None


@pytest.mark.parametrize("mutant", QUICK, ids=lambda mutant: mutant.__name__)
def test_a_mutant_is_noticed(stage, mutant):
    assert caught(stage, mutant) is not None


@pytest.mark.campaign
@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutant", mutants.MUTANTS, ids=lambda mutant: mutant.__name__)
def test_every_mutant_is_noticed(stage, mutant):
    assert caught(stage, mutant) is not None


@pytest.mark.campaign
def test_what_gives_mutants_away_is_the_mutation(stage):
    for seed in range(FIRST_SEED, FIRST_SEED + 10):
        assert stage(seed, HOURS).broken is None

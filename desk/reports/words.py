"""What figures are called, and how each is defined. The same in tables, plots and spreadsheets."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from qms.web.pages import N_

Kind = Literal["count", "seconds", "share", "text", "number", "day"]


class Word(NamedTuple):
    """A figure: how it is written, what it is called, and what it says."""

    kind: Kind
    name: str
    definition: str


FIGURES: Mapping[str, Word] = {
    "offered": Word("count", N_("Came"), N_("Everybody who took a number and does not wait any more.")),
    "waiting": Word("count", N_("Waiting now"), N_("They are in no other figure yet, except that they have arrived.")),
    "answered": Word("count", N_("Answered"), N_("Answered by an agent, or called and came.")),
    "abandoned": Word("count", N_("Left"), N_("Left before being served, or did not come when called.")),
    "no_shows": Word("count", N_("No-shows"), N_("Called, and did not come. They are part of those who left.")),
    "left_over": Word("count", N_("Left over"), N_("Waited still when the branch closed.")),
    "mean_wait_seconds": Word(
        "seconds", N_("Mean wait"), N_("From taking the number to being answered or called; of those answered.")
    ),
    "p50_wait_seconds": Word("seconds", N_("Wait, P50"), N_("Half of those answered waited no longer.")),
    "p90_wait_seconds": Word("seconds", N_("Wait, P90"), N_("Nine in ten of those answered waited no longer.")),
    "mean_wait_all_seconds": Word(
        "seconds", N_("Mean wait of all"), N_("Also of those who left, up to then, and of those left over.")
    ),
    "answered_in_time": Word(
        "share",
        N_("In time / answered"),
        N_("Answered within the target, of those answered. Says nothing of who left."),
    ),
    "handled_in_time": Word(
        "share",
        N_("In time / handled"),
        N_("Answered or left within the target, of those who were answered or left."),
    ),
    "offered_in_time": Word(
        "share",
        N_("In time / came"),
        N_("Answered within the target, of all who came without those who left within 5 seconds. Plan by this one."),
    ),
    "abandonment": Word("share", N_("Share that left"), N_("Who left, of those who came.")),
    "no_show_share": Word("share", N_("Share of no-shows"), N_("Who did not come when called, of those who came.")),
    "mean_service_seconds": Word(
        "seconds", N_("Mean service"), N_("From the beginning of the service to its end; of those served.")
    ),
    "p50_service_seconds": Word("seconds", N_("Service, P50"), N_("Half of the services took no longer.")),
    "p90_service_seconds": Word("seconds", N_("Service, P90"), N_("Nine in ten services took no longer.")),
    "overtaken": Word(
        "count", N_("Overtaken"), N_("Saw somebody who came later to the same queue and branch called first.")
    ),
    "overtaken_share": Word("share", N_("Share overtaken"), N_("Who was overtaken, of those who arrived.")),
    "transfers": Word(
        "count", N_("Transfers"), N_("How often somebody was sent on to another queue, agent or branch.")
    ),
    "recalls": Word("count", N_("Recalls"), N_("How often a number was called once more.")),
    "served": Word("count", N_("Served"), N_("How many stays at the desk began.")),
    "declined": Word("count", N_("Declined"), N_("Offers that the agent left to others.")),
    "missed": Word("count", N_("Missed"), N_("Offers that rang out.")),
    "serving_seconds": Word("seconds", N_("Serving"), N_("Time with somebody at the desk.")),
    "wrap_up_seconds": Word("seconds", N_("Wrap-up"), N_("Time from the end of a service until the agent is free.")),
    "on_duty_seconds": Word("seconds", N_("On duty"), N_("Time signed in and not away.")),
    "occupancy": Word("share", N_("Occupancy"), N_("Serving and wrap-up, of the time on duty.")),
    "told": Word("count", N_("Quotes"), N_("Waits that people were told and that are over.")),
    "within_p50": Word("share", N_("Within P50"), N_("Waited no longer than the likely figure; half would be right.")),
    "within_p90": Word(
        "share", N_("Within P90"), N_("Waited no longer than the safe figure; nine in ten would be right.")
    ),
    "mean_error_minutes": Word(
        "number", N_("Mean error, min"), N_("Between the likely figure and the wait, in minutes.")
    ),
    "visits": Word("count", N_("Visits"), N_("Served to their end.")),
    "share": Word("share", N_("Share of visits"), N_("Of all visits to the queue that were served to their end.")),
    "refused": Word("count", N_("Turned away"), N_("Came after closing.")),
    "came_on_average": Word("number", N_("Arrivals"), N_("Who took a number, on average over the days.")),
}

DAY, HOUR, QUEUE, BRANCH, AGENT, FIGURE = N_("Day"), N_("Hour"), N_("Queue"), N_("Branch"), N_("Agent"), N_("Figure")
OUTCOME, NOTHING_NOTED = N_("Outcome"), N_("Nothing noted")
THIS, BEFORE, CHANGE = N_("This period"), N_("Period before"), N_("Difference")
DEFINITIONS = N_("Definitions")

TITLES: Mapping[str, str] = {
    "summary": N_("In brief"),
    "waits": N_("Waits"),
    "levels": N_("Service level"),
    "left": N_("Who left"),
    "services": N_("Service times"),
    "arrivals": N_("Arrivals by weekday and hour"),
    "order": N_("Order"),
    "hours": N_("By hour of the day"),
    "queues": N_("By queue"),
    "branches": N_("By branch"),
    "agents": N_("Agents"),
    "quotes": N_("Quotes kept"),
    "outcomes": N_("Outcomes"),
}
"""The tables of a report, in their order."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "summary": (
        *("offered", "waiting", "answered", "abandoned", "no_shows", "left_over"),
        *("mean_wait_seconds", "p50_wait_seconds", "p90_wait_seconds", "mean_wait_all_seconds"),
        *("answered_in_time", "handled_in_time", "offered_in_time", "abandonment", "no_show_share"),
        *("mean_service_seconds", "p50_service_seconds", "p90_service_seconds"),
        *("overtaken", "overtaken_share", "transfers", "recalls"),
    ),
    "waits": ("offered", "answered", "mean_wait_seconds", "p50_wait_seconds", "p90_wait_seconds"),
    "levels": ("answered", "answered_in_time", "handled_in_time", "offered_in_time"),
    "left": ("offered", "abandoned", "abandonment", "no_shows", "no_show_share", "left_over"),
    "services": ("answered", "mean_service_seconds", "p50_service_seconds", "p90_service_seconds"),
    "order": ("overtaken", "overtaken_share", "transfers", "recalls"),
    "agents": (
        *("served", "declined", "missed", "mean_service_seconds"),
        *("serving_seconds", "wrap_up_seconds", "on_duty_seconds", "occupancy"),
    ),
    "quotes": ("told", "answered", "within_p50", "within_p90", "mean_error_minutes"),
    "outcomes": ("visits", "share"),
}
MAIN = (
    *("offered", "answered", "abandoned", "no_shows", "mean_wait_seconds", "p50_wait_seconds", "p90_wait_seconds"),
    *("offered_in_time", "mean_service_seconds"),
)
"""What is said of each hour, queue and branch."""

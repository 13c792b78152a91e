"""Tallies: what Prometheus reads is what its own histogram would have told."""

from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry, Histogram, generate_latest

from server.metrics.tally import Tally

BUCKETS = (0.005, 0.1, 1, 10)
ROUTES = st.sampled_from([("/a", "GET"), ("/b", "GET"), ("/b", "POST")])
SECONDS = st.sampled_from([0.0, *BUCKETS, 0.0049, 0.0051, 10.5]) | st.floats(0, 100)


@given(st.lists(st.tuples(ROUTES, SECONDS), min_size=1))
def test_it_tells_what_a_histogram_tells(observed):
    ours, theirs = CollectorRegistry(), CollectorRegistry()
    tally = Tally("spent_seconds", "What it took.", ["route", "method"], BUCKETS)
    ours.register(tally)
    histogram = Histogram("spent_seconds", "What it took.", ["route", "method"], buckets=BUCKETS, registry=theirs)
    for labels, seconds in observed:
        tally.observe(labels, seconds)
        histogram.labels(*labels).observe(seconds)

    assert _lines(ours) == _lines(theirs)


def _lines(registry: CollectorRegistry) -> list[str]:
    return sorted(line for line in generate_latest(registry).decode().splitlines() if "_created" not in line)

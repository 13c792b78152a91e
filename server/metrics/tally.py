"""Tallies: durations by labels, as Prometheus has them, for what happens too often to cost three microseconds."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from prometheus_client.core import HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from prometheus_client.utils import floatToGoString

Labels = tuple[str, ...]


class Tally(Collector):
    """A histogram without a lock: it is written on the event loop only, and read there."""

    def __init__(self, name: str, help: str, labels: Sequence[str], buckets: Sequence[float]) -> None:
        self._name, self._help, self._labels = name, help, labels
        self._bounds = tuple(buckets)
        self._counts: dict[Labels, list[int]] = {}
        self._sums: dict[Labels, float] = {}

    def observe(self, labels: Labels, seconds: float) -> None:
        """Count one that took so long."""
        counts = self._counts.get(labels)
        if counts is None:
            counts = self._counts[labels] = [0] * (len(self._bounds) + 1)
            self._sums[labels] = 0.0
        counts[bisect_left(self._bounds, seconds)] += 1
        self._sums[labels] += seconds

    def collect(self) -> Iterator[Metric]:
        """The family, each bucket with all that are less."""
        family = HistogramMetricFamily(self._name, self._help, labels=self._labels)
        for labels, counts in self._counts.items():
            family.add_metric(labels, self._buckets(counts), self._sums[labels])
        yield family

    def _buckets(self, counts: Sequence[int]) -> list[tuple[str, float]]:
        ends = [*map(floatToGoString, self._bounds), "+Inf"]
        return [(end, float(sum(counts[: at + 1]))) for at, end in enumerate(ends)]

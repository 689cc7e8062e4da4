"""Numbers for Prometheus: what was asked and answered, how long it took, what waits, how old the mirror is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Gauges = Callable[[], Mapping[str, tuple[str, float]]]
"""By name, what is measured and how much of it there is now."""


class _Now(Collector):
    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def collect(self) -> Iterator[Metric]:
        for name, (what, value) in self._gauges().items():
            yield GaugeMetricFamily(f"workramp_scim_{name}", what, value=value)


class Metrics:
    """The numbers of one service; nothing of them is global."""

    def __init__(self, gauges: Gauges) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "workramp_scim_requests",
            "Requests by method, kind of resource and status",
            ["method", "endpoint", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "workramp_scim_request_seconds",
            "How long requests took, by method",
            ["method"],
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 60),
            registry=self._registry,
        )
        self._writes = Counter(
            "workramp_scim_writes", "Writes that are over, by how they ended", ["end"], registry=self._registry
        )
        for end in ("done", "fault"):
            self._writes.labels(end)
        self._registry.register(_Now(gauges))

    def answered(self, method: str, endpoint: str, status: int, seconds: float) -> None:
        """One request was answered."""
        known = method if method in ("GET", "POST", "PUT", "PATCH", "DELETE") else "other"
        self._requests.labels(known, endpoint, str(status)).inc()
        self._seconds.labels(known).observe(seconds)

    def written(self, *, fault: bool) -> None:
        """One write is over."""
        self._writes.labels("fault" if fault else "done").inc()

    def text(self) -> bytes:
        """All numbers in Prometheus' text format."""
        return generate_latest(self._registry)

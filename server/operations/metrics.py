"""What is counted for Prometheus, over all web processes of a server.

The library decides when it is first imported whether processes share what they count, so it is imported late.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from server.operations.observation import Observed

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

    from server.current import Release

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # the variable that names the folder through which the processes share
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds
_METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH")


class Metrics:
    """The counts of one web process. No label takes a value that a client can invent."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        own = CollectorRegistry()
        self._own = own
        self._requests = Counter(
            "recalling_requests", "Requests answered.", ("method", "route", "status"), registry=own
        )
        self._seconds = Histogram(
            "recalling_request_seconds", "Until an answer can be sent.", ("route",), buckets=BUCKETS, registry=own
        )
        self._queries = Counter("recalling_queries", "Clients' queries by outcome.", ("outcome",), registry=own)
        self._query_seconds = Histogram(
            "recalling_query_seconds", "Waiting and work of a query.", buckets=BUCKETS, registry=own
        )
        self._waiting = Gauge(
            "recalling_queries_waiting", "Queries that wait.", multiprocess_mode="livesum", registry=own
        )
        self._running = Gauge(
            "recalling_queries_running", "Queries that run.", multiprocess_mode="livesum", registry=own
        )
        self.queue(0, 0)

    def count(self, observed: Observed) -> None:
        """Counts a request, and its query; what a probe takes would only hide what readers wait for."""
        method = observed.method if observed.method in _METHODS else "other"
        self._requests.labels(method, observed.route, observed.status).inc()
        if not observed.probe:
            self._seconds.labels(observed.route).observe(observed.seconds)
        if observed.query:
            self._queries.labels(observed.query.outcome).inc()
            self._query_seconds.observe(observed.query.seconds)

    def queue(self, waiting: int, running: int) -> None:
        """Sets how many queries wait and run in this process."""
        self._waiting.set(waiting)
        self._running.set(running)

    def exposition(self, release: Release | None) -> tuple[bytes, str]:
        """All that the processes counted, in Prometheus's text format, and its content type."""
        from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = CollectorRegistry()
        if folder := os.environ.get(SHARED):
            _forget_the_dead(Path(folder))
            MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
        else:
            registry.register(self._own)
        if release:
            registry.register(_Released(release))
        return generate_latest(registry), CONTENT_TYPE_LATEST


class _Released:
    """Which release is served, and since when."""

    def __init__(self, release: Release) -> None:
        self._release = release

    def collect(self) -> Iterator[Metric]:
        from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily

        yield InfoMetricFamily("recalling_release", "The release that is served.", {"id": self._release.id})
        published = self._release.published.timestamp()
        yield GaugeMetricFamily("recalling_release_published_timestamp_seconds", "Its publication.", published)


def _forget_the_dead(folder: Path) -> None:
    """Takes away what ended processes said of their queues; what they counted stays."""
    from prometheus_client.multiprocess import mark_process_dead

    for file in folder.glob("gauge_live*_*.db"):
        process = int(file.stem.rpartition("_")[2])
        if not _lives(process):
            mark_process_dead(process, str(folder))  # type: ignore[no-untyped-call]


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True

"""What is counted on a server, for Prometheus; about pages and routes, never about people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from prometheus_client import (
    GC_COLLECTOR,
    PROCESS_COLLECTOR,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
)
from prometheus_client import generate_latest as written
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

# Seconds: from a kept answer to a page that somebody would give up on.
_STEPS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """What the store says at one moment; `additions` are uploads and bundled editions, ever."""

    answers: bool
    writable: bool
    additions: Mapping[str, int]
    withdrawals: int


class Metrics:
    """The counts of one server, in a registry of their own."""

    def __init__(self, store: Callable[[], StoreFigures]) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series of each count, which nobody asked for
        self.registry = CollectorRegistry()
        registered: dict[str, Any] = {"registry": self.registry, "namespace": "indices"}
        self.requests = Counter(
            "requests", "Answered requests by route and status.", ["route", "method", "status"], **registered
        )
        self.request_seconds = Histogram(
            "request_seconds",
            "From a request to the begin of its answer.",
            ["route"],
            buckets=_STEPS,
            **registered,
        )
        self.sessions = Gauge("sessions", "Pages open now.", **registered)
        self.sessions_refused = Counter(
            "sessions_refused", "Pages not opened because too many were.", **registered
        )
        self.script_seconds = Histogram(
            "script_seconds",
            "From a reader's choice to the end of the page's script, by page.",
            ["page"],
            buckets=_STEPS,
            **registered,
        )
        self.failures = Counter(
            "failures", "Faults by where they showed: page or request.", ["where"], **registered
        )
        self.refused = Counter(
            "refused", "Requests refused by a limit, by its name.", ["limit"], **registered
        )
        for where in ("page", "request"):
            self.failures.labels(where)
        self.asked_at = 0.0
        """When a reader asked for something last (`time.monotonic`)."""
        self.registry.register(_OfStore(store))
        for collector in (PROCESS_COLLECTOR, GC_COLLECTOR):
            self.registry.register(collector)

    def text(self) -> bytes:
        """Everything, in the text form that Prometheus reads."""
        return written(self.registry)


class _OfStore:
    """What the store holds, asked whenever somebody reads the metrics: it is the same on every server."""

    def __init__(self, store: Callable[[], StoreFigures]) -> None:
        self.store = store

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not ask the store."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """The figures of this moment; counts are left out where the store does not answer."""
        now = self.store()
        yield GaugeMetricFamily("indices_store_up", "Whether the store answers.", float(now.answers))
        yield GaugeMetricFamily(
            "indices_store_writable", "Whether editions can be added.", float(now.writable)
        )
        if now.answers:
            additions = CounterMetricFamily("indices_additions", "Versions ever added.", labels=["origin"])
            for origin, n in now.additions.items():
                additions.add_metric([origin], n)
            yield additions
            yield CounterMetricFamily("indices_withdrawals", "Versions ever withdrawn.", now.withdrawals)

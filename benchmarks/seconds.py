"""How long something takes, in seconds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

RUNS = 7


def median_seconds(ask: Callable[[], Any], runs: int = RUNS) -> float:
    """Median of some calls after one that is not counted."""
    ask()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        ask()
        times.append(time.perf_counter() - began)
    return statistics.median(times)

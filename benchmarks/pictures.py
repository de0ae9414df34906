"""Time of a picture by the browser kept open, against a browser started for each."""

from __future__ import annotations

import statistics
import time
from datetime import date
from pathlib import Path

import kaleido
import pandas as pd
import plotly.graph_objects as go

from benchmarks.goals import Measure
from indices.analysis.refusal import Refusal
from indices.catalogue import FOCAL_PROVINCE, STANDING_TARGET, load_catalogue
from indices.export.chart_list import named_chart
from indices.export.images import picture
from indices.export.kept_browser import installed_browser, kept_browser
from indices.export.picture_sizes import SIZES, dated, sized
from indices.loaders.published import published_files, read_published
from indices.settings import ROOT

CHARTS = (("rank", "PCI", None), ("map", "PCI", "2022"), ("gap", "PAPI", "2024"))
ONE_BY_ONE, TEN = 3, 10


def measure_pictures(folder: Path) -> list[Measure]:
    """A picture by the kept browser; ten of them against ten kaleido pictures one by one.

    Of the ten, three are really made (a fresh browser each) and counted as ten.
    """
    path = installed_browser()
    if path is None:
        return [Measure("picture, kept browser", failure="no Chrome or Chromium installed")]
    figures = _figures()
    try:
        first = _seconds(figures[0])
        warm = [_seconds(figures[number % len(figures)]) for number in range(TEN)]
    finally:
        kept_browser(path).stop()
    fresh = [_fresh_seconds(figure, path) for figure in figures[:ONE_BY_ONE]]
    one_by_one = sum(fresh) * TEN / len(fresh)
    name = f"ten pictures, kept browser, against one by one ({ONE_BY_ONE} made × {TEN}/{ONE_BY_ONE})"
    return [
        Measure("picture, kept browser (median of ten)", statistics.median(warm), "s", 1),
        Measure("picture, kept browser (slowest of ten)", max(warm), "s"),
        Measure("first picture, with the browser's start", first, "s"),
        Measure(name, sum(warm), "s", 0.5, one_by_one),
    ]


def _figures() -> list[go.Figure]:
    catalogue = load_catalogue(ROOT / "data" / "catalogue")
    files = published_files(ROOT / "data" / "published")
    figures = pd.concat([read_published(file, catalogue)[0] for file in files], ignore_index=True)
    made = []
    for name, index, edition in CHARTS:
        found = named_chart(name, figures, catalogue, index, edition, FOCAL_PROVINCE, STANDING_TARGET, "vi")
        if isinstance(found, Refusal):
            raise RuntimeError(f"{name} {index}: {found.code}")
        made.append(dated(found, date(2026, 1, 1), "vi"))
    return made


def _seconds(figure: go.Figure) -> float:
    started = time.perf_counter()
    found = picture(figure, "slide", "png")
    if isinstance(found, Refusal):
        raise RuntimeError(found.code)
    return time.perf_counter() - started


def _fresh_seconds(figure: go.Figure, path: str) -> float:
    """The same picture as kaleido makes it by itself: a browser started and ended."""
    made = sized(figure, SIZES["slide"])
    options = {"format": "png", "width": made.layout.width, "height": made.layout.height, "scale": 2}
    started = time.perf_counter()
    kaleido.calc_fig_sync(made, opts=options, kopts={"path": path, "mathjax": False})
    return time.perf_counter() - started

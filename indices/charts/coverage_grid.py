"""Which editions hold figures of how many provinces."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.runs import Row, rows
from indices.charts.sheet import empty, figure
from indices.charts.theme import SMALL, Theme
from indices.i18n import Language, place, text

_ROW = 27
_COLUMNS = ("index", "edition", "year", "status", "n_ranked", "n_scores", "n_ranks")
_PATTERNS = {"complete": "", "partial": "/", "empty": "", "not_held": ""}


def coverage_grid(coverage: pd.DataFrame, *, caption: Caption, language: Language, theme: Theme) -> go.Figure:
    """Indices side by side, editions under each other, newest first, so that a phone can show all.

    `coverage`: index, edition, year, status (complete, partial, empty, not_held), n_ranked,
    n_scores, n_ranks (numbers of provinces). A click gives customdata = [index, edition].
    """
    found = rows(coverage, _COLUMNS)
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    names = list(dict.fromkeys(row["index"] for row in found))
    order = sorted({(-row["year"], row["edition"]) for row in found})
    editions = [edition for _, edition in order]
    return figure(
        [_cells(found, names, editions, language, theme)],
        caption=caption,
        language=language,
        theme=theme,
        height=_ROW * len(editions),
        left=58,
        right=8,
        above=28,
        below=8,
        xaxis={
            "range": [-0.55, len(names) - 0.5],
            "tickvals": list(range(len(names))),
            "ticktext": names,
            "side": "top",
            "showgrid": False,
            "tickfont": {"size": SMALL + 1, "color": theme.text},
        },
        yaxis={
            "range": [len(editions) - 0.5, -0.5],
            "tickvals": list(range(len(editions))),
            "ticktext": editions,
            "showgrid": False,
        },
        key=[
            text(f"charts.status_key_{status}", language)
            for status in _PATTERNS
            if any(row["status"] == status for row in found)
        ],
        layout={"barmode": "overlay", "bargap": 0},
    )


def _cells(
    found: list[Row], names: list[str], editions: list[str], language: Language, theme: Theme
) -> dict[str, Any]:
    fills = {"complete": theme.focal, "partial": theme.bands[1]}
    kept = [fills.get(row["status"], theme.background) for row in found]
    edges = [theme.focal if row["status"] in fills else theme.other for row in found]
    return {
        "type": "bar",
        "x": [names.index(row["index"]) for row in found],
        "base": [editions.index(row["edition"]) - 0.45 for row in found],
        "y": [0.9] * len(found),
        "width": 0.94,
        "customdata": [[row["index"], row["edition"]] for row in found],
        "text": [_count(row) for row in found],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {
            "size": SMALL,
            "color": [theme.on(fill) if fill == theme.focal else theme.text for fill in kept],
        },
        "hovertext": [_hover(row, language) for row in found],
        "hoverinfo": "text",
        "marker": {
            "color": kept,
            "line": {
                "color": edges,
                "width": [0 if row["status"] == "not_held" else 1 for row in found],
            },
            "pattern": {
                "shape": [_PATTERNS[row["status"]] for row in found],
                # The hatching itself takes the cell's colour where colours are given cell by cell.
                "bgcolor": theme.background,
                "size": 7,
                "solidity": 0.18,
            },
        },
    }


def _count(row: Row) -> str:
    if row["status"] == "not_held":
        return "–"
    return place(max(row["n_scores"] or 0, row["n_ranks"] or 0), row["n_ranked"])


def _hover(row: Row, language: Language) -> str:
    head = f"<b>{row['index']} {row['edition']}</b>: {text('charts.status_' + row['status'], language)}"
    if row["status"] == "not_held":
        return head
    counts = {name: place(row[name] or 0, row["n_ranked"]) for name in ("n_scores", "n_ranks")}
    return f"{head}<br>{text('charts.coverage_counts', language, **counts)}"

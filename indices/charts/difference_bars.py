"""The gap in parts as bars: where a province is behind another, and where it is ahead."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.bar_rows import BAR, LINE, SPACE, hatched, labels, placed
from indices.charts.caption import Caption
from indices.charts.runs import Row, rows
from indices.charts.sheet import empty, figure, note
from indices.charts.theme import SMALL, Theme
from indices.i18n import Language, points, score, text

_NAME_WIDTH = 40
"""Characters of a name beside which its figure has room on a phone."""
_COLUMNS = ("component", "name", "difference", "own", "other")


def difference_bars(
    differences: pd.DataFrame,
    *,
    focal: str,
    total: float,
    scale_max: float | None,
    caption: Caption,
    language: Language,
    theme: Theme,
) -> go.Figure:
    """One row a part: to the left what the focal province is behind, to the right what it leads by.

    `differences`: component, name, difference (points of the total that the other has more), own and
    other (points of the part's own scale), drawn from the largest lack to the largest lead; the last
    row is `total`, the whole distance, positive where the focal province is behind.
    """
    found = sorted(
        (row for row in rows(differences, _COLUMNS) if row["difference"] is not None),
        key=lambda row: -row["difference"],
    )
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    digits = points(scale_max)
    last = {"name": text("gap.chart_sum", language), "difference": total, "sum": True}
    drawn, height = placed([*found, last], _NAME_WIDTH, top=LINE + 6)
    for row in drawn:
        shown = 4 if row.get("sum") and 0 < abs(total) < 0.1 else digits
        row["label"], row["color"] = _distance(row["difference"], shown, language, theme)
        row["hover"] = _hover(row, focal, digits, language)
    reach = max(abs(row["difference"]) for row in drawn) or 1.0
    # Both sides keep room enough that the words over them stand on their own side.
    left = max(*(row["difference"] for row in drawn), reach * 0.25)
    right = max(*(-row["difference"] for row in drawn), reach * 0.25)
    heads: dict[str, Any] = {"y": LINE, "yanchor": "bottom", "xref": "paper"}
    behind = text("gap.chart_behind", language, province=focal)
    ahead = text("gap.chart_ahead", language, province=focal)
    return figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": [round(-row["difference"], 6) for row in drawn],
                "y": [row["y"] for row in drawn],
                "width": BAR,
                "marker": {
                    "color": [row["color"] for row in drawn],
                    # Told apart without colour too: what is lacking is hatched.
                    "pattern": hatched(
                        ["/" if row["difference"] > 0 else "" for row in drawn],
                        [row["color"] for row in drawn],
                        theme,
                    ),
                    "line": {"color": [row["color"] for row in drawn], "width": 1},
                },
                "customdata": [[row.get("component")] for row in drawn],
                "hovertext": [row["hover"] for row in drawn],
                "hoverinfo": "text",
            }
        ],
        caption=caption,
        language=language,
        theme=theme,
        height=height,
        left=16,
        right=22,
        above=6,
        below=8,
        xaxis={"range": [-left, right], "visible": False},
        yaxis={"range": [height, 0], "visible": False},
        annotations=[
            note(behind, size=SMALL, color=theme.missed, weight=600, **heads, x=0),
            note(ahead, size=SMALL, color=theme.focal, weight=600, **heads, x=1, xanchor="right"),
            *labels(drawn, theme),
        ],
        shapes=[
            # The line of no difference, beside the bars only: over the names it would cross them.
            *(_rule(0, 0, row["y"] - BAR / 2 - 2, row["y"] + BAR / 2 + 2, theme.text, "x") for row in drawn),
            _rule(0, 1, drawn[-1]["top"] - SPACE / 2, drawn[-1]["top"] - SPACE / 2, theme.grid, xref="paper"),
        ],
        layout={"bargap": 0},
    )


def _distance(difference: float, digits: int, language: Language, theme: Theme) -> tuple[str, str]:
    """A distance in words and its colour: behind, ahead or level."""
    if round(difference, digits) == 0:
        return text("gap.chart_level", language), theme.muted
    key = "gap.chart_by_behind" if difference > 0 else "gap.chart_by_ahead"
    color = theme.missed if difference > 0 else theme.focal
    return text(key, language, points=f"<b>{score(abs(difference), language, digits)}</b>"), color


def _hover(row: Row, focal: str, digits: int, language: Language) -> str:
    parts = [f"<b>{'<br>'.join(row['names'])}</b>"]
    if row.get("own") is not None and row.get("other") is not None:
        parts.append(f"{focal}: {score(row['own'], language, digits)}")
        parts.append(text("gap.hover_other", language, points=score(row["other"], language, digits)))
    return "<br>".join([*parts, row["label"]])


def _rule(x0: float, x1: float, y0: float, y1: float, color: str, xref: str) -> dict[str, Any]:
    line = {"color": color, "width": 1}
    return {"type": "line", "xref": xref, "yref": "y", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line}

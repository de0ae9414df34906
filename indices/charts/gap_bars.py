"""The gap in parts as bars: where a province is behind another, and where points are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices.charts.caption import Caption
from indices.charts.caption import lines as wrapped
from indices.charts.runs import Row, rows
from indices.charts.sheet import empty, figure, note
from indices.charts.theme import BODY, SMALL, Theme
from indices.i18n import Language, points, score, text

_LINE, _BAR, _SPACE = 17, 16, 14
"""Px of a line of a name, of a bar, and between one row and the next."""
_NAME_WIDTH = {"difference": 40, "lost": 36}
"""Characters of a name beside which its figure has room on a phone."""


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
        (row for row in rows(differences, _DIFFERENCE) if row["difference"] is not None),
        key=lambda row: -row["difference"],
    )
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    digits = points(scale_max)
    last = {"name": text("gap.chart_sum", language), "difference": total, "sum": True}
    drawn, height = _placed([*found, last], _NAME_WIDTH["difference"], top=_LINE + 6)
    for row in drawn:
        shown = 4 if row.get("sum") and 0 < abs(total) < 0.1 else digits
        row["label"], row["color"] = _distance(row["difference"], shown, language, theme)
        row["hover"] = _difference_hover(row, focal, digits, language)
    reach = max(abs(row["difference"]) for row in drawn) or 1.0
    # Both sides keep room enough that the words over them stand on their own side.
    left = max(*(row["difference"] for row in drawn), reach * 0.25)
    right = max(*(-row["difference"] for row in drawn), reach * 0.25)
    heads: dict[str, Any] = {"y": _LINE, "yanchor": "bottom", "xref": "paper"}
    behind = text("gap.chart_behind", language, province=focal)
    ahead = text("gap.chart_ahead", language, province=focal)
    return figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": [round(-row["difference"], 6) for row in drawn],
                "y": [row["y"] for row in drawn],
                "width": _BAR,
                "marker": {
                    "color": [row["color"] for row in drawn],
                    # Told apart without colour too: what is lacking is hatched.
                    "pattern": _hatched(
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
            *_labels(drawn, theme),
        ],
        shapes=[
            # The line of no difference, beside the bars only: over the names it would cross them.
            *(
                _rule(0, 0, row["y"] - _BAR / 2 - 2, row["y"] + _BAR / 2 + 2, theme.text, "x")
                for row in drawn
            ),
            _rule(
                0, 1, drawn[-1]["top"] - _SPACE / 2, drawn[-1]["top"] - _SPACE / 2, theme.grid, xref="paper"
            ),
        ],
        layout={"bargap": 0},
    )


def lost_bars(
    lost: pd.DataFrame,
    *,
    focal: str,
    scale_max: float | None,
    caption: Caption,
    language: Language,
    theme: Theme,
) -> go.Figure:
    """One row a part, as long as what it is worth: solid what was scored, hatched what is lost of it.

    `lost`: component, name, gained, attainable, lost (points of the total), best (the best province's
    points of the total; missing where not known), drawn from the largest loss down; parts that only
    together have a figure (`n_parts`) come last.
    """
    found = sorted(
        (row for row in rows(lost, _LOST) if row["lost"] is not None and row["attainable"] is not None),
        key=lambda row: (row["n_parts"] is not None, -row["lost"]),
    )
    if not found:
        return empty(caption=caption, language=language, theme=theme)
    digits = points(scale_max)
    drawn, height = _placed(found, _NAME_WIDTH["lost"], top=0)
    for row in drawn:
        gone, of = score(row["lost"], language, digits), _short(row["attainable"], language, digits)
        row["label"] = text("gap.chart_lost", language, lost=f"<b>{gone}</b>", of=of)
        row["color"] = theme.text
        row["hover"] = _lost_hover(row, focal, digits, language)
    longest = max(row["attainable"] for row in drawn)
    best = [row for row in drawn if row["best"] is not None]
    key = [
        f"<span style='color:{theme.focal}'>■</span> {text('gap.key_gained', language)}",
        f"<span style='color:{theme.missed}'>▨</span> {text('gap.key_lost', language)}",
        *[f"◀ {text('gap.key_best', language)}"] * bool(best),
    ]
    return figure(
        [
            _piece(drawn, "gained", theme.focal, "", theme),
            _piece(drawn, "lost", theme.missed, "/", theme),
            *[_best(best, theme)] * bool(best),
        ],
        caption=caption,
        language=language,
        theme=theme,
        height=height,
        left=16,
        right=22,
        above=6,
        below=8,
        xaxis={"range": [0, longest], "visible": False},
        yaxis={"range": [height, 0], "visible": False},
        key=key,
        annotations=_labels(drawn, theme),
        layout={"barmode": "stack", "bargap": 0},
    )


_DIFFERENCE = ("component", "name", "difference", "own", "other")
_LOST = ("component", "name", "gained", "attainable", "lost", "best", "n_parts")


def _placed(found: Sequence[Row], width: int, top: int) -> tuple[list[Row], int]:
    """Rows with their names cut into lines and their heights in px from the top, and the whole height."""
    height, drawn = top, []
    for row in found:
        names = wrapped(row["name"], width)
        start = height
        middle = start + _LINE * len(names) + _BAR / 2 + 2
        height = round(middle + _BAR / 2 + _SPACE)
        drawn.append({**row, "names": names, "top": start, "y": middle})
    return drawn, height


def _labels(drawn: Sequence[Row], theme: Theme) -> list[dict[str, Any]]:
    """The name at the left over the bar, its figure at the right."""
    found = []
    for row in drawn:
        over = {"y": row["y"] - _BAR / 2 - 1, "yanchor": "bottom", "xref": "paper"}
        weight = 600 if row.get("sum") else 400
        found.append(note("<br>".join(row["names"]), size=BODY, color=theme.text, weight=weight, **over, x=0))
        right = {"x": 1, "xanchor": "right", "weight": weight, **over}
        found.append(note(row["label"], size=BODY, color=row["color"], **right))
    return found


def _distance(difference: float, digits: int, language: Language, theme: Theme) -> tuple[str, str]:
    """A distance in words and its colour: behind, ahead or level."""
    if round(difference, digits) == 0:
        return text("gap.chart_level", language), theme.muted
    key = "gap.chart_by_behind" if difference > 0 else "gap.chart_by_ahead"
    color = theme.missed if difference > 0 else theme.focal
    return text(key, language, points=f"<b>{score(abs(difference), language, digits)}</b>"), color


def _difference_hover(row: Row, focal: str, digits: int, language: Language) -> str:
    parts = [f"<b>{'<br>'.join(row['names'])}</b>"]
    if row.get("own") is not None and row.get("other") is not None:
        parts.append(f"{focal}: {score(row['own'], language, digits)}")
        parts.append(text("gap.hover_other", language, points=score(row["other"], language, digits)))
    return "<br>".join([*parts, row["label"]])


def _lost_hover(row: Row, focal: str, digits: int, language: Language) -> str:
    parts = [
        f"<b>{'<br>'.join(row['names'])}</b>",
        f"{focal}: {score(row['gained'], language, digits)}/{_short(row['attainable'], language, digits)}",
        text("gap.hover_lost", language, points=score(row["lost"], language, digits)),
    ]
    if row["best"] is not None:
        parts.append(f"{text('gap.key_best', language)}: {score(row['best'], language, digits)}")
    return "<br>".join(parts)


def _piece(drawn: Sequence[Row], name: str, color: str, hatch: str, theme: Theme) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": [round(row[name], 6) for row in drawn],
        "y": [row["y"] for row in drawn],
        "width": _BAR,
        "marker": {
            "color": color,
            "pattern": _hatched(hatch, color, theme),
            "line": {"color": color, "width": 1},
        },
        "customdata": [[row["component"]] for row in drawn],
        "hovertext": [row["hover"] for row in drawn],
        "hoverinfo": "text",
    }


def _best(drawn: Sequence[Row], theme: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(row["best"], 6) for row in drawn],
        "y": [row["y"] for row in drawn],
        "cliponaxis": False,
        "marker": {
            "symbol": "triangle-left",
            "size": 11,
            "color": theme.text,
            "line": {"color": theme.background, "width": 1},
        },
        "hovertext": [row["hover"] for row in drawn],
        "hoverinfo": "text",
    }


def _hatched(shape: Any, color: Any, theme: Theme) -> dict[str, Any]:
    return {
        "shape": shape,
        "fillmode": "replace",
        "fgcolor": color,
        "bgcolor": theme.background,
        "size": 6,
        "solidity": 0.35,
    }


def _rule(x0: float, x1: float, y0: float, y1: float, color: str, xref: str) -> dict[str, Any]:
    line = {"color": color, "width": 1}
    return {"type": "line", "xref": xref, "yref": "y", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line}


def _short(value: float, language: Language, digits: int) -> str:
    """A maximum without decimals it does not have."""
    for fewer in range(digits):
        if round(value, fewer) == round(value, digits):
            return score(value, language, fewer)
    return score(value, language, digits)

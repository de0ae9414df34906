"""What lines of ranks and lines of scores share: the line, the label at its end, breaks and events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from indices.charts.caption import lines as wrapped
from indices.charts.runs import Row, joined, nudged, rows, runs
from indices.charts.sheet import note
from indices.charts.theme import BODY, SMALL, Stroke, Theme
from indices.i18n import Language, points, score, text

HISTORY = ("province", "year", "score", "place", "computed", "n_ranked", "basis", "segment")
_LABEL_LINE, _LETTER = 17, 6.5
"""Px a label at a line's end needs in height, and about what a letter needs in width."""


# A page draws the same scores again and again, and writing one takes longer than drawing it.
written = lru_cache(maxsize=8192)(score)


@dataclass(frozen=True)
class End:
    """The label at the end of a line: what it says, where the line ends and its colour."""

    text: str
    value: float
    color: str
    letters: int


def line(
    history: list[Row],
    value: str,
    *,
    stroke: Stroke,
    focal: bool,
    hover: Callable[[Row], str],
    theme: Theme,
    labels: Callable[[Row], str] | None = None,
) -> dict[str, Any]:
    """One province's line in pieces; hollow markers where the place is computed by us."""
    pieces = runs(history, value)
    size = 9 if focal else 7

    def inside(row: Row) -> str:
        return theme.background if row["computed"] else stroke.color

    trace: dict[str, Any] = {
        "type": "scatter",
        "name": history[0]["province"],
        "mode": "lines+markers",
        "x": joined(pieces, lambda row: row["year"]),
        "y": joined(pieces, lambda row: row[value]),
        "customdata": joined(pieces, lambda row: [row["province"]]),
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": stroke.color, "width": 3.5 if focal else 1.8, "dash": stroke.dash},
        "marker": {
            "symbol": stroke.symbol,
            "size": size,
            "color": [fill or stroke.color for fill in joined(pieces, inside)],
            "line": {"color": stroke.color, "width": 2 if focal else 1.5},
        },
        "hovertext": [words or "" for words in joined(pieces, hover)],
        "hoverinfo": "text",
    }
    if labels:
        sides: list[str] = []
        for piece in pieces:
            sides += ["top center"] if sides else []
            sides += [_side(piece, at, value) for at in range(len(piece))]
        trace |= {
            "mode": "lines+markers+text",
            "text": [words or "" for words in joined(pieces, labels)],
            "textposition": sides,
            "textfont": {"size": BODY, "color": stroke.color, "weight": 600},
        }
    return trace


def ends(found: Sequence[End], *, top: float, bottom: float, height: int) -> tuple[list[dict[str, Any]], int]:
    """Labels in the right margin at their lines' ends, nudged apart, and the margin they need in px."""
    scale = height / (bottom - top)
    wanted = [(end.value - top) * scale for end in found]
    placed = nudged(wanted, _LABEL_LINE)
    # A stack that would leave the plot is moved back into it as a whole.
    over = max([0.0, *(at - height for at in placed)]) or min([0.0, *placed])
    labels = [
        note(end.text, size=BODY, color=end.color)
        | {"xref": "paper", "x": 1, "xshift": 4, "yref": "y", "y": end.value, "yanchor": "middle"}
        | {"yshift": round(want - at + over, 1)}
        for end, want, at in zip(found, wanted, placed, strict=True)
    ]
    return labels, 12 + round(_LETTER * max((end.letters for end in found), default=0))


def break_marks(
    breaks: pd.DataFrame | None, *, first: int, last: int, at: float, language: Language, theme: Theme
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Dotted lines before the first edition of a new method, and marks over them that say what changed."""
    found = [] if breaks is None else rows(breaks, ("year", "text"))
    found = [row for row in found if first < row["year"] <= last]
    shapes = [
        {
            "type": "line",
            "xref": "x",
            "yref": "paper",
            "x0": row["year"] - 0.5,
            "x1": row["year"] - 0.5,
            "y0": 0,
            "y1": 1,
            "layer": "below",
            "line": {"color": theme.muted, "width": 1, "dash": "dot"},
        }
        for row in found
    ]
    said = [text("charts.break_from", language, year=row["year"], what=row["text"]) for row in found]
    marks = _marks([row["year"] - 0.5 for row in found], at, said, "diamond-tall", theme.muted)
    return shapes, [marks] if found else []


def event_marks(events: pd.DataFrame | None, *, at: float, theme: Theme) -> list[dict[str, Any]]:
    """Small marks at the plot's foot; what happened within one quarter of a year shares a mark."""
    quarters: dict[float, list[str]] = {}
    for row in [] if events is None else rows(events, ("x", "text")):
        quarters.setdefault(round(row["x"] * 4) / 4, []).append(row["text"])
    if not quarters:
        return []
    said = ["\n".join(texts) for texts in quarters.values()]
    return [_marks(list(quarters), at, said, "triangle-up", theme.near)]


def about(row: Row, headline: str, language: Language) -> str:
    """The hover text of a point: province, `headline`, score and where the figure comes from."""
    parts = [f"<b>{row['province']}</b>", headline]
    value = row["score"]
    if value is not None:
        said = written(value, language, points(1 if value <= 1 else None))
        parts.append(text("charts.score_is", language, score=said))
    if row["basis"]:
        parts.append(text(f"charts.basis.{row['basis']}", language))
    return "<br>".join(parts)


def _side(piece: list[Row], at: int, value: str) -> str:
    """Where a point's number keeps clear of its line: outside of the bend (rank axis: 1 on top)."""
    here = piece[at][value]
    beside = [piece[i][value] for i in (at - 1, at + 1) if 0 <= i < len(piece)]
    return "bottom center" if beside and here > sum(beside) / len(beside) else "top center"


def _marks(x: list[float], at: float, said: list[str], symbol: str, color: str) -> dict[str, Any]:
    cut = ["<br>".join(part for one in words.split("\n") for part in wrapped(one, 44)) for words in said]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": [at] * len(x),
        "cliponaxis": False,
        "marker": {"symbol": symbol, "size": SMALL - 2, "color": color},
        "hovertext": cut,
        "hoverinfo": "text",
    }

"""Rows of bars with their names above them: where they stand, what is written at both ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indices.charts.caption import lines as wrapped
from indices.charts.runs import Row
from indices.charts.sheet import note
from indices.charts.theme import BODY, Theme

LINE, BAR, SPACE = 17, 16, 14
"""Px of a line of a name, of a bar, and between one row and the next."""


def placed(found: Sequence[Row], width: int, top: int) -> tuple[list[Row], int]:
    """Rows with their names cut into lines and their heights in px from the top, and the whole height."""
    height, drawn = top, []
    for row in found:
        names = wrapped(row["name"], width)
        start = height
        middle = start + LINE * len(names) + BAR / 2 + 2
        height = round(middle + BAR / 2 + SPACE)
        drawn.append({**row, "names": names, "top": start, "y": middle})
    return drawn, height


def labels(drawn: Sequence[Row], theme: Theme) -> list[dict[str, Any]]:
    """The name at the left over the bar, its figure at the right."""
    found = []
    for row in drawn:
        over = {"y": row["y"] - BAR / 2 - 1, "yanchor": "bottom", "xref": "paper"}
        weight = 600 if row.get("sum") else 400
        found.append(note("<br>".join(row["names"]), size=BODY, color=theme.text, weight=weight, **over, x=0))
        right = {"x": 1, "xanchor": "right", "weight": weight, **over}
        found.append(note(row["label"], size=BODY, color=row["color"], **right))
    return found


def hatched(shape: Any, color: Any, theme: Theme) -> dict[str, Any]:
    """A pattern on the page's own ground, so that bars differ without their colours; "" for none."""
    return {
        "shape": shape,
        "fillmode": "replace",
        "fgcolor": color,
        "bgcolor": theme.background,
        "size": 6,
        "solidity": 0.35,
    }

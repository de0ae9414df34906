"""A small rank line for a card, as SVG that asks nothing from outside and takes the page's colours."""

from __future__ import annotations

from html import escape

import pandas as pd

from indices.charts.runs import Row, rows, runs
from indices.i18n import DEFAULT_LANGUAGE, Language, place, text


def sparkline(
    history: pd.DataFrame,
    *,
    target_rank: int,
    n_ranked: int,
    width: int = 220,
    height: int = 56,
    language: Language = DEFAULT_LANGUAGE,
    color: str = "currentColor",
    band: str = "currentColor",
) -> str:
    """One province's places as an SVG element: 1 on top, target band, gaps left open, last point marked.

    `history`: year, place, computed, n_ranked, segment. `color` and `band` are CSS colours or
    variables ("var(--focal)"); the classes sparkline-line, -band, -last may override them.
    """
    found = rows(history, ("year", "place", "computed", "n_ranked", "segment"))
    known = [row for row in found if row["place"] is not None]
    if not known:
        return _svg(width, height, text("charts.no_figure", language), "")
    first, last = found[0]["year"], found[-1]["year"]
    edge = 6
    deepest = max(n_ranked, *(row["place"] for row in known), 2)

    def x(year: float) -> float:
        return float(round(edge + (year - first) / max(1, last - first) * (width - 2 * edge), 1))

    def y(rank: float) -> float:
        return float(round(edge + (rank - 1) / (deepest - 1) * (height - 2 * edge), 1))

    def dot(row: Row, radius: float, name: str) -> str:
        fill = "none" if row["computed"] else color
        at = f'cx="{x(row["year"])}" cy="{y(row["place"])}" r="{radius}"'
        return f'<circle class="{name}" {at} fill="{fill}" stroke="{color}" stroke-width="1.5"/>'

    floor = y(min(target_rank + 0.5, deepest))
    parts = [
        f'<rect class="sparkline-band" width="{width}" height="{floor}" fill="{band}" fill-opacity="0.12"/>'
    ]
    for piece in runs(found, "place"):
        if len(piece) == 1:
            parts.append(dot(piece[0], 2, "sparkline-point"))
            continue
        path = "L".join(f"{x(row['year'])} {y(row['place'])}" for row in piece)
        parts.append(
            f'<path class="sparkline-line" d="M{path}" fill="none" stroke="{color}" stroke-width="2" '
            'stroke-linejoin="round" stroke-linecap="round"/>'
        )
    end = known[-1]
    parts.append(dot(end, 3.5, "sparkline-last"))
    said = text(
        "charts.sparkline",
        language,
        first=known[0]["year"],
        start=place(known[0]["place"], known[0]["n_ranked"]),
        last=end["year"],
        end=place(end["place"], end["n_ranked"]),
        target=target_rank,
    )
    return _svg(width, height, said, "".join(parts))


def _svg(width: int, height: int, title: str, inside: str) -> str:
    said = escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="sparkline" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="{said}">'
        f"<title>{said}</title>{inside}</svg>"
    )

"""The sheet a chart stands on: title, subtitle, key and source around a plot of fixed margins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from indices.charts.caption import TEXT_WIDTH, TITLE_WIDTH, Caption, lines, packed
from indices.charts.theme import BODY, FONT, SMALL, TITLE, Theme
from indices.i18n import Language, text

EDGE = 10
"""Px between the figure's edge and its texts."""
_TITLE_LINE, _BODY_LINE, _SMALL_LINE = 22, 18, 16


def figure(
    traces: list[dict[str, Any]],
    *,
    caption: Caption,
    language: Language,
    theme: Theme,
    height: int,
    left: int,
    right: int,
    xaxis: dict[str, Any],
    yaxis: dict[str, Any],
    key: Sequence[str] = (),
    above: int = 12,
    below: int = 28,
    annotations: Sequence[dict[str, Any]] = (),
    shapes: Sequence[dict[str, Any]] = (),
    layout: dict[str, Any] | None = None,
) -> go.Figure:
    """A figure with its words inside, so that a saved image carries them too.

    `height` is the plot's own height in px; `above` and `below` are left free for what stands
    directly over and under it (legend, axis labels); `key` explains marks, entry by entry.
    """
    title = lines(caption.title, TITLE_WIDTH)
    subtitle = lines(caption.subtitle, TEXT_WIDTH)
    source = lines(caption.source, TEXT_WIDTH)
    keys = packed(key)
    key_height = len(keys) * _SMALL_LINE + (6 if keys else 0)
    head = len(title) * _TITLE_LINE + len(subtitle) * _BODY_LINE + 14
    foot = key_height + len(source) * _SMALL_LINE + 10
    over = above + len(subtitle) * _BODY_LINE
    words = [
        _words(title, TITLE, theme.text, left, y=1, yanchor="bottom", yshift=over, weight=600),
        _words(subtitle, BODY, theme.muted, left, y=1, yanchor="bottom", yshift=above),
        _words(keys, SMALL, theme.text, left, y=0, yanchor="top", yshift=-below),
        _words(source, SMALL, theme.muted, left, y=0, yanchor="top", yshift=-below - key_height),
    ]
    spec = {
        # An empty template: plotly's own is ten times the size of a chart and would colour it.
        "template": {"layout": {}},
        # For whoever needs the words alone (alternative text, slides). The title that is seen is an
        # annotation: plotly's own title leaves the figure at the top when it has two lines.
        "meta": {"title": caption.title, "subtitle": caption.subtitle, "source": caption.source},
        "font": {"family": FONT, "size": SMALL, "color": theme.text},
        "paper_bgcolor": theme.background,
        "plot_bgcolor": theme.background,
        "separators": ",." if language == "vi" else ".,",
        "height": head + above + height + below + foot,
        "margin": {"t": head + above, "b": below + foot, "l": left, "r": right, "pad": 0},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": theme.panel,
            "bordercolor": theme.other,
            "align": "left",
            "namelength": -1,
            "font": {"family": FONT, "size": BODY, "color": theme.text},
        },
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": theme.muted, "activecolor": theme.focal},
        "xaxis": axis(theme) | xaxis,
        "yaxis": axis(theme) | yaxis,
        "annotations": [word for word in words if word["text"]] + list(annotations),
        "shapes": list(shapes),
    }
    # Not validated here: checking every property takes ten times as long as the chart itself,
    # and the tests check the same figures in full.
    return go.Figure({"data": traces, "layout": spec | (layout or {})}, _validate=False)


def empty(*, caption: Caption, language: Language, theme: Theme) -> go.Figure:
    """The sheet of a chart for which there is no figure: its words, and that sentence in the middle."""
    place = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "xanchor": "center", "yanchor": "middle"}
    return figure(
        [],
        caption=caption,
        language=language,
        theme=theme,
        height=120,
        left=EDGE,
        right=EDGE,
        xaxis={"visible": False},
        yaxis={"visible": False},
        annotations=[note(text("charts.no_figure", language), size=BODY, color=theme.muted) | place],
    )


def note(words: str, *, size: int = SMALL, color: str, weight: int = 400, **position: Any) -> dict[str, Any]:
    """A text without an arrow at a place of the plot."""
    return {
        "text": words,
        "showarrow": False,
        "font": {"size": size, "color": color, "weight": weight},
        "align": "left",
        "xanchor": "left",
        **position,
    }


def years(first: int, last: int, labels: int = 6) -> dict[str, Any]:
    """An axis of whole years with at most `labels` of them written, as many as a phone has room for."""
    return {
        "range": [first - 0.4, last + 0.4],
        "tickformat": "d",
        "tick0": last,
        "dtick": -(-(last - first + 1) // labels),
        "tickangle": 0,
        "showgrid": False,
    }


def _words(found: list[str], size: int, color: str, left: int, **position: Any) -> dict[str, Any]:
    # Aligned with the title at the sheet's edge, not with the plot, whose left margin varies.
    place = {"xref": "paper", "yref": "paper", "x": 0, "xshift": EDGE - left, **position}
    return note("<br>".join(found), size=size, color=color, **place)


def axis(theme: Theme) -> dict[str, Any]:
    """What every axis has in common, for a chart with more than one pair of them."""
    return {
        "fixedrange": True,
        "zeroline": False,
        "showline": False,
        "gridcolor": theme.grid,
        "automargin": False,
        "tickfont": {"size": SMALL, "color": theme.muted},
    }

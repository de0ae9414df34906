"""The sheet a chart stands on: title, subtitle, key and source around a plot of fixed margins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from indices.charts.caption import TEXT_WIDTH, TITLE_WIDTH, Caption, lines, packed
from indices.charts.theme import BODY, FONT, SMALL, TITLE, Theme
from indices.i18n import Language, text

EDGE = 10
"""Px between the figure's edge and its texts."""
_TITLE_LINE, _BODY_LINE, _SMALL_LINE = 22, 18, 16


@dataclass(frozen=True)
class Words:
    """The words of a sheet and where they stand: `above`, `below` and `left` are px around the plot."""

    caption: Caption
    key: tuple[str, ...]
    above: int
    below: int
    left: int
    text: str
    muted: str
    narrowest: int = 0

    def laid_out(self, title_width: int, text_width: int) -> tuple[list[dict[str, Any]], int, int]:
        """Annotations with lines of at most so many characters, and the margins over and under the plot."""
        title = lines(self.caption.title, title_width)
        subtitle = lines(self.caption.subtitle, text_width)
        source = lines(self.caption.source, text_width)
        keys = packed(self.key, text_width)
        key_height = len(keys) * _SMALL_LINE + (6 if keys else 0)
        head = len(title) * _TITLE_LINE + len(subtitle) * _BODY_LINE + 14
        foot = key_height + len(source) * _SMALL_LINE + 10
        over, under = self.above + len(subtitle) * _BODY_LINE, -self.below - key_height
        upper = {"y": 1, "yanchor": "bottom"}
        lower = {"y": 0, "yanchor": "top"}
        found = [
            self._note(title, TITLE, self.text, **upper, yshift=over, weight=600),
            self._note(subtitle, BODY, self.muted, **upper, yshift=self.above),
            self._note(keys, SMALL, self.text, **lower, yshift=-self.below),
            self._note(source, SMALL, self.muted, **lower, yshift=under),
        ]
        return [words for words in found if words["text"]], head + self.above, self.below + foot

    def _note(self, found: list[str], size: int, color: str, **position: Any) -> dict[str, Any]:
        # Aligned with the title at the sheet's edge, not with the plot, whose left margin varies.
        place = {"xref": "paper", "yref": "paper", "x": 0, "xshift": EDGE - self.left, **position}
        return note("<br>".join(found), size=size, color=color, **place)

    def meta(self) -> dict[str, Any]:
        """The same words for whoever reads the figure: alternative text, slides, another layout."""
        said = self.caption
        room = {"above": self.above, "below": self.below, "text": self.text, "muted": self.muted}
        room |= {"narrowest": self.narrowest} if self.narrowest else {}
        words = {"title": said.title, "subtitle": said.subtitle, "source": said.source}
        return words | {"key": list(self.key), "sheet": room}


def words_of(spec: Mapping[str, Any]) -> tuple[Words, list[dict[str, Any]]]:
    """The words of a figure made by `figure`, from its layout, and the annotations that are none of them."""
    meta = spec["meta"]
    room = meta["sheet"]
    words = Words(
        Caption(meta["title"], meta["subtitle"], meta["source"]),
        tuple(meta["key"]),
        left=spec["margin"]["l"],
        **room,
    )
    n_words = sum(bool(meta[name]) for name in ("title", "subtitle", "key", "source"))
    return words, list(spec["annotations"][n_words:])


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
    narrowest: int = 0,
) -> go.Figure:
    """A figure with its words inside, so that a saved image carries them too.

    `height` is the plot's own height in px; `above` and `below` are left free for what stands
    directly over and under it (legend, axis labels); `key` explains marks, entry by entry. `narrowest`:
    px below which a picture must not lay it out.
    """
    words = Words(caption, tuple(key), above, below, left, theme.text, theme.muted, narrowest)
    notes, top, bottom = words.laid_out(TITLE_WIDTH, TEXT_WIDTH)
    spec = {
        # An empty template: plotly's own is ten times the size of a chart and would colour it.
        "template": {"layout": {}},
        # For whoever needs the words alone (alternative text, slides). The title that is seen is an
        # annotation: plotly's own title leaves the figure at the top when it has two lines.
        "meta": words.meta(),
        "font": {"family": FONT, "size": SMALL, "color": theme.text},
        "paper_bgcolor": theme.background,
        "plot_bgcolor": theme.background,
        "separators": ",." if language == "vi" else ".,",
        "height": top + height + bottom,
        "margin": {"t": top, "b": bottom, "l": left, "r": right, "pad": 0},
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
        "annotations": notes + list(annotations),
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

"""How many indices were within the target, year by year."""

from __future__ import annotations

from indices.charts import Caption, target_counts
from indices.ui import columns, data, show
from indices.ui.frame import Page
from indices.ui.tables import Column


def counts_piece(page: Page) -> show.Piece:
    """The chart of the province in focus."""
    counts = data.target_counts(page.province, page.target_rank)
    newest = counts.iloc[-1]
    figure = target_counts(
        counts,
        caption=Caption(
            page.text("overview.counts_title", target=page.target_rank),
            page.text("overview.counts_how", province=page.called(page.province)),
            page.text("overview.counts_source"),
        ),
        language=page.language,
        theme=page.theme,
    )
    state = {"year": newest["year"], "met": newest["met"], "missed": newest["missed"]}
    return show.Piece(figure, page.text("overview.counts_alt", **state), counts.iloc[::-1])


def counts_columns(page: Page) -> list[Column]:
    """The columns of its table."""
    names = {"columns.year": "year", **{f"columns.{name}": name for name in ("met", "missed", "unknown")}}
    return [columns.whole_number(page, heading, name) for heading, name in names.items()]

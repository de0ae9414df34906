"""The index × edition table of ranks: places within the target stand out, breaks cut the row."""

from __future__ import annotations

from html import escape

import pandas as pd

from indices.analysis.cells import whole
from indices.ui.frame import Page

FIRST_YEARS_SHOWN = 14
"""Years shown, counted back from the newest: what fits a page 1440 px wide."""


def rank_table(page: Page, histories: pd.DataFrame) -> str:
    """`histories`: rank histories of one province in several indices, joined. Newest year last."""
    newest = int(histories["year"].max())
    years = list(range(max(int(histories["year"].min()), newest - FIRST_YEARS_SHOWN + 1), newest + 1))
    head = "".join(f'<th scope="col">{year}</th>' for year in years)
    body = "".join(
        f'<tr><th scope="row">{escape(str(index))}</th>{_cells(page, rows, years)}</tr>'
        for index, rows in histories.groupby("index", sort=False)
    )
    key = escape(page.text("overview.rank_table_key", target=page.target_rank))
    corner = f'<th scope="col">{escape(page.text("columns.index"))}</th>'
    return (
        '<div class="scroll newest"><table class="figures ranks">'
        f"<thead><tr>{corner}{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f'<p class="small">{key}</p>'
    )


def _cells(page: Page, rows: pd.DataFrame, years: list[int]) -> str:
    by_year = {int(row["year"]): row for row in rows.to_dict("records")}
    cells = []
    for year in years:
        row = by_year.get(year)
        if row is None or not row["held"]:
            cells.append("<td></td>")
            continue
        names = ["cut"] if row["starts_method"] else []
        place = whole(row["place"])
        if place is None:
            names.append("none")
            written = "·"
        else:
            met = place <= page.target_rank
            names += ["met"] if met else []
            written = f"{'●' if met else ''}{place}{'*' if row['computed'] is True else ''}"
        cells.append(f'<td class="{" ".join(names)}">{written}</td>')
    return "".join(cells)

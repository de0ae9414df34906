"""Cells that differ between two tables of an edition, as a table for a reader."""

from __future__ import annotations

import pandas as pd

from indices import i18n
from indices.analysis.cells import number
from indices.narrative import source_name
from indices.tidy import OVERALL
from indices.ui.frame import Page
from indices.ui.tables import Column, Row, html_table

MOST = 500
"""Cells written out on a page."""
FIGURES = ("score", "rank")
KINDS = ("changed", "added", "removed")
_DECIMALS = 6
_SHOWN = 160
_TALL = 15


def changes_table(page: Page, found: pd.DataFrame, old: str, new: str) -> str:
    """The first MOST cells of an answer of `difference`, changed figures first; `old`, `new`: headings."""
    words, kinds = ~found["field"].isin(FIGURES), found["kind"].map(KINDS.index)
    # Notes are for those who keep the figures, and in their language: they are counted, not written out.
    ordered = (
        found[found["field"] != "note"]
        .assign(_words=words, _kind=kinds)
        .sort_values(["_words", "_kind"], kind="stable")
    )
    shown = ordered.head(MOST)
    return html_table(
        shown,
        _columns(page, old, new),
        tall=len(shown) > _TALL,
        row_class=lambda row: "focal" if row["province"] == page.province else "",
    )


def counts_lines(page: Page, found: pd.DataFrame) -> list[str]:
    """How many cells were added, changed and removed: of figures, and of the words that go with them."""
    figures = found["field"].isin(FIGURES)
    lines = []
    for key, rows in (("counts_figures", found[figures]), ("counts_words", found[~figures])):
        kinds = rows["kind"].value_counts()
        counts = {kind: i18n.count(int(kinds.get(kind, 0)), page.language) for kind in KINDS}
        if len(rows) or key == "counts_figures":
            lines.append(page.text(f"upload.{key}", **counts))
    return lines


def lost(found: pd.DataFrame) -> int:
    """How many figures in use the newer table does not have."""
    return int((found["field"].isin(FIGURES) & (found["kind"] == "removed")).sum())


def figure(page: Page, value: float | None, field: str) -> str:
    """A figure with every decimal it has."""
    if value is None:
        return i18n.NOTHING
    if field != "score":
        return str(int(value))
    digits = next(n for n in range(_DECIMALS + 1) if n == _DECIMALS or round(value, n) == value)
    return i18n.score(value, page.language, digits)


def component_name(page: Page, index: str, edition: str, code: str) -> str:
    """A component's name in an edition; the whole index has words of its own."""
    if code == OVERALL:
        return page.text("history.overall")
    year = int(edition[:4]) if edition[:4].isdigit() else 0
    spec = page.catalogue.component(index, code, year)
    return code if spec is None else spec.name_vi if page.language == "vi" else spec.name_en


def _columns(page: Page, old: str, new: str) -> list[Column]:
    return [
        Column(page.text("columns.province"), lambda row: _province(page, row)),
        Column(page.text("upload.head_field"), lambda row: _figure_name(page, row)),
        Column(old, lambda row: _cell(page, row, "old"), number=True),
        Column(new, lambda row: _cell(page, row, "new"), number=True),
    ]


def _figure_name(page: Page, row: Row) -> str:
    component = component_name(page, row["index"], row["edition"], row["component"])
    return page.text("upload.figure", component=component, field=page.word("upload.role", row["field"]))


def _province(page: Page, row: Row) -> str:
    spec = page.catalogue.edition(row["index"], row["edition"])
    return page.called(row["province"], spec.province_frame if spec else 63)


def _cell(page: Page, row: Row, side: str) -> str:
    found = row[f"{side}_text"]
    if not isinstance(found, str):
        return figure(page, number(row[side]), row["field"])
    words: str = found
    if row["field"] == "source":
        words = source_name(page.catalogue, words)
    elif row["field"] == "basis":
        words = page.word("charts.basis", words)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"

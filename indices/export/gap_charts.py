"""The charts of the gap: where a province is behind or ahead part by part, and where it loses points."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indices.analysis.gap import Gap
from indices.analysis.gap_parts import OTHER, RESIDUAL
from indices.charts import Caption, short_name
from indices.charts.difference_bars import difference_bars
from indices.charts.lost_bars import lost_bars
from indices.export.index_charts import source_of
from indices.export.reader import Reader
from indices.narrative import gap as words
from indices.tidy import OVERALL

ROUNDING = 0.005
"""Points below which the row of the rounding is left out of a chart: it would read 0,00."""


def compared_with(reader: Reader, found: Gap, around: bool) -> str:
    """With whom the parts are compared: the province at the line, or those around it."""
    if around:
        return reader.text("gap.around_words", n=len(found.around), target=reader.target_rank)
    return reader.called(str(found.summary["target_province"].iloc[0]))


def difference_rows(reader: Reader, parts: pd.DataFrame, around: bool) -> pd.DataFrame:
    """Rows of `Gap.parts` with `name`, `difference` and `other` as compared, the largest lack first."""
    column, other = ("difference_around", "around_line") if around else ("difference", "at_line")
    table = _listed(reader, parts, column).rename(columns={other: "other"})
    table["difference"] = table[column]
    return table


def difference_chart(
    reader: Reader, index: str, edition: str, found: Gap, rows: pd.DataFrame, around: bool
) -> go.Figure:
    """Where the province is behind or ahead (`rows`: `difference_rows`)."""
    called = reader.called(reader.province)
    how = reader.text("gap.difference_how", index=index, edition=edition)
    if around:
        names = ", ".join(short_name(reader.called(name)) for name in found.around)
        how = reader.text("gap.difference_how_around", index=index, edition=edition, names=names)
    other = compared_with(reader, found, around)
    return difference_bars(
        rows[(rows["component"] != RESIDUAL) | (rows["difference"].abs() >= ROUNDING)],
        focal=short_name(called),
        total=float(rows["difference"].sum()),
        scale_max=found.summary.iloc[0].to_dict()["scale_max"],
        caption=Caption(
            reader.text("gap.difference_title", province=called, other=other),
            how,
            source_of(reader, index, rows.sort_index()),
        ),
        language=reader.language,
        theme=reader.theme,
    )


def lost_rows(reader: Reader, lost: pd.DataFrame) -> pd.DataFrame:
    """Rows of `Gap.lost` with `name` and `best` in points of the total, the largest loss first."""
    table = _listed(reader, lost, "lost")
    table["best"] = table["best"] * table["factor"]
    return table


def lost_chart(
    reader: Reader, index: str, edition: str, found: Gap, rows: pd.DataFrame, parent: str = OVERALL
) -> go.Figure:
    """Where the province loses points (`rows`: `lost_rows`), in the whole index or in one of its parts."""
    called = reader.called(reader.province)
    title = reader.text("gap.lost_title", province=called)
    if parent != OVERALL:
        spec = reader.catalogue.component(index, parent, int(edition[:4]))
        named = "" if spec is None else spec.name_vi if reader.language == "vi" else spec.name_en
        title = reader.text("gap.lost_title_part", province=called, part=words.plain_name(named))
    return lost_bars(
        rows[rows["component"] != RESIDUAL],
        focal=called,
        scale_max=found.summary.iloc[0].to_dict()["scale_max"],
        caption=Caption(
            title,
            reader.text("gap.lost_how", index=index, edition=edition),
            source_of(reader, index, rows.sort_index()),
        ),
        language=reader.language,
        theme=reader.theme,
    )


def _listed(reader: Reader, table: pd.DataFrame, figure: str) -> pd.DataFrame:
    """The rows with a column `name` in the reader's language, the largest figure first, the rest last."""
    name = table["name_vi" if reader.language == "vi" else "name_en"].astype(object)
    name = name.mask(table["component"] == RESIDUAL, reader.text("gap.residual"))
    for row in table[table["component"] == OTHER].itertuples():
        key = "gap.other_parts" if row.n_parts else "gap.other_parts_all"
        name[row.Index] = reader.text(key, n=row.n_parts)
    named = table.assign(name=name.map(lambda one: words.plain_name(str(one))))
    single = ~table["component"].isin([RESIDUAL, OTHER])
    return named.assign(_single=single).sort_values(["_single", figure], ascending=False)

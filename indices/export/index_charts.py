"""The charts of one index as pages and pictures show them: trends, the map of an edition, its components."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from indices import narrative
from indices.catalogue import MERGER_FRAME, EventSpec
from indices.charts import Caption, component_bars, rank_lines, score_lines, tile_map
from indices.export.reader import Reader
from indices.i18n import day


def rank_chart(
    reader: Reader, index: str, history: pd.DataFrame, with_events: bool = False, frame: int = 63
) -> go.Figure:
    """The places of one province by year (`history`: `analysis.rank_history`, at least one row)."""
    called = reader.called(str(history["province"].iloc[0]), frame)
    return rank_lines(
        reader.named(history, frame),
        focal=called,
        target_rank=reader.target_rank,
        caption=Caption(
            reader.text("index.rank_title", index=index, province=called),
            reader.text("index.rank_how", target=reader.target_rank),
            source_of(reader, index, history),
        ),
        language=reader.language,
        theme=reader.theme,
        breaks=breaks_of(reader, index),
        events=events_of(reader, index, history) if with_events else None,
    )


def score_chart(reader: Reader, index: str, history: pd.DataFrame, field: pd.DataFrame) -> go.Figure:
    """The scores of one province by year beside those of the field (`field`: `analysis.field_history`)."""
    called = reader.called(str(history["province"].iloc[0]))
    return score_lines(
        reader.named(history),
        focal=called,
        field=reader.named(field),
        caption=Caption(
            reader.text("index.score_title", index=index, province=called),
            reader.text("index.score_how", target=reader.target_rank),
            source_of(reader, index, history),
        ),
        language=reader.language,
        theme=reader.theme,
        breaks=breaks_of(reader, index),
        scale_max=reader.catalogue.indices[index].scale_max,
    )


def map_chart(
    reader: Reader,
    index: str,
    year: int,
    ranked: pd.DataFrame,
    focal: str,
    *,
    geo: Path,
    frame: int = 63,
    measure: str = "place",
    flat: bool = False,
) -> go.Figure:
    """An edition over the country (`ranked`: `analysis.ranking`; `geo`: the folder of the tile grids).

    `flat`: for a picture only, which is wider than a screen's column.
    """
    called = reader.called(focal, frame)
    tiles, islands = _tiles(geo, frame)
    parent = f"parent_{frame}_vi"
    return tile_map(
        reader.named(ranked, frame),
        reader.named(tiles, frame),
        islands.assign(**{parent: [reader.called(name, frame) for name in islands[parent]]}),
        focal=called,
        measure=measure,
        target_rank=reader.target_rank,
        caption=Caption(
            reader.text("index.map_title", index=index, edition=year),
            reader.text(_map_how(frame, flat), province=called),
            source_of(reader, index, ranked),
        ),
        language=reader.language,
        theme=reader.theme,
        flat=flat,
    )


def _map_how(frame: int, flat: bool) -> str:
    """The key of how to read a map: nobody can click on a picture."""
    if flat:
        return "picture.map_how"
    return "index.map_how" if frame == 63 else "index.map_how_merged"


def components_chart(
    reader: Reader, index: str, year: int, parts: pd.DataFrame, focal: str, frame: int = 63
) -> go.Figure:
    """The parts of one split (`parts`: rows of `analysis.components` with their `name`)."""
    called = reader.called(focal, frame)
    words = {"index": index, "edition": year, "province": called}
    return component_bars(
        parts,
        focal=called,
        caption=Caption(
            reader.text("index.components_title", **words),
            reader.text("index.components_how", target=reader.target_rank),
            source_of(reader, index, parts),
        ),
        language=reader.language,
        theme=reader.theme,
    )


def named_parts(reader: Reader, index: str, year: int, parts: pd.DataFrame) -> pd.DataFrame:
    """`parts` with a column `name`: what the components are called in the reader's language."""
    specs = reader.catalogue.components_of(index, year)
    names = {spec.component: spec.name_vi if reader.language == "vi" else spec.name_en for spec in specs}
    return parts.assign(name=parts["component"].map(names))


def source_of(reader: Reader, index: str, table: pd.DataFrame) -> str:
    """Where the figures of `table` were read, in words."""
    return narrative.sources_sentence(reader.catalogue, index, table["source"], reader.language)


def focal_in(reader: Reader, frame: int) -> str:
    """The reader's province as an edition has it: the merged one after the merger."""
    if frame == MERGER_FRAME:
        return reader.catalogue.provinces.successor(reader.province)
    return reader.province


def breaks_of(reader: Reader, index: str) -> pd.DataFrame:
    """First editions of a new method. Columns: year, text."""
    rows = [
        (spec.edition, spec.what_vi if reader.language == "vi" else spec.what_en)
        for spec in reader.catalogue.breaks_of(index)
    ]
    return pd.DataFrame(rows, columns=["year", "text"])


def events_of(reader: Reader, index: str, history: pd.DataFrame) -> pd.DataFrame:
    """Events that bear on an index within the years of `history`. Columns: x (decimal year), text, kind."""
    if history.empty:
        return pd.DataFrame({"x": [], "text": [], "kind": []})
    first, last = history["year"].min() - 0.5, history["year"].max() + 1
    rows = [
        (_decimal_year(event), _words(reader, event), event.kind)
        for event in reader.catalogue.events_of(index)
    ]
    return pd.DataFrame([row for row in rows if first <= row[0] <= last], columns=["x", "text", "kind"])


def _decimal_year(event: EventSpec) -> float:
    return event.date.year + (event.date.timetuple().tm_yday - 1) / 365


def _words(reader: Reader, event: EventSpec) -> str:
    title = event.title_vi if reader.language == "vi" else event.title_en
    return f"{day(event.date, reader.language)}: {title}"


@cache
def _tiles(folder: Path, frame: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tile grid of a frame and the cells of the archipelagos."""
    return pd.read_csv(folder / f"tile_grid_{frame}.csv"), pd.read_csv(folder / "tile_grid_islands.csv")

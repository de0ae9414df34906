"""An edition as a map and as a full ranking, side by side."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import streamlit as st

from indices import narrative
from indices.catalogue import MERGER_FRAME, EditionSpec
from indices.charts import Caption, tile_map
from indices.i18n import place
from indices.provinces.names import spelling
from indices.settings import from_environment
from indices.ui import columns, data, show, state
from indices.ui.frame import Page
from indices.ui.tables import html_table

MAP_PICTURE = {"width": 1920, "height": 1080, "scale": 1}
"""The map's picture is laid out larger than a chart's: twenty rows of tiles need the height."""


def ranking_view(page: Page, index: str, edition: EditionSpec) -> None:
    """The map on the left, the ranking with its search on the right; below each other on a phone."""
    ranked = data.ranking(index, edition.edition)
    frame = MERGER_FRAME if edition.frame == MERGER_FRAME else 63
    focal = page.province if frame == 63 else page.catalogue.provinces.successor(page.province)
    source = narrative.sources_sentence(page.catalogue, index, ranked["source"], page.language)
    known = int(ranked["place"].notna().sum())
    size = edition.n_ranked or edition.frame
    if known < size:
        show.note(page.text("index.partial", held=known, n=size))
    if frame == MERGER_FRAME:
        show.note(
            page.text("index.merged", province=page.called(page.province), successor=page.called(focal, 34))
        )
    left, right = st.columns([5, 6])
    with left:
        _map(page, index, edition, ranked, focal, frame, source)
    with right:
        _table(page, index, ranked, focal, frame, source)


def _map(
    page: Page, index: str, edition: EditionSpec, ranked: pd.DataFrame, focal: str, frame: int, source: str
) -> None:
    measures = {"place": page.text("index.by_place"), "score": page.text("index.by_score")}
    measure = state.choose(
        st.segmented_control,
        "measure",
        measures,
        default="place",
        language=page.language,
        refuse=page.refuse,
        label=page.text("index.measure"),
        label_visibility="collapsed",
        required=True,
    )
    tiles, islands = _tiles(from_environment().data / "geo", frame)
    mine = ranked[ranked["province"] == focal]
    here = place(mine.iloc[0]["place"], mine.iloc[0]["n_ranked"]) if not mine.empty else "–"
    clicked = show.chart(
        page,
        f"map-{index.lower()}",
        tile_map(
            page.named(ranked, frame),
            page.named(tiles, frame),
            _islands(page, islands, frame),
            focal=page.called(focal, frame),
            measure=measure,
            target_rank=page.target_rank,
            caption=Caption(
                page.text("index.map_title", index=index, edition=edition.year),
                page.text("index.map_how", province=page.called(focal, frame)),
                source,
            ),
            language=page.language,
            theme=page.theme,
        ),
        alt=page.text(
            "index.map_alt", index=index, edition=edition.year, province=page.called(focal, frame), place=here
        ),
        table=page.named(ranked, frame),
        columns=[columns.plain(page, "columns.province", "province"), columns.rank(page)],
        picture=MAP_PICTURE,
        on_select="rerun",
        selection_mode="points",
    )
    _open_clicked(page, clicked, frame)


def _open_clicked(page: Page, clicked: object, frame: int) -> None:
    """Put the province of the clicked tile in focus, on this page."""
    points = getattr(clicked, "selection", {}).get("points", [])
    if not points or frame == MERGER_FRAME:
        return
    name = page.catalogue.provinces.resolve(str((points[0].get("customdata") or [""])[0]))
    if name is not None and name != page.province:
        state.put("province", page.catalogue.provinces.get(name).slug)
        st.rerun()


def _table(page: Page, index: str, ranked: pd.DataFrame, focal: str, frame: int, source: str) -> None:
    wanted = st.text_input(
        page.text("index.search"),
        key=state.widget_key("search", page.language),
        placeholder=page.text("index.search_hint"),
    )
    named = page.named(ranked, frame)
    if wanted:
        named = named[
            named["province"].map(lambda name: spelling(wanted).letters in spelling(str(name)).letters)
        ]
    spec = page.catalogue.indices[index]
    if named.empty:
        show.note(page.text("index.search_nothing", wanted=wanted))
        return
    called = page.called(focal, frame)
    st.html(
        html_table(
            named,
            [
                columns.plain(page, "columns.province", "province"),
                columns.rank(page),
                columns.points(page, spec.scale_max),
                columns.basis(page),
                columns.source(page),
            ],
            caption=source,
            tall=True,
            row_class=lambda row: "focal" if row["province"] == called else "",
        )
    )


@cache
def _tiles(folder: Path, frame: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tile grid of a frame and the cells of the archipelagos."""
    return pd.read_csv(folder / f"tile_grid_{frame}.csv"), pd.read_csv(folder / "tile_grid_islands.csv")


def _islands(page: Page, islands: pd.DataFrame, frame: int) -> pd.DataFrame:
    column = f"parent_{frame}_vi"
    return islands.assign(**{column: [page.called(name, frame) for name in islands[column]]})

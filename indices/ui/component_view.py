"""The parts of an index in an edition, one way of dividing it at a time."""

from __future__ import annotations

import streamlit as st

from indices.catalogue import EditionSpec
from indices.export.index_charts import components_chart, focal_in, named_parts, source_of
from indices.tidy import OVERALL
from indices.ui import columns, data, show, state
from indices.ui.frame import Page
from indices.ui.tables import Column


def component_view(page: Page, index: str, edition: EditionSpec) -> None:
    """The province's components beside the field, or that none are held."""
    focal = focal_in(page, edition.frame)
    parts = data.components(index, edition.edition, focal, page.target_rank, OVERALL)
    show.section(page.text("index.components", index=index, edition=edition.year))
    splits = [str(split) for split in parts.loc[parts["score"].notna(), "split"].dropna().unique()]
    if not splits:
        called = page.called(focal, edition.frame)
        show.nothing(page, page.text("index.no_components", province=called, edition=edition.year))
        return
    split = splits[0]
    if len(splits) > 1:
        split = state.choose(
            st.segmented_control,
            "split",
            {name: page.word("split", name) for name in splits},
            default=split,
            language=page.language,
            refuse=page.refuse,
            of=index,
            label=page.text("index.split"),
            required=True,
        )
    piece = page.kept(
        "components", lambda: _components(page, index, edition, focal, split), index, edition.edition, split
    )
    show.chart(page, f"components-{index.lower()}", piece, lambda: _columns(page))


def _components(page: Page, index: str, edition: EditionSpec, focal: str, split: str) -> show.Piece:
    parts = data.components(index, edition.edition, focal, page.target_rank, OVERALL)
    chosen = named_parts(page, index, edition.year, parts[parts["split"] == split])
    figure = components_chart(page, index, edition.year, chosen, focal, edition.frame)
    words = {"index": index, "edition": edition.year, "province": page.called(focal, edition.frame)}
    return show.Piece(
        figure,
        page.text("index.components_alt", n=len(chosen), **words),
        chosen,
        source_of(page, index, chosen),
    )


def _columns(page: Page) -> list[Column]:
    return [
        columns.plain(page, "columns.component", "name"),
        columns.points(page, None, "score"),
        columns.scale(page),
        columns.points(page, None, "target_score", "columns.target_score"),
        columns.points(page, None, "median", "columns.median"),
        columns.points(page, None, "best", "columns.best"),
        columns.whole_number(page, "columns.place_computed", "place"),
        columns.points(page, None, "weight", "columns.weight"),
        columns.whole_number(page, "columns.n_provinces", "n_provinces"),
    ]

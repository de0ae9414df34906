"""An edition as a map and as a full ranking, side by side."""

from __future__ import annotations

from html import escape

import streamlit as st

from indices.catalogue import MERGER_FRAME, STANDING_TARGET, EditionSpec
from indices.export.index_charts import focal_in, map_chart, source_of
from indices.i18n import NOTHING, place
from indices.provinces.names import spelling
from indices.settings import from_environment
from indices.ui import columns, data, show, state
from indices.ui.frame import MENU, Page
from indices.ui.tables import Column, html_table


def ranking_view(page: Page, index: str, edition: EditionSpec) -> None:
    """The map on the left, the ranking with its search on the right; below each other on a phone."""
    frame = MERGER_FRAME if edition.frame == MERGER_FRAME else 63
    focal = focal_in(page, frame)
    known = int(data.ranking(index, edition.edition)["place"].count())
    size = edition.n_ranked or edition.frame
    if known < size:
        show.note(page.text("index.partial", held=known, n=size))
    if frame == MERGER_FRAME:
        merged = {"province": page.called(page.province), "successor": page.called(focal, frame)}
        show.note(page.text("index.merged", **merged))
        way = page.address(index=index.lower())
        st.page_link(MENU["directive"], label=page.text("directive.bridge_way"), query_params=way)
    assigned = _assigned(page, index, edition)
    if assigned:
        show.note(page.text("index.assigned", listed=assigned))
    left, right = st.columns([5, 6])
    with left:
        _map_view(page, index, edition, focal, frame)
    with right:
        _table_view(page, index, edition, focal, frame)


def _assigned(page: Page, index: str, edition: EditionSpec) -> str:
    """Targets that documents set for this edition beside the standing one, with the document."""
    named = []
    for target in page.catalogue.targets_of(index, edition.year):
        if target.first_edition == edition.year and target.value != str(STANDING_TARGET):
            value = page.word("target", target.value) if target.kind == "group" else target.value
            named.append(f"{page.text(f'target.{target.kind}', value=value)} ({target.document_vi})")
    return "; ".join(named)


def _map_view(page: Page, index: str, edition: EditionSpec, focal: str, frame: int) -> None:
    measure = state.choose(
        st.segmented_control,
        "measure",
        {"place": page.text("index.by_place"), "score": page.text("index.by_score")},
        default="place",
        language=page.language,
        refuse=page.refuse,
        label=page.text("index.measure"),
        label_visibility="collapsed",
        required=True,
    )
    piece = page.kept(
        "map", lambda: _map(page, index, edition, focal, frame, measure), index, edition.edition, measure
    )
    clicked = show.chart(
        page,
        f"map-{index.lower()}",
        piece,
        lambda: _columns(page, page.catalogue.indices[index].scale_max),
        on_select="rerun",
        selection_mode="points",
    )
    _open_clicked(page, clicked, frame)


def _map(page: Page, index: str, edition: EditionSpec, focal: str, frame: int, measure: str) -> show.Piece:
    ranked = data.ranking(index, edition.edition)
    called = page.called(focal, frame)
    source = source_of(page, index, ranked)
    geo = from_environment().data / "geo"
    figure = map_chart(page, index, edition.year, ranked, focal, geo=geo, frame=frame, measure=measure)
    mine = ranked[ranked["province"] == focal]
    here = place(mine.iloc[0]["place"], mine.iloc[0]["n_ranked"]) if len(mine) else NOTHING
    alt = page.text("index.map_alt", index=index, edition=edition.year, province=called, place=here)
    return show.Piece(figure, alt, page.named(ranked, frame), source)


def _open_clicked(page: Page, clicked: object, frame: int) -> None:
    """Put the province of the clicked tile in focus, on this page."""
    points = getattr(clicked, "selection", {}).get("points", [])
    if not points or frame == MERGER_FRAME:
        return
    name = page.catalogue.provinces.resolve(str((points[0].get("customdata") or [""])[0]))
    if name is not None and name != page.province:
        state.put("province", page.catalogue.provinces.get(name).slug)
        st.rerun()


def _table_view(page: Page, index: str, edition: EditionSpec, focal: str, frame: int) -> None:
    wanted = st.text_input(
        page.text("index.search"),
        key=state.widget_key("search", page.language),
        placeholder=page.text("index.search_hint"),
    )
    if wanted:
        st.html(_table(page, index, edition, focal, frame, wanted))
    else:
        codes = (index, edition.edition)
        st.html(page.kept("ranking", lambda: _table(page, index, edition, focal, frame, ""), *codes))


def _table(page: Page, index: str, edition: EditionSpec, focal: str, frame: int, wanted: str) -> str:
    """The ranking as HTML; `wanted` keeps the provinces whose name holds it, accents or not."""
    ranked = data.ranking(index, edition.edition)
    source = source_of(page, index, ranked)
    named, called = page.named(ranked, frame), page.called(focal, frame)
    if wanted:
        letters = spelling(wanted).letters
        named = named[named["province"].map(lambda name: letters in spelling(str(name)).letters)]
        if named.empty:
            return f'<p class="small">{escape(page.text("index.search_nothing", wanted=wanted))}</p>'
    return html_table(
        named,
        _columns(page, page.catalogue.indices[index].scale_max),
        caption=source,
        tall=True,
        row_class=lambda row: "focal" if row["province"] == called else "",
    )


def _columns(page: Page, scale_max: float) -> list[Column]:
    return [
        columns.plain(page, "columns.province", "province"),
        columns.rank(page),
        columns.points(page, scale_max),
        columns.basis(page),
        columns.source(page),
    ]

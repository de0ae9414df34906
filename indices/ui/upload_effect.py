"""What a yes would change: cells, ranks, the group within the target, the province in focus."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from indices import analysis
from indices.analysis import effect
from indices.analysis.cells import whole
from indices.catalogue import MERGER_FRAME, Catalogue, EditionSpec, with_editions
from indices.i18n import NOTHING, count, place
from indices.intake import Edition, Intake
from indices.store import difference
from indices.ui import data, show, state
from indices.ui.cards import card
from indices.ui.changes_table import MOST, changes_table, counts_lines, lost
from indices.ui.columns import history, signed
from indices.ui.desk import Desk
from indices.ui.frame import Page
from indices.ui.tables import Column, Row, html_table
from indices.ui.trends import rank_piece

_TALL = 15
_FEW = 20
_LINE = ["year", "place", "computed", "score"]
"""What of a history a reader sees in a rank line."""


@dataclass(frozen=True, slots=True)
class _Preview:
    """One edition of the file: the figures of its index in use and as a yes would leave them."""

    spec: EditionSpec
    catalogue: Catalogue
    held: pd.DataFrame
    after: pd.DataFrame

    @property
    def known(self) -> bool:
        """Whether figures of the edition are in use now."""
        return bool((self.held["edition"] == self.spec.edition).any())

    @property
    def frame(self) -> int:
        """The frame that ranks and names belong to."""
        return MERGER_FRAME if self.spec.frame == MERGER_FRAME else 63

    def named(self, page: Page, province: str) -> str:
        """A province's name as the edition has it."""
        return page.called(province, self.spec.province_frame)


def effect_view(page: Page, desk: Desk, intake: Intake, heading: str = "") -> None:
    """The preview of one edition of the file, chosen where there are several."""
    show.section(heading or page.text("upload.step_effect"), page.text("upload.effect_how"))
    index, edition = _edition_choice(page, intake)
    preview = desk.kept((index, edition), lambda: _preview(page, intake, (index, edition)))
    if preview is None:
        return
    _cells(page, desk.kept((index, edition, "cells"), lambda: differing(intake, (index, edition))))
    _places(page, preview)
    _focal(page, preview)


def n_lost(desk: Desk, intake: Intake) -> int:
    """How many figures in use the file does not have, in all its editions."""
    return desk.kept("lost", lambda: sum(lost(differing(intake, edition)) for edition in intake.tables))


def differing(intake: Intake, edition: Edition) -> pd.DataFrame:
    """The answer of `difference` for an edition: what is in use against what the file has."""
    held = data.figures_of(edition[0])
    return difference(held[held["edition"] == edition[1]], intake.tables[edition])


def _edition_choice(page: Page, intake: Intake) -> Edition:
    editions = sorted(intake.tables, key=lambda edition: edition[1], reverse=True)
    if len(editions) == 1:
        return editions[0]
    key = state.widget_key("effect.edition", page.language)
    if st.session_state.get(key) not in editions:
        st.session_state[key] = editions[0]
    chosen: Edition = st.selectbox(
        page.text("upload.effect_edition"), editions, format_func=" ".join, key=key, width=320
    )
    return chosen


def _preview(page: Page, intake: Intake, edition: Edition) -> _Preview | None:
    catalogue = with_editions(page.catalogue, intake.tables)
    spec = catalogue.edition(*edition)
    if spec is None:
        return None
    held = data.figures_of(edition[0])
    mine = [table for (index, _), table in intake.tables.items() if index == edition[0]]
    return _Preview(spec, catalogue, held, effect.after(held, mine))


def _cells(page: Page, cells: pd.DataFrame) -> None:
    if cells.empty:
        show.note(page.text("upload.counts_nothing"))
        return
    st.html("".join(f'<p class="fact">{escape(line)}</p>' for line in counts_lines(page, cells)))
    if removed := lost(cells):
        words = page.text("upload.lost", n=count(removed, page.language))
        st.html(f'<p class="finding"><span class="state near">{escape(words)}</span></p>')
    label = page.text("upload.changes", n=count(len(cells), page.language))
    fold = st.expander(label, key=state.widget_key("fold.changes", page.language), on_change="rerun")
    if fold.open:
        heads = page.text("upload.head_old"), page.text("upload.head_new")
        fold.html(changes_table(page, cells, *heads))
        if len(cells) > MOST:
            with fold:
                show.note(page.text("upload.changes_more", n=MOST))


def _places(page: Page, preview: _Preview) -> None:
    spec = preview.spec
    figures = (preview.held, preview.after, preview.catalogue, spec.index, spec.edition)
    _flips(page, preview, effect.target_flips(*figures, page.target_rank))
    moves = effect.rank_moves(*figures)
    if moves.empty:
        show.note(page.text("upload.no_moves"))
        return
    columns = [
        Column(page.text("columns.province"), lambda row: preview.named(page, row["province"])),
        Column(page.text("upload.head_old_place"), lambda row: _place(page, row, "before"), number=True),
        Column(page.text("upload.head_new_place"), lambda row: _place(page, row, "after"), number=True),
        signed(page, "columns.change", "change"),
    ]
    table = html_table(moves, columns, tall=len(moves) > _TALL)
    label = page.text("upload.moves" if preview.known else "upload.moves_new", n=len(moves))
    if len(moves) <= _FEW:
        st.html(f'<p class="finding">{escape(label)}</p>{table}')
        return
    fold = st.expander(label, key=state.widget_key("fold.moves", page.language), on_change="rerun")
    if fold.open:
        fold.html(table)


def _flips(page: Page, preview: _Preview, flips: pd.DataFrame) -> None:
    """Provinces that enter or leave the group within the target, in words."""
    if flips.empty:
        show.note(page.text("upload.no_flips", target=page.target_rank))
        return
    enters = flips["status_after"] == "met"
    for key, rows in (
        ("flips_in" if preview.known else "flips_new", flips[enters]),
        ("flips_out", flips[~enters]),
    ):
        if len(rows):
            listed = ", ".join(preview.named(page, name) for name in rows["province"])
            words = page.text(f"upload.{key}", target=page.target_rank, listed=listed)
            st.html(f'<p class="fact">{escape(words)}</p>')


def _place(page: Page, row: Row, side: str) -> str:
    written = place(whole(row[f"place_{side}"]), None)
    if row[f"computed_{side}"] is True and written != NOTHING:
        return page.text("columns.computed_place", place=written)
    return written


def _focal(page: Page, preview: _Preview) -> None:
    """Card of the province in focus for this edition and its rank line, before and after."""
    index, year = preview.spec.index, preview.spec.year
    focal = page.province
    if preview.frame == MERGER_FRAME:
        focal = page.catalogue.provinces.successor(focal)
    named = preview.named(page, focal)
    show.section(page.text("upload.focal", province=named))
    lines = []
    for catalogue, figures in ((page.catalogue, preview.held), (preview.catalogue, preview.after)):
        placed = analysis.places(figures, catalogue, index)
        line = analysis.rank_history(placed, catalogue, index, focal, preview.frame)
        fields = analysis.field_history(placed, catalogue, index, page.target_rank, preview.frame)
        upto = line[line["year"] <= year]
        lines.append((line, upto, analysis.status(upto, fields, page.target_rank)))
    moved = not lines[0][0][_LINE].equals(lines[1][0][_LINE])
    if not moved:
        show.note(page.text("upload.focal_same", province=named))
    sides = zip(st.columns(2), ("before", "after"), lines, strict=True)
    for column, name, (line, upto, status) in sides:
        with column, st.container(border=True, key=f"effect-{name}"):
            st.html(f'<p class="finding">{escape(page.text(f"upload.{name}"))}</p>')
            if status.empty:
                show.note(page.text("overview.no_figure"))
                continue
            row = status.to_dict("records")[0]
            st.html(card(page, index, row | {"edition": row["year"]}, upto, preview.frame))
            if moved:
                piece = rank_piece(page, index, line, frame=preview.frame)
                show.chart(page, f"{name}-{index.lower()}", piece, lambda: _history(page, index))


def _history(page: Page, index: str) -> list[Column]:
    return history(page, page.catalogue.indices[index].scale_max)

"""Three facts about the gap: the place, the distance in points, the targets that documents set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indices import i18n, narrative
from indices.analysis.cells import number, whole
from indices.analysis.gap import Gap
from indices.analysis.refusal import Refusal
from indices.catalogue import EditionSpec
from indices.narrative import gap as words
from indices.narrative.refusal import refusal_sentence
from indices.ui import columns, gap_data, show
from indices.ui.frame import Page
from indices.ui.tables import Column

Row = Mapping[Any, Any]


def facts_view(page: Page, index: str, edition: EditionSpec, found: Gap) -> None:
    """Place, distance and assigned targets as three cards."""
    targets = gap_data.assigned_targets(index, edition.edition, page.province)
    codes = (index, edition.edition)
    drawn = page.kept("gap-facts", lambda: _facts(page, index, edition, found, targets), *codes)
    grid = st.grid(3, min_column_width=250, gap="xsmall", key="gap-facts")
    for at, fact in enumerate(drawn):
        with grid.container(border=True, height="stretch", gap="xxsmall", key=f"gap-fact-{at}"):
            st.html(fact)


def documents_view(page: Page, index: str, edition: EditionSpec) -> None:
    """The documents that set the targets, and what became of each, folded."""
    targets = gap_data.assigned_targets(index, edition.edition, page.province)
    if isinstance(targets, Refusal) or targets.empty:
        return
    scale_max = page.catalogue.indices[index].scale_max
    show.with_table(
        page,
        f"gap-targets-{index.lower()}",
        targets,
        lambda: _target_columns(page, scale_max),
        page.text("gap.targets_how") if (targets["kind"] == "group").any() else "",
        label="gap.targets_table",
    )


def _facts(
    page: Page, index: str, edition: EditionSpec, found: Gap, targets: pd.DataFrame | Refusal
) -> list[str]:
    row = page.named(found.summary).iloc[0].to_dict()
    return [
        _card(page.text("gap.fact_place", index=index, edition=edition.edition), *_place(page, row)),
        _card(page.text("gap.fact_points", target=page.target_rank), *_distance(page, row)),
        _targets(page, index, edition, targets),
    ]


def _card(name: str, figure: str, lines: list[str], note: str) -> str:
    said = "".join(f'<div class="card-distance">{escape(line)}</div>' for line in lines if line)
    below = f'<div class="card-note">{escape(note)}</div>' if note else ""
    return (
        f'<div class="card"><div class="card-name">{escape(name)}</div>'
        f'<div class="card-figure">{figure}</div>{said}{below}</div>'
    )


def _place(page: Page, row: Row) -> tuple[str, list[str], str]:
    here = whole(row["place"])
    figure = f'<span class="card-none">{escape(page.text("overview.no_place"))}</span>'
    if here is not None:
        of = f'<span class="card-of">/{whole(row["n_ranked"])}</span>'
        figure = f'<span class="card-rank">{here}</span>{of}'
    state = narrative.status_sentence(row, page.language)
    figure += f'<span class="state {row["status"]}">{escape(state)}</span>'
    beside = words.neighbours_sentence(row, page.language)
    return (
        figure,
        [narrative.places_sentence(row, page.language), beside[:1].upper() + beside[1:]],
        narrative.limits_sentence({**row, "basis": "published"}, page.language),
    )


def _distance(page: Page, row: Row) -> tuple[str, list[str], str]:
    digits, called = words.score_digits(row), page.called(page.province)
    own = number(row["score"])
    mine = page.text("gap.own_no_score", province=called)
    if own is not None:
        mine = page.text(
            "gap.own_score",
            province=called,
            points=i18n.score(own, page.language, digits),
            lost=i18n.score(number(row["lost"]), page.language, digits),
            scale=i18n.score(number(row["scale_max"]), page.language, 0),
        )
    return _distance_figure(page, row), [words.line_sentence(row, page.language)], mine


def _distance_figure(page: Page, row: Row) -> str:
    """Our points beyond the line (behind it: with a minus), or between what they lie."""
    to_go, digits = number(row["points_to_go"]), words.score_digits(row)
    unit = f'<span class="card-of">{escape(page.text("gap.unit"))}</span>'
    if to_go is not None:
        return f'<span class="card-rank">{i18n.change(-to_go, page.language, digits)}</span>{unit}'
    sign = 1 if row["status"] == "met" else -1
    ends = {
        name: i18n.change(sign * end, page.language, digits)
        for name, end in words.distance_bounds(row).items()
    }
    known = "between" if len(ends) == 2 else next(iter(ends), "unknown")
    said = page.text(f"gap.figure_{known}", **ends)
    return f'<span class="card-none">{escape(said)}</span>{unit if ends else ""}'


def _targets(page: Page, index: str, edition: EditionSpec, targets: pd.DataFrame | Refusal) -> str:
    name = escape(page.text("gap.fact_targets", edition=edition.edition))
    card = f'<div class="card"><div class="card-name">{name}</div>'
    if isinstance(targets, Refusal):
        owner = {
            slot: page.called(str(value)) if slot == "province" else value
            for slot, value in targets.slots.items()
        }
        said = refusal_sentence(Refusal(targets.code, owner), page.language)
        return f'{card}<div class="card-note">{escape(said)}</div></div>'
    if targets.empty:
        return f'{card}<div class="card-note">{escape(page.text("gap.no_targets"))}</div></div>'
    scale_max = page.catalogue.indices[index].scale_max
    for row in targets.to_dict("records"):
        wanted = escape(words.target_name(row, scale_max, page.language))
        became = escape(words.target_sentence(row, scale_max, page.language))
        card += (
            f'<div class="card-distance card-target"><b>{wanted}</b><br>'
            f'<span class="state told {row["state"]}">{became}</span></div>'
        )
    return f"{card}</div>"


def _target_columns(page: Page, scale_max: float | None) -> list[Column]:
    def own(row: Row) -> str:
        if row["kind"] == "score":
            return i18n.score(number(row["score"]), page.language, i18n.points(scale_max))
        return i18n.place(whole(row["place"]), whole(row["n_ranked"]))

    return [
        Column(page.text("columns.target"), lambda row: words.target_name(row, scale_max, page.language)),
        Column(page.text("gap.column_own"), own, number=True),
        Column(
            page.text("gap.column_state"), lambda row: words.target_sentence(row, scale_max, page.language)
        ),
        columns.signed(page, "gap.column_points", "distance_points", 4),
        columns.plain(page, "columns.document", "document"),
        Column(page.text("gap.column_issued"), lambda row: _day(str(row["issued_on"]), page)),
        columns.source(page),
    ]


def _day(written: str, page: Page) -> str:
    """A day in the page's language; where a document is known by its year only, the year."""
    return i18n.day(date.fromisoformat(written), page.language) if len(written) == 10 else written

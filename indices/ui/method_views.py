"""The parts of the method page: what an index measures, formulas, breaks, conflicts, sources, words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from indices import i18n, narrative
from indices.export.tables import sources_of
from indices.tidy import OVERALL
from indices.ui import columns, data, show
from indices.ui.frame import Page
from indices.ui.tables import Column, html_table

GLOSSARY = (
    "edition",
    "place",
    "computed",
    "score",
    "target",
    "near",
    "component",
    "break",
    "basis",
    "field",
    "partial",
    "median",
)


def about_view(page: Page, index: str) -> None:
    """Full name, publisher, what it measures, years, scale, successor."""
    spec = page.catalogue.indices[index]
    name, publisher, about = (
        (spec.name_vi, spec.publisher_vi, spec.about_vi)
        if page.language == "vi"
        else (spec.name_en, spec.publisher_en, spec.about_en)
    )
    show.section(f"{index}: {name}")
    last = spec.last_edition or page.text("method.today")
    facts = [
        about,
        page.text("method.publisher", publisher=publisher, site=spec.website),
        page.text("method.life", first=spec.first_edition, last=last, scale=f"{spec.scale_max:g}"),
    ]
    if spec.successor:
        facts.append(page.text("method.successor", successor=spec.successor))
    st.html("".join(f"<p>{escape(fact)}</p>" for fact in facts))
    targets = [target for target in page.catalogue.targets if target.index == index]
    if targets:
        _table(
            page,
            index,
            "method.targets",
            lambda: _as_rows(targets),
            [
                Column(page.text("columns.period"), _period(page)),
                Column(
                    page.text("columns.target"),
                    lambda row: page.text(f"target.{row['kind']}", value=_value(page, row)),
                ),
                columns.plain(page, "columns.document", "document_vi"),
                columns.source(page),
            ],
        )


def formula_view(page: Page, index: str) -> None:
    """How the total follows from its parts, period by period; weights; method breaks."""
    methods = [method for method in page.catalogue.methods if method.index == index]
    _table(
        page,
        index,
        "method.formulas",
        lambda: _as_rows(methods),
        [
            Column(page.text("columns.period"), _period(page)),
            Column(page.text("columns.formula"), lambda row: page.word("formula", row["formula"])),
            columns.scale(page),
            Column(
                page.text("columns.evidence"), lambda row: page.text(f"evidence.{_evidence(row['evidence'])}")
            ),
        ],
    )
    weights = [weight for weight in page.catalogue.weights if weight.index == index]
    if weights:
        _part(page, index, "method.weights", lambda: _weights(page, index, weights))
    breaks = [spec for spec in page.catalogue.breaks if spec.index == index]
    if breaks:
        _table(
            page,
            index,
            "method.breaks",
            lambda: _as_rows(breaks),
            [
                columns.whole_number(page, "columns.from_edition", "edition"),
                Column(page.text("columns.scope"), lambda row: _scope(page, index, row)),
                columns.plain(
                    page, "columns.what_changed", "what_vi" if page.language == "vi" else "what_en"
                ),
            ],
        )


def conflict_view(page: Page, index: str) -> None:
    """Where two sources disagree, and what was kept."""
    conflicts = [spec for spec in page.catalogue.conflicts if spec.index == index]
    if not conflicts:
        return
    shown = [
        columns.plain(page, "columns.edition", "edition"),
        columns.plain(page, "columns.province", "province"),
        Column(page.text("columns.field"), lambda row: page.word("conflict", row["field"].replace(" ", "_"))),
        Column(page.text("columns.kept"), lambda row: _figure(page, row["kept"])),
        Column(page.text("columns.other"), lambda row: _figure(page, row["other"])),
    ]
    if page.language == "en":
        # The catalogue gives the reason in English only.
        shown.append(columns.plain(page, "columns.why", "why"))
    _table(page, index, "method.conflicts", lambda: page.named(_as_rows(conflicts)), shown)


def source_view(page: Page, index: str) -> None:
    """Every source of the index's figures, most used first, folded away until asked for."""
    rows = data.figures_of(index)
    show.section(page.text("method.sources", index=index))
    if rows.empty:
        show.note(page.text("method.no_figures"))
        return
    found = page.kept("sources", lambda: sources_of(rows, page.catalogue), index)
    show.note(page.text("method.sources_how", n=len(found)))
    show.with_table(
        page,
        "sources",
        found,
        lambda: [
            Column(
                page.text("columns.source"), lambda row: narrative.source_name(page.catalogue, row["source"])
            ),
            columns.plain(page, "columns.address", "address"),
            Column(page.text("columns.kind"), lambda row: page.word("source_kind", row["kind"])),
            columns.whole_number(page, "columns.n_figures", "n_figures"),
        ],
        label="method.sources_list",
    )


def glossary_view(page: Page) -> None:
    """The words of this dashboard."""
    show.section(page.text("method.glossary"))
    st.html(page.kept("glossary", lambda: _glossary(page)))


def _glossary(page: Page) -> str:
    return html_table(
        pd.DataFrame({"word": list(GLOSSARY)}),
        [
            Column(page.text("columns.word"), lambda row: page.text(f"glossary.{row['word']}")),
            Column(page.text("columns.meaning"), lambda row: page.text(f"glossary.{row['word']}_means")),
        ],
    )


def _weights(page: Page, index: str, weights: Sequence[Any]) -> str:
    """Components down, periods across."""
    table = _as_rows(weights)
    table["period"] = [_period(page)(row) for row in table.to_dict("records")]
    wide = table.pivot(index="component", columns="period", values="weight_percent").reset_index()
    latest = max(weight.first_edition for weight in weights)
    names = {spec.component: spec for spec in page.catalogue.components if spec.index == index}

    def named(row: Any) -> str:
        spec = names.get(row["component"]) or page.catalogue.component(index, row["component"], latest)
        return (
            str(row["component"])
            if spec is None
            else (spec.name_vi if page.language == "vi" else spec.name_en)
        )

    def weight(period: str) -> Column:
        return Column(period, lambda row: i18n.score(row[period], page.language, 0), number=True)

    periods = [str(name) for name in wide.columns if name != "component"]
    shown = [Column(page.text("columns.component"), named), *(weight(period) for period in periods)]
    return html_table(wide, shown)


def _table(
    page: Page, index: str, heading: str, rows: Callable[[], pd.DataFrame], shown: Sequence[Column]
) -> None:
    def made() -> str:
        table = rows()
        return "" if table.empty else html_table(table, shown)

    _part(page, index, heading, made)


def _part(page: Page, index: str, heading: str, made: Callable[[], str]) -> None:
    """A heading and the table that `made` writes as HTML, "" where there are no rows."""
    show.section(page.text(heading))
    if table := page.kept(heading, made, index):
        st.html(table)
    else:
        show.note(page.text("method.nothing"))


def _as_rows(specs: Sequence[Any]) -> pd.DataFrame:
    return pd.DataFrame([{name: getattr(spec, name) for name in spec.__slots__} for spec in specs])


def _period(page: Page) -> Any:
    def written(row: Any) -> str:
        first, last = int(row["first_edition"]), row["last_edition"]
        if last is None or last != last:
            return page.text("method.since", first=first)
        return str(first) if first == int(last) else f"{first}–{int(last)}"

    return written


def _value(page: Page, row: Any) -> str:
    return page.word("target", row["value"]) if row["kind"] == "group" else str(row["value"])


def _evidence(word: str) -> str:
    return next(
        (name for name in ("exact", "within", "approximate", "stated") if word.startswith(name)), "none"
    )


def _scope(page: Page, index: str, row: Any) -> str:
    if row["scope"] == OVERALL:
        return page.text("method.whole_index")
    spec = page.catalogue.component(index, row["scope"], int(row["edition"]))
    return str(row["scope"]) if spec is None else (spec.name_vi if page.language == "vi" else spec.name_en)


def _figure(page: Page, written: str) -> str:
    """A figure of the conflict list: numbers in the reader's format, our own marks in words."""
    if written in ("", "left out"):
        return page.text("conflict.left_out") if written else i18n.NOTHING
    either = written.replace(" or ", " / ")
    return either.replace(".", ",") if page.language == "vi" else either

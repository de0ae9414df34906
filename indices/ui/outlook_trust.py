"""How far to trust the outlook: its backtest in words, as calibration, and in numbers."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indices import i18n
from indices.analysis.backtest import POOLED, Backtest
from indices.analysis.refusal import Refusal
from indices.charts.calibration import calibration
from indices.charts.caption import Caption
from indices.narrative import outlook as words
from indices.ui import columns, show
from indices.ui.frame import Page
from indices.ui.outlook_data import outlook_of, tested
from indices.ui.outlook_views import percent, say
from indices.ui.tables import Column, Row, html_table


def trust_view(page: Page, index: str) -> None:
    """The backtest: what it says of this index and of all, calibration, Brier scores with n."""
    held = tested(page.target_rank)
    pooled = held.score_of(POOLED)
    show.section(page.text("outlook.trust_section"), page.text("outlook.trust_how"))
    if pooled is None:
        show.nothing(page, page.text("outlook.trust_nothing"))
        return
    found = outlook_of(index, page.province, page.target_rank)
    chance = None if isinstance(found, Refusal) else float(found.row["chance"])
    left, right = st.columns(2)
    with left:
        for sentence in page.kept("trust", lambda: _told(page, index, chance), index):
            say(sentence)
    with right:
        piece = page.kept("calibration", lambda: _calibration(page, chance), index)
        show.chart(page, "calibration", piece, lambda: _bin_columns(page))
    st.html(page.kept("briers", lambda: _scores(page)))
    show.note(page.text("outlook.scores_how"))


def _told(page: Page, index: str, chance: float | None) -> list[str]:
    held = tested(page.target_rank)
    said = []
    if chance is not None:
        said.append(words.reliability_sentence(_bins(held), chance, page.target_rank, page.language))
    scores = [score for score in (held.score_of(POOLED), held.score_of(index)) if score is not None]
    return [*said, *(words.test_sentence(score, page.language) for score in scores)]


def _bins(held: Backtest) -> pd.DataFrame:
    return held.calibration[held.calibration["index"] == POOLED]


def _calibration(page: Page, chance: float | None) -> show.Piece:
    held = tested(page.target_rank)
    pooled, bins = held.score_of(POOLED), _bins(held)
    assert pooled is not None  # the view has asked
    source = page.text("outlook.source_all", of=_pooled_of(page))
    figure = calibration(
        bins,
        chance=chance,
        caption=Caption(page.text("outlook.calibration_title"), page.text("outlook.calibration_how"), source),
        language=page.language,
        theme=page.theme,
    )
    return show.Piece(figure, words.calibration_alt(pooled, page.language), bins, source)


def _pooled_of(page: Page) -> str:
    scores = tested(page.target_rank).scores
    return ", ".join(scores.loc[scores["whole"] & (scores["index"] != POOLED), "index"])


def _scores(page: Page) -> str:
    def of(row: Row) -> str:
        if row["index"] == POOLED:
            return page.text("outlook.pooled", of=_pooled_of(page))
        return str(row["index"])

    def forecasts_of(row: Row) -> str:
        return f"{i18n.count(row['n'], page.language)} ({row['n_editions']})"

    def brier(name: str) -> Column:
        def cell(row: Row) -> str:
            return i18n.score(row[name], page.language, words.BRIER_DIGITS)

        return Column(page.text(f"columns.{name}"), cell, number=True)

    def gain(name: str) -> Column:
        def cell(row: Row) -> str:
            error = i18n.score(row[f"se_{name}"], page.language, words.BRIER_DIGITS)
            return f"{i18n.change(row[f'gain_{name}'], page.language, words.BRIER_DIGITS)} ± {error}"

        return Column(page.text(f"columns.gain_{name}"), cell, number=True)

    return html_table(
        tested(page.target_rank).scores,
        [
            Column(page.text("columns.index"), of),
            Column(page.text("columns.verdict"), lambda row: words.verdict(row, page.language)),
            Column(page.text("columns.n_forecasts_editions"), forecasts_of, number=True),
            brier("brier"),
            brier("brier_stay"),
            brier("brier_base"),
            gain("stay"),
            gain("base"),
        ],
    )


def _bin_columns(page: Page) -> list[Column]:
    def span(row: Row) -> str:
        return f"{i18n.percent(row['low'], page.language)}–{i18n.percent(row['high'], page.language)}"

    return [
        Column(page.text("columns.said"), span),
        columns.whole_number(page, "columns.n_forecasts", "n"),
        percent(page, "columns.mean_chance", "mean_chance"),
        columns.whole_number(page, "columns.n_within", "n_within"),
        percent(page, "columns.share_within", "share_within"),
    ]

"""Sheets about the next edition: its chance, what was said of earlier ones, how the model did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indices.analysis.backtest import POOLED, SCORE_DTYPES
from indices.analysis.cells import records
from indices.analysis.outlook import PAST_DTYPES, Outlook
from indices.analysis.refusal import Refusal
from indices.catalogue import MERGER_FRAME
from indices.export.book_model import (
    BRIER,
    Cell,
    Figure,
    Question,
    places,
    share,
    signed_form,
    whole,
)
from indices.export.book_teller import Teller
from indices.narrative import outlook as outlook_words
from indices.narrative.refusal import refusal_sentence


def outlook(teller: Teller) -> Question:
    """One row an index: the chance of being within the target in the next edition, and what it rests on."""
    columns = teller.columns(
        *("index", "edition", "place", "place_kind", "n_ranked", "gained", "outlook_chance", "chance_word"),
        *("next_year", "similar_n", "similar_within", "similar_of", "learnt_from", "learnt_cases"),
        learnt_from=22,
    )
    rows: list[dict[str, Cell]] = []
    remarks, titles = teller.without_figure(), []
    for book in teller.books:
        found = book.base.outlook
        if isinstance(found, Refusal):
            remarks.append(refusal_sentence(found, teller.language, outlook_words.BRIER_DIGITS))
            continue
        rows.append(_outlook_row(teller, found))
        said = outlook_words.outlook_headline(found, book.index, teller.focal, teller.language)
        titles.append((abs(found.row["chance"] - 0.5), said))
        remarks += _outlook_remarks(teller, found, said)
    title = min(titles, default=(0, ""))[1]
    return teller.question("outlook", title, columns, rows, remarks=tuple(dict.fromkeys(remarks)))


def _outlook_row(teller: Teller, found: Outlook) -> dict[str, Cell]:
    row = found.row
    return {
        **teller.where(row["index"], row["edition"]),
        **teller.place(row),
        "n_ranked": whole(row["n_ranked"]),
        "gained": places(row["gained"]),
        "outlook_chance": share(row["chance"]),
        "chance_word": teller.text(f"chance.{row['word']}"),
        "next_year": whole(row["next_year"]),
        "similar_n": whole(row["similar_n"]),
        "similar_within": whole(row["similar_within"]),
        "similar_of": row["learnt_from"] if row["similar_of"] == POOLED else row["similar_of"],
        "learnt_from": row["learnt_from"],
        "learnt_cases": whole(row["learnt_cases"]),
    }


def _outlook_remarks(teller: Teller, found: Outlook, headline: str) -> list[str]:
    row, province = found.row, teller.answers.base.province
    provinces = teller.catalogue.provinces
    successor = provinces.name(provinces.successor(province), teller.language, MERGER_FRAME)
    said = [
        outlook_words.standing_sentence(row, teller.language),
        outlook_words.similar_sentence(row, teller.language),
    ]
    own = teller.answers.base.tested.score_of(row["index"])
    said += [outlook_words.borrowed_sentence(row, own, teller.language)] if own is not None else []
    of_index = [headline + ".", *(teller.of(row["index"], "", one) for one in said if one)]
    return of_index + outlook_words.condition_sentences(row, teller.focal, successor, teller.language)


def forecasts(teller: Teller) -> Question:
    """One row an earlier edition: what would have been said then of the next one, and what came."""
    columns = teller.columns(
        *(
            "index",
            "edition",
            "place",
            "place_kind",
            "n_ranked",
            "outlook_chance",
            "chance_word",
            "next_year",
        ),
        *("next_place", "next_place_kind", "within_target"),
    )
    rows: list[dict[str, Cell]] = []
    remarks = []
    for book in teller.books:
        found = book.base.outlook
        if isinstance(found, Refusal):
            remarks.append(refusal_sentence(found, teller.language, outlook_words.BRIER_DIGITS))
            continue
        past = [row for row in records(found.past, list(PAST_DTYPES)) if row["chance"] is not None]
        rows += [_past_row(teller, book.index, row) for row in past]
        said = outlook_words.past_sentence(found, teller.language)
        remarks += [teller.of(book.index, "", said)] if said else []
        if not past:
            remarks.append(teller.text("outlook.past_nothing", index=book.index, province=teller.focal))
    title = ""
    judged = [row for row in rows if row.get("within_target") is not None]
    if judged:
        right = sum(
            (row["outlook_chance"].value >= 0.5) == (row["within_target"] == teller.yes(True))
            for row in judged
            if isinstance(row["outlook_chance"], Figure)
        )
        title = teller.text("book.forecasts_title", n=len(judged), right=right, province=teller.focal)
    return teller.question("forecasts", title, columns, rows, remarks=tuple(dict.fromkeys(remarks)))


def _past_row(teller: Teller, index: str, row: Mapping[str, Any]) -> dict[str, Cell]:
    return {
        **teller.where(index, row["edition"]),
        **teller.place(row),
        "n_ranked": whole(row["n_ranked"]),
        "outlook_chance": share(row["chance"]),
        "chance_word": teller.text(f"chance.{row['word']}"),
        "next_year": whole(row["next_year"]),
        **teller.place(row, "next_place", "next_computed"),
        "within_target": teller.yes(row["within"]),
    }


def backtest(teller: Teller) -> Question:
    """One row an index, and one for all whole fields together: how well the chances came true."""
    columns = teller.columns(
        *("index", "n_forecasts", "n_editions", "first_year", "last_year", "mean_chance", "share_within"),
        *(
            "brier",
            "brier_stay",
            "brier_base",
            "gain_stay",
            "se_stay",
            "gain_base",
            "se_base",
            "model_verdict",
        ),
    )
    tested = teller.answers.base.tested
    known = tested.scores[tested.scores["whole"] & (tested.scores["index"] != POOLED)]
    whole_fields = ", ".join(known["index"])
    rows: list[dict[str, Cell]] = []
    said = {}
    for row in records(tested.scores, list(SCORE_DTYPES)):
        if row["index"] != POOLED and row["index"] not in teller.indices:
            continue
        rows.append(_test_row(teller, row, whole_fields))
        said[row["index"]] = outlook_words.test_sentence(row, teller.language)
    remarks = list(said.values()) or [teller.text("outlook.trust_nothing")]
    remarks.append(teller.text("outlook.scores_how"))
    return teller.question("backtest", said.get(POOLED, ""), columns, rows, remarks=tuple(remarks))


def _test_row(teller: Teller, row: Mapping[str, Any], whole_fields: str) -> dict[str, Cell]:
    gains = {
        name: None if row[name] is None else Figure(row[name], signed_form(4))
        for name in ("gain_stay", "gain_base")
    }
    pooled = teller.text("outlook.pooled", of=whole_fields)
    briers = ("brier", "brier_stay", "brier_base", "se_stay", "se_base")
    return {
        "index": pooled if row["index"] == POOLED else row["index"],
        "n_forecasts": whole(row["n"]),
        "n_editions": whole(row["n_editions"]),
        "first_year": whole(row["first_year"] + 1),
        "last_year": whole(row["last_year"] + 1),
        "mean_chance": share(row["mean_chance"]),
        "share_within": share(row["share_within"], exact=True),
        **{name: None if row[name] is None else Figure(row[name], BRIER) for name in briers},
        **gains,
        "model_verdict": outlook_words.verdict(row, teller.language),
    }

"""Sheets about what is ahead: what the target takes, how sure a place is, the next edition and its test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from indices.analysis.backtest import POOLED, SCORE_DTYPES
from indices.analysis.cells import records
from indices.analysis.certainty import CERTAINTY_DTYPES
from indices.analysis.outlook import PAST_DTYPES, Outlook
from indices.analysis.reach import REACH_DTYPES, Reach
from indices.analysis.refusal import Refusal
from indices.catalogue import MERGER_FRAME
from indices.export.book_model import (
    BRIER,
    Cell,
    Figure,
    Question,
    decimal,
    distance,
    of_scale,
    places,
    share,
    signed_form,
    whole,
)
from indices.export.book_teller import Teller, answered, refused
from indices.i18n import word
from indices.narrative import certainty as certainty_words
from indices.narrative import outlook as outlook_words
from indices.narrative import scenario as scenario_words
from indices.narrative.refusal import refusal_sentence


def reach(teller: Teller) -> Question:
    """One row a part to be raised: by the fewest points, and as far as provinces usually come in a year."""
    columns = teller.columns(
        *(
            "index",
            "edition",
            "scenario",
            "part",
            "published",
            "after_scenario",
            "part_change",
            "scale_max",
            "factor",
        ),
        "worth",
        part=40,
    )
    rows: list[dict[str, Cell]] = []
    remarks, titles = teller.without_figure(), []
    for book in teller.books:
        for edition, refusal in refused(book.reach):
            remarks.append(teller.why_not(book.index, edition, refusal))
        for edition, found in answered(book.reach):
            for name, table in _scenarios(found).items():
                rows += [
                    _reach_row(teller, book.index, edition, teller.text(f"book.{name}"), row)
                    for row in records(table, list(REACH_DTYPES))
                ]
            said = [
                teller.of(book.index, edition, one)
                for one in _reach_sentences(teller, book.index, edition, found)
            ]
            titles.append((not found.met, edition, said[0]))
            remarks += said
    title = max(titles, default=(False, "", ""))[2]
    return teller.question("reach", title, columns, rows, remarks=tuple(dict.fromkeys(remarks)))


def _scenarios(found: Reach) -> dict[str, pd.DataFrame]:
    tables = {}
    if not isinstance(found.fewest, Refusal):
        tables["fewest"] = found.fewest
    if found.realistic is not None and not isinstance(found.realistic, Refusal):
        tables["realistic"] = found.realistic.changes
    return tables


def _reach_sentences(teller: Teller, index: str, edition: str, found: Reach) -> list[str]:
    scale, language = teller.scale(index, edition), teller.language
    parts = teller.catalogue.components_of(index, int(edition[:4]))
    names = {part.component: teller.part(index, edition, part.component) for part in parts}
    said = [
        scenario_words.needed_sentence(found, scale, language),
        scenario_words.fewest_sentence(found, names, scale, language),
        scenario_words.realistic_sentence(found, language),
        scenario_words.often_sentence(found, scale, language),
    ]
    return [one for one in said if one]


def _reach_row(
    teller: Teller, index: str, edition: str, name: str, row: Mapping[str, Any]
) -> dict[str, Cell]:
    scale = row["scale_max"]
    return {
        **teller.where(index, edition),
        "scenario": name,
        "part": teller.part(index, edition, row["component"]),
        "published": of_scale(row["before"], scale),
        "after_scenario": decimal(row["after"], 4),
        "part_change": distance(row["change"], scale),
        "scale_max": decimal(scale, 0 if scale is None or scale == round(scale) else 2),
        "factor": decimal(row["factor"], 4),
        "worth": distance(row["worth"], teller.scale(index, edition)),
    }


def certainty(teller: Teller) -> Question:
    """One row an edition and basis: between which places the province stands, how likely the target is."""
    columns = teller.columns(
        *(
            "index",
            "edition",
            "certainty_basis",
            "place",
            "place_kind",
            "rank_computed",
            "rank_low",
            "rank_high",
        ),
        *("chance", "chance_word", "n_above", "n_below", "score", "se", "errors_edition", "draws"),
    )
    rows: list[dict[str, Cell]] = []
    remarks, titles = teller.without_figure(), []
    for book in teller.books:
        for edition, refusal in refused(book.certainty):
            remarks.append(teller.why_not(book.index, edition, refusal))
        for edition, found in answered(book.certainty):
            for row in records(found.bases, list(CERTAINTY_DTYPES)):
                rows.append(_certainty_row(teller, book.index, edition, row))
            said = teller.of(
                book.index, edition, certainty_words.sentence(found, teller.focal, teller.language)
            )
            titles.append((found.first["basis"] != "rounding", edition, said))
            remarks.append(said)
            notes = certainty_words.notes(found, teller.focal, teller.language)
            remarks += [teller.of(book.index, edition, one) for one in notes]
    title = max(titles, default=(False, "", ""))[2]
    remarks.append(certainty_words.thresholds_sentence(teller.language))
    return teller.question("certainty", title, columns, rows, remarks=tuple(dict.fromkeys(remarks)))


def _certainty_row(teller: Teller, index: str, edition: str, row: Mapping[str, Any]) -> dict[str, Cell]:
    scale = teller.scale(index, edition)
    return {
        **teller.where(index, edition),
        "certainty_basis": word("cli.code", row["basis"], teller.language),
        **teller.place(row),
        **{
            name: whole(row[name])
            for name in ("rank_computed", "rank_low", "rank_high", "n_above", "n_below")
        },
        "chance": share(row["chance"], exact=not row["draws"]),
        "chance_word": teller.text(f"chance.{row['word']}"),
        "score": of_scale(row["score"], scale),
        "se": decimal(row["se"], 4),
        "errors_edition": row["errors_edition"],
        "draws": whole(row["draws"]),
    }


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

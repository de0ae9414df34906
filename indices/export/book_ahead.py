"""Sheets about what the target takes, and how sure a place is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from indices.analysis.cells import records
from indices.analysis.certainty import CERTAINTY_DTYPES
from indices.analysis.reach import REACH_DTYPES, Reach
from indices.analysis.refusal import Refusal
from indices.export.book_model import (
    Cell,
    Question,
    decimal,
    distance,
    of_scale,
    share,
    whole,
)
from indices.export.book_teller import Teller, answered, refused
from indices.i18n import word
from indices.narrative import certainty as certainty_words
from indices.narrative import scenario as scenario_words


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

"""The sheet about strong and weak parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indices.analysis.cells import records
from indices.analysis.strengths import STRENGTH_DTYPES, Strengths
from indices.export.book_model import (
    EXACT_SHARE,
    Cell,
    Figure,
    Question,
    decimal,
    distance,
    of_scale,
    places,
    whole,
)
from indices.export.book_teller import Teller, answered, refused
from indices.narrative import strengths as strength_words


def strengths(teller: Teller) -> Question:
    """One row a part: its place (computed), the distances to others and to its scale's end, its movement."""
    columns = teller.columns(
        *(
            "index",
            "edition",
            "part",
            "score",
            "scale_max",
            "share",
            "place_computed",
            "n_provinces",
            "verdict",
        ),
        *("to_top_mean", "worth_top_mean", "best_province", "to_best", "headroom", "worth_headroom"),
        *("since", "change", "change_score", "source"),
        part=40,
    )
    rows: list[dict[str, Cell]] = []
    remarks, titles = teller.without_figure(), []
    for book in teller.books:
        for edition, refusal in refused(book.strengths):
            remarks.append(teller.why_not(book.index, edition, refusal))
        for edition, found in answered(book.strengths):
            total = teller.scale(book.index, edition)
            rows += [
                _strength_row(teller, found, row, total)
                for row in records(found.parts, list(STRENGTH_DTYPES))
            ]
            said = strength_words.headline(found, teller.focal, teller.language)
            titles.append((found.ranked, edition, said))
            remarks.append(said + ".")
            more = [
                strength_words.verdict_sentence(found, teller.language),
                strength_words.missing_sentence(found, teller.language),
                strength_words.worth_sentence(found, total, teller.language),
                strength_words.movement_sentence(found, teller.language),
            ]
            remarks += [teller.of(book.index, edition, one) for one in more if one]
    title = max(titles, default=(False, "", ""))[2]
    return teller.question("strengths", title, columns, rows, remarks=tuple(dict.fromkeys(remarks)))


def _strength_row(
    teller: Teller, found: Strengths, row: Mapping[str, Any], total: float | None
) -> dict[str, Cell]:
    scale = row["scale_max"]
    verdict = row["verdict"]
    return {
        **teller.where(found.index, found.edition),
        "part": teller.part(found.index, found.edition, row["component"]),
        "score": of_scale(row["score"], scale),
        "scale_max": decimal(scale, 0 if scale is None or scale == round(scale) else 2),
        "share": None if row["share"] is None else Figure(row["share"], EXACT_SHARE),
        "place_computed": whole(row["place"]),
        "n_provinces": whole(row["n_provinces"]),
        "verdict": None if verdict is None else teller.text(f"strengths.verdict.{verdict}"),
        "to_top_mean": distance(row["to_top_mean"], scale),
        "worth_top_mean": distance(row["worth_top_mean"], total),
        "best_province": teller.called(row["best_province"]),
        "to_best": distance(row["to_best"], scale),
        "headroom": distance(row["headroom"], scale),
        "worth_headroom": distance(row["worth_headroom"], total),
        "since": row["since"],
        "change": places(row["change"]),
        "change_score": distance(row["change_score"], scale),
        "source": row["source"],
    }

"""Sheets about documents: the order and the targets, new methods, and where the figures were read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from indices.analysis.assigned import ASSIGNED_DTYPES
from indices.analysis.cells import records
from indices.analysis.directive import SUMMARY_DTYPES, ordered_rank
from indices.analysis.refusal import Refusal
from indices.catalogue import FOCAL_PROVINCE
from indices.export.book_model import Cell, Question, distance, of_scale, places, whole
from indices.export.book_teller import Teller
from indices.i18n import Language, count, day, word
from indices.narrative.directive import came_sentence, directive_headline, left_sentence, since_sentence
from indices.narrative.refusal import refusal_sentence
from indices.tidy import OVERALL


def order(teller: Teller) -> Question:
    """One row an index: the last place before the order of July 2020, the newest one, the best since."""
    columns = teller.columns(
        *("index", "edition_before", "place_before_order", "place_before_order_kind", "n_ranked_before"),
        *("edition", "place", "place_kind", "n_ranked", "status", "same_method_change", "change_edition"),
        *(
            "later_change",
            "later_since",
            "place_best",
            "edition_best",
            "n_met",
            "n_known",
            "n_editions",
            "break_edition",
        ),
        "source",
    )
    found = teller.answers.order
    if isinstance(found, Refusal):
        return teller.question("order", "", columns, [], remarks=(refusal_sentence(found, teller.language),))
    rows, remarks = [], []
    for row in records(found.indices, list(SUMMARY_DTYPES)):
        if row["index"] not in teller.indices:
            continue
        rows.append(_order_row(teller, row))
        remarks.append(teller.of(row["index"], "", since_sentence(row, teller.target_rank, teller.language)))
    mine = teller.answers.base.province == FOCAL_PROVINCE
    rank = ordered_rank(teller.catalogue) if mine else None
    title = directive_headline(found, rank, teller.focal, teller.language)
    since = day(found.since, teller.language)
    remarks.append(teller.text("directive.how"))
    if not mine:
        remarks.append(
            teller.text(
                "directive.how_other",
                day=since,
                owner=teller.called(FOCAL_PROVINCE),
                province=teller.focal,
                target=teller.target_rank,
            )
        )
    return teller.question("order", title, columns, rows, remarks=tuple(remarks))


def _order_row(teller: Teller, row: Mapping[str, Any]) -> dict[str, Cell]:
    before = {**row, "place_before_order": row["place_before"]}
    return {
        "index": row["index"],
        "edition_before": row["edition_before"],
        **teller.place(before, "place_before_order", "computed_before"),
        "n_ranked_before": whole(row["n_ranked_before"]),
        "edition": row["edition"],
        **teller.place(row),
        "n_ranked": whole(row["n_ranked"]),
        "status": teller.text(f"status.{row['status']}"),
        "same_method_change": places(row["change"]),
        "change_edition": row["change_edition"],
        "later_change": places(row["later_change"]),
        "later_since": row["later_since"],
        "place_best": whole(row["place_best"]),
        "edition_best": row["edition_best"],
        **{name: whole(row[name]) for name in ("n_met", "n_known", "n_editions")},
        "break_edition": row["break_edition"],
        "source": row["source"],
    }


def targets(teller: Teller) -> Question:
    """One row a target and edition it holds for: what was asked, what came."""
    columns = teller.columns(
        *("index", "edition", "wanted", "outcome", "left_places", "left_points", "came"),
        *("place", "place_kind", "n_ranked", "score", "document", "issued", "document_source", "source"),
        document=50,
        came=40,
        wanted=22,
    )
    found = teller.answers.assigned
    if isinstance(found, Refusal):
        return teller.question(
            "targets", "", columns, [], remarks=(refusal_sentence(found, teller.language),)
        )
    rows = [row for row in records(found, list(ASSIGNED_DTYPES)) if row["index"] in teller.indices]
    known = [row for row in rows if row["outcome"] != "unknown"]
    met = sum(row["outcome"] == "met" for row in known)
    slots = {"province": teller.focal, "met": met, "known": len(known), "n": len(rows)}
    title = teller.text("book.targets_title", **slots) if rows else ""
    return teller.question("targets", title, columns, [_target_row(teller, row) for row in rows])


def _target_row(teller: Teller, row: Mapping[str, Any]) -> dict[str, Cell]:
    value = word("target", row["value"], teller.language) if row["kind"] == "group" else row["value"]
    scale = teller.scale(row["index"], row["edition"])
    in_points = row["kind"] == "score"
    left = left_sentence(row, teller.language)
    outcome = teller.text(f"status.{row['outcome']}")
    return {
        **teller.where(row["index"], row["edition"]),
        "wanted": teller.text(f"target.{row['kind']}", value=value),
        "outcome": teller.text("directive.outcome_left", outcome=outcome, left=left) if left else outcome,
        "left_places": None if in_points else places(row["distance"]),
        "left_points": distance(row["distance"], scale) if in_points else None,
        "came": came_sentence(row, teller.language),
        **teller.place(row),
        "n_ranked": whole(row["n_ranked"]),
        "score": of_scale(row["score"], scale),
        "document": row["document_vi"],
        "issued": _day(row["issued_on"], teller.language),
        "document_source": row["document_source"],
        "source": row["source"],
    }


def _day(written: str, language: Language) -> str:
    """A day of the catalogue as the language writes it; a year alone stays one."""
    try:
        return day(date.fromisoformat(written), language)
    except ValueError:
        return written


def methods(teller: Teller) -> Question:
    """One row a new method: from which edition on places and scores are not compared with earlier ones."""
    columns = teller.columns("index", "edition", "scope", "what_changed", what_changed=80, scope=40)
    years = {index: [spec.year for spec in teller.catalogue.editions_of(index)] for index in teller.indices}
    found = [
        spec
        for spec in teller.catalogue.breaks
        if spec.index in teller.indices and spec.edition <= max(years[spec.index], default=0)
    ]
    rows: list[dict[str, Cell]] = [
        {
            "index": spec.index,
            "edition": str(spec.edition),
            "scope": teller.part(spec.index, str(spec.edition), spec.scope),
            "what_changed": spec.what_vi if teller.language == "vi" else spec.what_en,
        }
        for spec in found
    ]
    whole_index = sum(spec.scope == OVERALL for spec in found)
    title = teller.text("book.methods_title", n=whole_index, indices=len(teller.indices)) if rows else ""
    return teller.question("methods", title, columns, rows)


def sources(teller: Teller, questions: Iterable[Question]) -> Question:
    """One row a source that figures of the sheets were read at.

    Of the province's own figures, of the tables' source columns, and of the whole field of an edition
    in which something was worked out from all provinces.
    """
    columns = teller.columns(
        *("number", "indices", "n_figures", "title", "address", "source_kind", "key"), title=36, address=70
    )
    used = {
        str(row[name]) for question in questions for row in question.rows for name in _KEYS if row.get(name)
    }
    fields = _fields(teller)
    mine, counts, indices = teller.answers.base.province, Counter[str](), defaultdict[str, set[str]](set)
    for row in teller.answers.sources:
        where, key = (row["index"], row["edition"]), row["source"]
        if row["index"] not in teller.indices or key is None:
            continue
        if key in used or row["province"] == mine or where in fields:
            counts[key] += 1
            indices[key].add(row["index"])
    for key in used - set(counts):  # documents hold no figure
        counts[key] = 0
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows = [_source_row(teller, at, key, n, indices[key]) for at, (key, n) in enumerate(ordered, start=1)]
    figures = count(sum(counts.values()), teller.language)
    title = teller.text("book.sources_title", n=len(rows), figures=figures) if rows else ""
    return teller.question("sources", title, columns, rows)


def numbered(question: Question, listed: Question) -> Question:
    """A sheet with the number that each of its sources has in the list of sources."""
    numbers = {row["key"]: row["number"] for row in listed.rows}
    rows = ({**row, **{name: numbers.get(row.get(name)) for name in _KEYS}} for row in question.rows)
    return replace(question, rows=tuple(rows))


_KEYS = ("source", "document_source")


def _fields(teller: Teller) -> set[tuple[str, str]]:
    """The editions whose every province an answer rests on."""
    found: set[tuple[str, str]] = set()
    for book in teller.books:
        for asked in (book.gap, book.change, book.known, book.strengths, book.reach, book.certainty):
            for edition, answer in asked:
                if not isinstance(answer, Refusal):
                    found.add((book.index, edition))
                    found.add((book.index, str(getattr(answer, "since", edition))))
        found |= {(book.index, row["edition"]) for row in book.base.rows if row["computed"]}
    return found


def _source_row(teller: Teller, number: int, key: str, n: int, indices: set[str]) -> dict[str, Cell]:
    spec = teller.catalogue.sources.get(key)
    return {
        "number": whole(number),
        "key": key,
        "indices": ", ".join(index for index in teller.indices if index in indices),
        "n_figures": whole(n),
        "title": spec.title if spec else None,
        "address": spec.address if spec else None,
        "source_kind": word("source_kind", spec.kind, teller.language) if spec else None,
    }

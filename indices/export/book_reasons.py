"""Sheets about why: what moved the place, who passed whom, what moved the score."""

from __future__ import annotations

from indices.analysis.cells import records
from indices.analysis.rank_change import CROSSING_DTYPES, STEP_DTYPES, Moves, RankChange
from indices.analysis.score_change import RESIDUAL, SCORE_CHANGE_DTYPES, ScoreChange
from indices.export.book_answers import IndexBook
from indices.export.book_model import (
    HALF_PLACES,
    PLACES,
    BookChart,
    Cell,
    Figure,
    Question,
    Series,
    decimal,
    distance,
    of_scale,
    places,
    signed_form,
    whole,
)
from indices.export.book_teller import Teller, answered, refused
from indices.i18n import points
from indices.narrative import why as why_words


def why(teller: Teller) -> Question:
    """One row a step of a change of place; a chart of the steps for every change that can be told apart."""
    columns = teller.columns(
        *(
            "index",
            "edition",
            "since",
            "comparable",
            "place_before",
            "place_after",
            "step",
            "places",
            "n_provinces",
        )
    )
    rows: list[dict[str, Cell]] = []
    charts, remarks = [], teller.without_figure()
    for book in teller.books:
        for edition, refusal in refused(book.change):
            remarks.append(teller.why_not(book.index, edition, refusal))
        for edition, found in answered(book.change):
            before, after = (int(place) for place in found.ends["place"])
            start = len(rows)
            for row in records(found.steps, list(STEP_DTYPES)):
                rows.append(
                    {
                        **teller.where(book.index, edition),
                        "since": found.since,
                        "comparable": teller.yes(found.comparable),
                        "place_before": whole(before),
                        "place_after": whole(after),
                        "step": teller.text(f"why.step_{row['step']}"),
                        "places": places(row["places"]),
                        "n_provinces": whole(row["n_provinces"]),
                    }
                )
            charts.append(_steps_chart(teller, found, start, len(rows) - 1))
            remarks.append(why_words.headline(found, found, teller.language))
        for _, known in answered(book.known):
            remarks.append(why_words.headline(book.change[0][1], known, teller.language))
    told = _most_moved(teller.books)
    title = why_words.headline(told, told, teller.language) if told else ""
    remarks.append(teller.text("why.steps_method"))
    return teller.question("why", title, columns, rows, charts=tuple(charts), remarks=_once(remarks))


def _steps_chart(teller: Teller, found: RankChange, first: int, last: int) -> BookChart:
    before, after = (int(place) for place in found.ends["place"])
    slots = {"since": found.since, "edition": found.edition, "before": before, "after": after}
    whole_steps = all(step == round(step) for step in found.steps["places"])
    return BookChart(
        form="column",
        title=teller.of(found.index, "", teller.text("why.steps_title", **slots)),
        axis_title=teller.text("book.places_gained"),
        categories="step",
        series=(Series(teller.text("book.places_gained"), "focal", "places", first, last),),
        form_of_values=PLACES if whole_steps else HALF_PLACES,
    )


def _most_moved(books: list[IndexBook]) -> RankChange | None:
    """The newest change of place that can be told apart; of those of one year the largest."""
    found = [answer for book in books for _, answer in answered(book.change)]
    return max(found, key=lambda one: (one.edition, abs(one.gained)), default=None)


def crossings(teller: Teller) -> Question:
    """One row a province that changed sides with ours, or came in above us or left from there."""
    columns = teller.columns(
        *("index", "edition", "since", "province", "kind", "place_before", "place_after"),
        *("score_before", "score_after", "own_move", "their_move"),
    )
    rows: list[dict[str, Cell]] = []
    remarks, titles = teller.without_figure(), []
    for book in teller.books:
        for edition, found in [*answered(book.change), *answered(book.known)]:
            rows += _crossing_rows(teller, book.index, edition, found)
            said = why_words.crossings_sentence(found, teller.focal, teller.language)
            titles.append((edition, len(found.crossings), teller.of(book.index, edition, said)))
            remarks.append(titles[-1][2])
        if not list(answered(book.change)) and not list(answered(book.known)):
            remarks += [teller.why_not(book.index, edition, no) for edition, no in refused(book.known)]
    title = max(titles, default=("", 0, ""))[2]
    return teller.question("crossings", title, columns, rows, remarks=_once(remarks))


def _crossing_rows(teller: Teller, index: str, edition: str, found: Moves) -> list[dict[str, Cell]]:
    scales = teller.scale(index, found.since), teller.scale(index, edition)
    return [
        {
            **teller.where(index, edition),
            "since": found.since,
            "province": teller.called(row["province"]),
            "kind": teller.text(f"why.kind_{row['kind']}"),
            "place_before": whole(row["place_before"]),
            "place_after": whole(row["place_after"]),
            "score_before": of_scale(row["score_before"], scales[0]),
            "score_after": of_scale(row["score_after"], scales[1]),
            "own_move": places(row["own"]),
            "their_move": places(row["theirs"]),
        }
        for row in records(found.crossings, list(CROSSING_DTYPES))
    ]


def score(teller: Teller) -> Question:
    """One row a part of a change of score; a chart of the parts."""
    columns = teller.columns(
        *("index", "edition", "since", "part", "before", "after", "part_change", "factor", "points", "alike"),
        "source",
        part=40,
    )
    rows: list[dict[str, Cell]] = []
    charts: list[BookChart] = []
    remarks, titles = teller.without_figure(), []
    for book in teller.books:
        for edition, refusal in refused(book.score):
            remarks.append(teller.why_not(book.index, edition, refusal))
        for edition, found in answered(book.score):
            digits = points(teller.scale(book.index, edition))
            start = len(rows)
            rows += _score_rows(teller, found, digits)
            charts.append(_score_chart(teller, found, start, digits))
            said = why_words.parts_sentence(
                found, _names(teller, book.index, edition, found.since), digits, teller.language
            )
            titles.append((edition, abs(found.change), teller.of(book.index, edition, said)))
            remarks.append(titles[-1][2])
            remarks += [teller.text("why.score_break")] * (not found.comparable)
        remarks += _weights(teller, book)
    title = max(titles, default=("", 0, ""))[2]
    return teller.question("score", title, columns, rows, charts=tuple(charts), remarks=_once(remarks))


def _score_rows(teller: Teller, found: ScoreChange, digits: int) -> list[dict[str, Cell]]:
    parts = records(found.parts, list(SCORE_CHANGE_DTYPES))
    parts.sort(key=lambda row: (row["component"] == RESIDUAL, -row["points"]))
    return [
        {
            **teller.where(found.index, found.edition),
            "since": found.since,
            "part": teller.part(found.index, found.edition, row["component"]),
            "before": of_scale(row["before"], row["scale_before"]),
            "after": of_scale(row["after"], row["scale_after"]),
            "part_change": distance(row["change"], row["scale_after"]),
            "factor": decimal(row["factor"], 4),
            "points": Figure(
                row["points"], signed_form(4 if row["component"] == RESIDUAL else max(digits, 3))
            ),
            "alike": None if row["component"] == RESIDUAL else teller.yes(row["alike"]),
            "source": row["source"],
        }
        for row in parts
    ]


def _score_chart(teller: Teller, found: ScoreChange, start: int, digits: int) -> BookChart:
    shown = int((found.parts["component"] != RESIDUAL).sum())
    slots = {"index": found.index, "edition": found.edition, "since": found.since}
    return BookChart(
        form="bar",
        title=teller.text("book.score_chart", **slots),
        axis_title=teller.text("book.total_points"),
        categories="part",
        series=(Series(teller.text("why.head_points"), "focal", "points", start, start + shown - 1),),
        form_of_values=signed_form(max(digits, 3)),
    )


def _weights(teller: Teller, book: IndexBook) -> list[str]:
    """Across new weights: how much of the change is one of the parts."""
    said = []
    for edition, found in answered(book.reweight):
        names = _names(teller, book.index, edition, found.since)
        said.append(why_words.real_sentence(found, teller.language))
        said.append(why_words.place_sentence(found, teller.language))
        said += why_words.weights_notes(found, names, teller.language)
        said = [teller.of(book.index, edition, one) for one in said if one]
    return said


def _names(teller: Teller, index: str, *editions: str) -> dict[str, str]:
    """What the parts of some editions are called, the first edition's names first."""
    codes = {
        part.component: edition
        for edition in reversed(editions)
        for part in teller.catalogue.components_of(index, int(edition[:4]))
    }
    return {code: teller.part(index, edition, code) for code, edition in codes.items()}


def _once(remarks: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(remark for remark in remarks if remark))

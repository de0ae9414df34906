"""Every number of the workbook is one of the answer it stands for: provinces, years, both languages."""

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pytest

from indices.analysis.cells import records
from indices.analysis.refusal import Refusal
from indices.export.book import book_bytes
from indices.export.book_answers import BookAnswers
from indices.export.plain import plain
from indices.i18n import LANGUAGES, text
from indices.tidy import OVERALL
from tests.published.exports import CASES, TARGET, answered, known
from tests.unit.opened_book import HEADER, opened, sentences

ALL = [(*case, language) for case in CASES for language in LANGUAGES]
Row = dict[str, Any]


@cache
def tables(province: str, year: int | None, language: str) -> dict[str, list[Row]]:
    """The rows of every sheet by the sheet's name."""
    content = book_bytes(answered(province, year), language, made_on=date(2026, 11, 24))
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return {sheet.title: list(table_rows(sheet)) for sheet in book.worksheets}


def table_rows(sheet: Any) -> Iterator[Row]:
    """The rows below the headings, as far as their first cell is filled."""
    found = sheet.iter_rows(min_row=HEADER, values_only=True)
    heads = next(found, ())
    if sum(head is not None for head in heads) < 3:
        return  # a sheet of sentences alone
    for cells in found:
        if cells[0] is None:
            break
        yield {head: cell for head, cell in zip(heads, cells, strict=False) if head}


def column(name: str, language: str) -> str:
    return text(f"book.head_{name}", language, target=TARGET)


def answers_of(found: BookAnswers, question: str) -> Iterator[tuple[str, str, Any]]:
    """Index, edition and answer, refusals left out."""
    for index, one in found.by_index.items():
        for edition, answer in getattr(one, question):
            if not isinstance(answer, Refusal):
                yield index, edition, answer


def told(found: BookAnswers, question: str, table: str, names: str) -> list[tuple]:
    """Index, edition and some columns of a table of the answers."""
    return [
        (index, edition, *(row[name] for name in names.split()))
        for index, edition, answer in answers_of(found, question)
        for row in records(getattr(answer, table), names.split())
    ]


def stood(found: BookAnswers) -> list[tuple]:
    names = "edition place score target_score points_to_go places_to_go change n_ranked n_scores n_ranks"
    held = [one.base.status for one in found.by_index.values()]
    return [
        (index, *((row or {}).get(name) for name in names.split()))
        for index, row in zip(found.by_index, held, strict=True)
    ]


def lived(found: BookAnswers) -> list[tuple]:
    names = "year rank place score change n_ranked"
    return [
        (index, *(row[name] for name in names.split()))
        for index, one in found.by_index.items()
        for row in one.base.rows
    ]


def lacked(found: BookAnswers, of: str, names: str) -> list[tuple]:
    return [
        (index, edition, *(row[name] for name in names.split()))
        for index, edition, answer in answers_of(found, "gap")
        if not isinstance(getattr(answer, of), Refusal)
        for row in records(getattr(answer, of), names.split())
    ]


def needed(found: BookAnswers) -> list[tuple]:
    names = "before after change worth factor"
    parts = []
    for index, edition, answer in answers_of(found, "reach"):
        scenarios = [answer.fewest]
        if answer.realistic is not None and not isinstance(answer.realistic, Refusal):
            scenarios.append(answer.realistic.changes)
        for table in scenarios:
            if not isinstance(table, Refusal):
                found_rows = records(table, names.split())
                parts += [(index, edition, *(row[name] for name in names.split())) for row in found_rows]
    return parts


def expected_next(found: BookAnswers) -> list[tuple]:
    names = "edition place chance gained next_year similar_n similar_within"
    out = [one.base.outlook for one in found.by_index.values()]
    return [
        (one.row["index"], *(one.row[name] for name in names.split()))
        for one in out
        if not isinstance(one, Refusal)
    ]


def judged(found: BookAnswers) -> list[tuple]:
    names = "n n_editions mean_chance share_within brier brier_stay brier_base gain_stay gain_base se_stay"
    return [
        tuple(row[name] for name in names.split()) for row in records(found.base.tested.scores, names.split())
    ]


def since_order(found: BookAnswers) -> list[tuple]:
    names = "index edition_before place_before edition place change later_change place_best n_met n_known"
    if isinstance(found.order, Refusal):
        return []
    return [tuple(row[name] for name in names.split()) for row in records(found.order.indices, names.split())]


def assigned(found: BookAnswers) -> list[tuple]:
    if isinstance(found.assigned, Refusal):
        return []
    names = "index edition place score n_ranked"
    return [tuple(row[name] for name in names.split()) for row in records(found.assigned, names.split())]


MOVES = "place_before place_after score_before score_after own theirs"
COLUMNS: dict[str, tuple[Callable[[BookAnswers], list[tuple]], str]] = {
    "standing": (
        stood,
        "index edition place score target_score points_to_go places_to_go change n_ranked n_scores n_ranks",
    ),
    "history": (lived, "index year rank place score change n_ranked"),
    "why": (
        lambda found: told(found, "change", "steps", "places n_provinces"),
        "index edition places n_provinces",
    ),
    "crossings": (
        lambda found: told(found, "change", "crossings", MOVES) + told(found, "known", "crossings", MOVES),
        "index edition place_before place_after score_before score_after own_move their_move",
    ),
    "score": (
        lambda found: told(found, "score", "parts", "before after change factor points"),
        "index edition before after part_change factor points",
    ),
    "strengths": (
        lambda found: told(
            found,
            "strengths",
            "parts",
            "score share place to_top_mean worth_top_mean to_best headroom worth_headroom "
            "change change_score",
        ),
        "index edition score share place_computed to_top_mean worth_top_mean to_best headroom worth_headroom "
        "change change_score",
    ),
    "reach": (needed, "index edition published after_scenario part_change worth factor"),
    "certainty": (
        lambda found: told(
            found,
            "certainty",
            "bases",
            "place rank_computed rank_low rank_high chance n_above n_below se draws",
        ),
        "index edition place rank_computed rank_low rank_high chance n_above n_below se draws",
    ),
    "outlook": (
        expected_next,
        "index edition place outlook_chance gained next_year similar_n similar_within",
    ),
    "backtest": (
        judged,
        "n_forecasts n_editions mean_chance share_within "
        "brier brier_stay brier_base gain_stay gain_base se_stay",
    ),
    "order": (
        since_order,
        "index edition_before place_before_order edition place same_method_change later_change place_best "
        "n_met n_known",
    ),
    "targets": (assigned, "index edition place score n_ranked"),
}


def plainly(row: Iterable[Any]) -> tuple:
    """Cells as a file holds them: numbers of fifteen digits."""
    return tuple(float(f"{cell:.13g}") if isinstance(cell, int | float) else cell for cell in row)


def ordered(found: list[tuple]) -> list[tuple]:
    return sorted(found, key=lambda row: [(cell is None, str(type(cell)), cell) for cell in row])


@pytest.mark.parametrize("code", COLUMNS)
@pytest.mark.parametrize(("province", "year", "language"), ALL)
def test_a_sheet_has_the_numbers_of_its_answer(code, province, year, language):
    expected, names = COLUMNS[code]
    sheet = tables(province, year, language)[text(f"book.sheet_{code}", language)]
    shown = [plainly(row[column(name, language)] for name in names.split()) for row in sheet]
    assert ordered(shown) == ordered([plainly(row) for row in expected(answered(province, year))])


@pytest.mark.parametrize(("province", "year", "language"), ALL)
def test_the_parts_of_the_gap_are_those_of_both_answers(province, year, language):
    sheet = tables(province, year, language)[text("book.sheet_gap", language)]
    found = answered(province, year)
    for of, names in (("lost", "lost factor"), ("parts", "own at_line difference difference_around")):
        heads = ("index", "edition", *names.split())
        shown = {plainly(row[column(name, language)] for name in heads) for row in sheet}
        # A part that stands in both tables has the figures of both.
        assert [row for row in lacked(found, of, names) if plainly(row) not in shown] == []
    assert len(sheet) == len(
        {
            (index, edition, row["parent"], row["component"])
            for index, edition, answer in answers_of(found, "gap")
            for table in (answer.parts, answer.lost)
            if not isinstance(table, Refusal)
            for row in records(table, ["parent", "component"])
        }
    )


@pytest.mark.parametrize(("province", "year", "language"), ALL)
def test_every_number_of_every_cell_is_of_an_answer(province, year, language):
    found = answered(province, year)
    numbers = set(_numbers(plain({index: _every(one) for index, one in found.by_index.items()}, language)))
    numbers |= set(_numbers(plain([found.order, found.assigned, found.base.tested.scores], language)))
    scales = {
        known().scale_max(spec.index, code, spec.year)
        for spec in known().editions
        for code in {OVERALL, *(part.component for part in known().components if part.index == spec.index)}
    }
    allowed = set(plainly([*numbers, *(scale for scale in scales if scale is not None)]))
    own = {column("source", language), column("document_source", language), column("number", language)}
    own |= {column(name, language) for name in ("n_figures", "first_year", "last_year", "target")}
    wrong = [
        (sheet, head, cell)
        for sheet, table in tables(province, year, language).items()
        for row in table
        for head, cell in row.items()
        if isinstance(cell, int | float) and head not in own and plainly([cell])[0] not in allowed
    ]
    assert wrong == []


def _every(one: Any) -> list[Any]:
    base = [one.base.history, one.base.status, one.base.outlook]
    asked = (one.gap, one.change, one.known, one.score, one.strengths, one.reach, one.certainty)
    return [*base, *(answer for question in asked for _, answer in question)]


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _numbers(one)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


@pytest.mark.parametrize(("province", "year"), CASES)
def test_every_source_number_leads_to_the_source_of_the_figure(province, year):
    sheets = tables(province, year, "vi")
    listed = {row[column("number", "vi")]: row for row in sheets["Nguồn"]}
    assert sorted(listed) == list(range(1, len(listed) + 1))
    for row, status in zip(sheets["Hiện trạng"], answered(province, year).by_index.values(), strict=True):
        expected = status.base.status["source"] if status.base.status else None
        number = row[column("source", "vi")]
        assert (listed[number][column("key", "vi")] if number else None) == expected
    for row in listed.values():
        spec = known().sources[row[column("key", "vi")]]
        assert (row[column("address", "vi")] or "") == spec.address
        assert (row[column("title", "vi")] or "") == spec.title


def test_bac_giang_stands_where_it_is_known_to_stand():
    sheet = tables("Bắc Giang", None, "vi")["Hiện trạng"]
    shown = {row["Chỉ số"]: (row["Năm đánh giá"], row["Thứ hạng"], row["Loại hạng"]) for row in sheet}
    assert shown == {
        "PAR": ("2023", 4, "công bố"),
        "PCI": ("2024", 4, "công bố"),
        "PAPI": ("2024", 16, "tính toán"),
        "SIPAS": ("2023", 38, "công bố"),
        "ICT": ("2022", 5, "công bố"),
        "DTI": ("2023", 9, "công bố"),
    }
    papi = next(row for row in sheet if row["Chỉ số"] == "PAPI")
    assert papi[column("points_to_go", "vi")] == pytest.approx(0.0525, abs=1e-9)


def test_no_sentence_has_a_slot_or_a_code_left():
    content = book_bytes(answered("Bắc Giang", None), "vi", made_on=date(2026, 11, 24))
    for sheet in opened(content).worksheets:
        for said in sentences(sheet):
            assert "{" not in said and "_" not in said, said

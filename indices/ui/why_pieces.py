"""The charts and tables of the page about changes, ready to show."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from indices import i18n, narrative
from indices.analysis.cells import number
from indices.analysis.rank_change import Moves, RankChange
from indices.analysis.refusal import Refusal
from indices.analysis.score_change import RESIDUAL, ScoreChange
from indices.charts.caption import Caption
from indices.charts.movers import crossing_lines
from indices.charts.score_waterfall import score_steps
from indices.charts.waterfall import place_steps
from indices.narrative import why
from indices.ui import columns, show, why_data
from indices.ui.frame import Page
from indices.ui.tables import Column, Row

Pair = tuple[str, str, str, str]
"""Index, edition, the edition compared with, and the province (the merged one in a merged frame)."""


def names_of(page: Page, pair: Pair) -> Mapping[str, str]:
    """Short names of the parts of either edition, without what stands in brackets."""
    names = {}
    for edition in (pair[2], pair[1]):
        year = int(edition[:4])
        for spec in page.catalogue.components_of(pair[0], year):
            name = spec.name_vi if page.language == "vi" else spec.name_en
            names[spec.component] = name.partition(" (")[0]
    return names


def asked(pair: Pair) -> tuple[RankChange | Refusal, Moves | Refusal]:
    """The change of place in parts, and what places alone tell."""
    index, edition, since, province = pair
    change = why_data.rank_change(index, edition, province, since)
    return change, why_data.moves(index, edition, province, since)


def score_change_of(pair: Pair) -> ScoreChange | Refusal:
    """The change of the score part by part."""
    index, edition, since, province = pair
    return why_data.score_change(index, edition, province, since)


def digits_of(page: Page, pair: Pair) -> int:
    """Decimals worth showing of the index's scores."""
    return i18n.points(page.catalogue.indices[pair[0]].scale_max)


def source_of(page: Page, pair: Pair, keys: pd.Series) -> str:
    """Where the figures of `keys` were read, in words."""
    return narrative.sources_sentence(page.catalogue, pair[0], keys, page.language)


def slots_of(page: Page, pair: Pair) -> dict[str, object]:
    """What titles name: index, both editions, province."""
    return {"index": pair[0], "edition": pair[1], "since": pair[2], "province": page.called(pair[3])}


def steps_piece(page: Page, pair: Pair) -> show.Piece:
    """The change of place step by step."""
    change, known = asked(pair)
    assert isinstance(change, RankChange)
    steps = change.steps.assign(name=[page.text(f"why.step_{step}") for step in change.steps["step"]])
    before, after = (int(place) for place in change.ends["place"])
    slots = {"since": pair[2], "edition": pair[1], "before": before, "after": after}
    source = source_of(page, pair, change.ends["source"])
    figure = place_steps(
        steps,
        change.ends,
        target_rank=page.target_rank,
        caption=Caption(
            page.text("why.steps_title", **slots),
            page.text("why.steps_how" if change.comparable else "why.steps_how_break"),
            source,
        ),
        language=page.language,
        theme=page.theme,
    )
    how = f"{page.text('why.steps_method')} {source}"
    return show.Piece(figure, why.headline(change, known, page.language), steps, how)


def crossings_piece(page: Page, pair: Pair) -> show.Piece:
    """Who passed whom."""
    change, known = asked(pair)
    moves = change if isinstance(change, RankChange) else known
    assert isinstance(moves, Moves)
    called, slots = page.called(pair[3]), slots_of(page, pair)
    crossings = page.named(moves.crossings)
    crossings = crossings.assign(said=[page.text(f"why.kind_{kind}") for kind in crossings["kind"]])
    said = why.crossings_sentence(moves, called, page.language)
    source = source_of(page, pair, moves.ends["source"])
    figure = crossing_lines(
        crossings,
        moves.ends,
        focal=called,
        caption=Caption(
            page.text("why.crossings_title", since=slots["since"], edition=slots["edition"]),
            said + " " + page.text("why.crossings_how"),
            source,
        ),
        language=page.language,
        theme=page.theme,
    )
    return show.Piece(figure, said, crossings, source)


def score_piece(page: Page, pair: Pair) -> show.Piece:
    """The change of the score part by part."""
    change = score_change_of(pair)
    assert isinstance(change, ScoreChange)
    digits, names = digits_of(page, pair), names_of(page, pair)
    table = change.parts.assign(
        name=[page.text("why.residual") if p == RESIDUAL else names.get(p, p) for p in change.parts["part"]],
        mark=["" if alike else " *" for alike in change.parts["alike"]],
    )
    parts, rest = table[table["part"] != RESIDUAL], table[table["part"] == RESIDUAL]
    # What the formula leaves over is a row of the table; drawn only where it can be seen.
    rest = rest[rest["points"].abs() >= 0.5 * 10**-digits]
    drawn = pd.concat([parts.sort_values("points", ascending=False), rest])
    drawn = drawn.assign(hover=[part_hover(page, row) for row in drawn.to_dict("records")])
    ends = pd.DataFrame({"edition": [pair[2], pair[1]], "score": [change.before, change.after]})
    how = [page.text("why.score_how")]
    how += [page.text("why.score_break")] * (not change.comparable)
    how += [page.text("why.score_marked")] * bool((table["mark"] != "").any())
    source = source_of(page, pair, change.parts["source"])
    written = (i18n.score(value, page.language, digits) for value in (change.before, change.after))
    before, after = written
    slots = {"index": pair[0], "province": page.called(pair[3]), "before": before, "after": after}
    figure = score_steps(
        drawn,
        ends,
        caption=Caption(page.text("why.score_title", **slots), " ".join(how), source),
        language=page.language,
        theme=page.theme,
        digits=digits,
        end_digits=digits,
    )
    alt = why.parts_sentence(change, names, digits, page.language)
    return show.Piece(figure, alt, table, source)


def part_hover(page: Page, row: Row) -> str:
    """A part's own points before and after."""
    before, after = (number(row[name]) for name in ("before", "after"))
    if before is None or after is None:
        return str(row["name"])
    written = (i18n.score(value, page.language, 2 if value > 1 else 4) for value in (before, after))
    said = page.text("why.score_hover", **dict(zip(("before", "after"), written, strict=True)))
    return f"<b>{row['name']}</b><br>{said}"


def _places(page: Page, heading: str, name: str) -> Column:
    """Places with their sign, halves as such."""

    def cell(row: Row) -> str:
        value = number(row[name])
        whole = value is None or value == round(value)
        return i18n.change(value, page.language, 0 if whole else 1)

    return Column(page.text(heading), cell, number=True)


def step_columns(page: Page) -> list[Column]:
    """The table behind `steps_piece`."""
    return [
        columns.plain(page, "why.head_step", "name"),
        _places(page, "why.head_places", "places"),
        columns.whole_number(page, "why.head_n", "n_provinces"),
    ]


def crossing_columns(page: Page, pair: Pair) -> list[Column]:
    """The table behind `crossings_piece`."""
    scale_max = page.catalogue.indices[pair[0]].scale_max
    return [
        columns.plain(page, "columns.province", "province"),
        columns.plain(page, "why.head_kind", "said"),
        *(
            _of(columns.whole_number(page, "columns.place", name), page, "why.head_place_before", edition)
            for name, edition in (("place_before", pair[2]), ("place_after", pair[1]))
        ),
        *(
            _of(columns.points(page, scale_max, name), page, "why.head_score_before", edition)
            for name, edition in (("score_before", pair[2]), ("score_after", pair[1]))
        ),
        _places(page, "why.head_own", "own"),
        _places(page, "why.head_theirs", "theirs"),
    ]


def _of(column: Column, page: Page, heading: str, edition: str) -> Column:
    return Column(page.text(heading, edition=edition), column.cell, column.number)


def score_columns(page: Page, pair: Pair) -> list[Column]:
    """The table behind `score_piece`."""
    digits = digits_of(page, pair)
    return [
        columns.plain(page, "columns.component", "name"),
        _of(columns.points(page, None, "before"), page, "why.head_score_before", pair[2]),
        _of(columns.points(page, None, "after"), page, "why.head_score_before", pair[1]),
        columns.signed(page, "why.head_change", "change", 2),
        columns.signed(page, "why.head_points", "points", max(digits, 3)),
    ]

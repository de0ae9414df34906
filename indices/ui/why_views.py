"""The parts of the page about changes: what moved the place, the score, and what the weights did."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from indices import i18n, narrative
from indices.analysis.cells import number
from indices.analysis.rank_change import Moves, RankChange
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import Reweight
from indices.analysis.score_change import RESIDUAL, ScoreChange
from indices.catalogue import MERGER_FRAME, EditionSpec
from indices.charts.caption import Caption
from indices.charts.movers import crossing_lines
from indices.charts.reweighted import reweighted_lines
from indices.charts.waterfall import place_steps, score_steps
from indices.narrative import why
from indices.narrative.refusal import refusal_sentence
from indices.ui import columns, data, show, state, why_data
from indices.ui.choices import edition_choice
from indices.ui.frame import Page
from indices.ui.tables import Column, Row

Pair = tuple[str, str, str, str]
"""Index, edition, the edition compared with, and the province (the merged one in a merged frame)."""


def pair_choice(page: Page, index: str) -> tuple[Pair | None, EditionSpec | None]:
    """The edition looked at and the earlier one it is compared with, None where there is none."""
    default = why_data.explained_edition(index, page.province)
    left, right = st.columns(2)
    with left:
        edition = edition_choice(page, index, default)
    if edition is None:
        return None, None
    if edition.edition == default and "edition" not in st.query_params:
        state.hold("edition", None)  # nobody chose it: other pages begin with an edition of their own
    province = page.province
    if edition.frame == MERGER_FRAME:
        province = page.catalogue.provinces.successor(province)
    earlier = why_data.earlier_editions(index, edition.edition, province)
    if not earlier:
        return None, edition
    with right:
        since = state.choose(
            st.selectbox,
            "since",
            {name: name for name in earlier},
            default=earlier[0],
            language=page.language,
            refuse=page.refuse,
            of=f"{index} {edition.edition}",
            label=page.text("why.choose_since"),
            width=320,
        )
    return (index, edition.edition, since, province), edition


def headline(page: Page, index: str, pair: Pair | None, edition: EditionSpec) -> None:
    """The page's title: how far the place moved, what moved it, or why that cannot be told."""
    if pair is None:
        change = why_data.rank_change(index, edition.edition, page.province)
        known: Moves | Refusal = why_data.moves(index, edition.edition, page.province)
    else:
        change, known = _asked(pair)
    below = page.text("why.how")
    if pair is not None:
        answer = why_data.reweight(index, edition.edition, pair[3], pair[2])
        if isinstance(answer, Reweight):
            below = why.place_sentence(answer, page.language) or below
    show.title(page, why.headline(change, known, page.language), below)
    default = why_data.explained_edition(index, page.province)
    newer = [name for name in data.editions_held(index) if default and name > default]
    newer = [name for name in newer if isinstance(why_data.moves(index, name, page.province), Moves)]
    if newer and edition.edition == default:
        show.note(page.text("why.newer", editions=", ".join(reversed(newer))))


def place_view(page: Page, pair: Pair) -> None:
    """The change of place step by step and who crossed it; where it cannot be split, what is known."""
    change, known = _asked(pair)
    show.section(page.text("why.steps_section"), page.text("why.steps_section_how"))
    moves = change if isinstance(change, RankChange) else known
    if isinstance(change, Refusal):
        show.nothing(page, refusal_sentence(change, page.language))
    if isinstance(moves, Refusal):
        return
    left, right = st.columns(2) if isinstance(change, RankChange) else (None, st.container())
    if left is not None:
        with left:
            piece = page.kept("why_steps", lambda: _steps(page, pair), *pair)
            show.chart(page, f"why-place-{pair[0].lower()}", piece, lambda: _step_columns(page))
    with right:
        if moves.crossings.empty:
            show.note(why.crossings_sentence(moves, page.called(pair[3]), page.language))
            return
        piece = page.kept("why_crossings", lambda: _crossings(page, pair), *pair)
        show.chart(page, f"why-movers-{pair[0].lower()}", piece, lambda: _crossing_columns(page, pair))


def score_view(page: Page, pair: Pair) -> None:
    """The change of the score part by part, or why it cannot be split."""
    change = _score_change(pair)
    if isinstance(change, Refusal):
        show.section(page.text("why.score_section"))
        show.nothing(page, refusal_sentence(change, page.language))
        return
    said = why.parts_sentence(change, names_of(page, pair), _digits(page, pair), page.language)
    show.section(page.text("why.score_section"), said)
    piece = page.kept("why_score", lambda: _score(page, pair), *pair)
    show.chart(page, f"why-score-{pair[0].lower()}", piece, lambda: _score_columns(page, pair))


def weights_view(page: Page, pair: Pair) -> None:
    """Either edition under the other's weights, where that is the question between them."""
    change = _score_change(pair)
    if not isinstance(change, Refusal) or change.code != "why_other_weights":
        return
    show.section(page.text("why.weights_section"), page.text("why.weights_section_how"))
    answer = why_data.reweight(pair[0], pair[1], pair[3], pair[2])
    if isinstance(answer, Refusal):
        show.nothing(page, refusal_sentence(answer, page.language))
        return
    left, right = st.columns(2)
    with right:
        st.html(f'<p class="fact">{why.real_sentence(answer, page.language)}</p>')
        for said in why.weights_notes(answer, names_of(page, pair), page.language):
            show.note(said)
    with left:
        piece = page.kept("why_weights", lambda: _weights(page, pair, answer), *pair)
        show.chart(page, f"why-weights-{pair[0].lower()}", piece, lambda: _weight_columns(page))


def names_of(page: Page, pair: Pair) -> Mapping[str, str]:
    """Short names of the parts of either edition, without what stands in brackets."""
    names = {}
    for edition in (pair[2], pair[1]):
        year = int(edition[:4])
        for spec in page.catalogue.components_of(pair[0], year):
            name = spec.name_vi if page.language == "vi" else spec.name_en
            names[spec.component] = name.partition(" (")[0]
    return names


def _asked(pair: Pair) -> tuple[RankChange | Refusal, Moves | Refusal]:
    index, edition, since, province = pair
    change = why_data.rank_change(index, edition, province, since)
    return change, why_data.moves(index, edition, province, since)


def _score_change(pair: Pair) -> ScoreChange | Refusal:
    index, edition, since, province = pair
    return why_data.score_change(index, edition, province, since)


def _digits(page: Page, pair: Pair) -> int:
    return i18n.points(page.catalogue.indices[pair[0]].scale_max)


def _source(page: Page, pair: Pair, keys: pd.Series) -> str:
    return narrative.sources_sentence(page.catalogue, pair[0], keys, page.language)


def _slots(page: Page, pair: Pair) -> dict[str, object]:
    return {"index": pair[0], "edition": pair[1], "since": pair[2], "province": page.called(pair[3])}


def _steps(page: Page, pair: Pair) -> show.Piece:
    change, known = _asked(pair)
    assert isinstance(change, RankChange)
    steps = change.steps.assign(name=[page.text(f"why.step_{step}") for step in change.steps["step"]])
    before, after = (int(place) for place in change.ends["place"])
    slots = {"since": pair[2], "edition": pair[1], "before": before, "after": after}
    source = _source(page, pair, change.ends["source"])
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


def _crossings(page: Page, pair: Pair) -> show.Piece:
    change, known = _asked(pair)
    moves = change if isinstance(change, RankChange) else known
    assert isinstance(moves, Moves)
    called, slots = page.called(pair[3]), _slots(page, pair)
    crossings = page.named(moves.crossings)
    crossings = crossings.assign(said=[page.text(f"why.kind_{kind}") for kind in crossings["kind"]])
    said = why.crossings_sentence(moves, called, page.language)
    source = _source(page, pair, moves.ends["source"])
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


def _score(page: Page, pair: Pair) -> show.Piece:
    change = _score_change(pair)
    assert isinstance(change, ScoreChange)
    digits, names = _digits(page, pair), names_of(page, pair)
    table = change.parts.assign(
        name=[page.text("why.residual") if p == RESIDUAL else names.get(p, p) for p in change.parts["part"]],
        mark=["" if alike else " *" for alike in change.parts["alike"]],
    )
    rest = table["part"] == RESIDUAL
    # What the formula leaves over is a part of the table; drawn only where it can be seen.
    drawn = table[~rest | (table["points"].abs() >= 0.5 * 10**-digits)]
    drawn = pd.concat([drawn[drawn["part"] != RESIDUAL].sort_values("points", ascending=False), drawn[rest]])
    drawn = drawn.assign(hover=[_hover(page, row) for row in drawn.to_dict("records")])
    ends = pd.DataFrame({"edition": [pair[2], pair[1]], "score": [change.before, change.after]})
    how = [page.text("why.score_how")]
    how += [page.text("why.score_break")] * (not change.comparable)
    how += [page.text("why.score_marked")] * bool((table["mark"] != "").any())
    source = _source(page, pair, change.parts["source"])
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
    )
    alt = why.parts_sentence(change, names, digits, page.language)
    return show.Piece(figure, alt, table, source)


def _hover(page: Page, row: Row) -> str:
    before, after = (number(row[name]) for name in ("before", "after"))
    if before is None or after is None:
        return str(row["name"])
    written = (i18n.score(value, page.language, 2 if value > 1 else 4) for value in (before, after))
    said = page.text("why.score_hover", **dict(zip(("before", "after"), written, strict=True)))
    return f"<b>{row['name']}</b><br>{said}"


def _weights(page: Page, pair: Pair, answer: Reweight) -> show.Piece:
    slots, names = _slots(page, pair), names_of(page, pair)
    _, known = _asked(pair)
    keys = pd.Series(dtype=str) if isinstance(known, Refusal) else known.ends["source"]
    source = _source(page, pair, keys)
    figure = reweighted_lines(
        answer.scores,
        caption=Caption(page.text("why.weights_title", **slots), page.text("why.weights_how"), source),
        language=page.language,
        theme=page.theme,
    )
    table = answer.parts.assign(name=[names.get(part, part) for part in answer.parts["part"]])
    return show.Piece(figure, why.weights_alt(answer, page.called(pair[3]), page.language), table, source)


def _places(page: Page, heading: str, name: str) -> Column:
    """Places with their sign, halves as such."""

    def cell(row: Row) -> str:
        value = number(row[name])
        whole = value is None or value == round(value)
        return i18n.change(value, page.language, 0 if whole else 1)

    return Column(page.text(heading), cell, number=True)


def _step_columns(page: Page) -> list[Column]:
    return [
        columns.plain(page, "why.head_step", "name"),
        _places(page, "why.head_places", "places"),
        columns.whole_number(page, "why.head_n", "n_provinces"),
    ]


def _crossing_columns(page: Page, pair: Pair) -> list[Column]:
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


def _score_columns(page: Page, pair: Pair) -> list[Column]:
    digits = _digits(page, pair)
    return [
        columns.plain(page, "columns.component", "name"),
        _of(columns.points(page, None, "before"), page, "why.head_score_before", pair[2]),
        _of(columns.points(page, None, "after"), page, "why.head_score_before", pair[1]),
        columns.signed(page, "why.head_change", "change", 2),
        columns.signed(page, "why.head_points", "points", max(digits, 3)),
    ]


def _weight_columns(page: Page) -> list[Column]:
    return [
        columns.plain(page, "columns.component", "name"),
        columns.whole_number(page, "why.head_weight_old", "weight_old"),
        columns.whole_number(page, "why.head_weight_new", "weight_new"),
        columns.signed(page, "why.head_points_old", "points_old", 3),
        columns.signed(page, "why.head_points_new", "points_new", 3),
        columns.signed(page, "why.head_method", "method", 3),
    ]

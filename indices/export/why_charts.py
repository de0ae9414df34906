"""The charts about changes: what moved a place, who passed whom, what moved a score, what weights did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from indices import i18n, narrative
from indices.analysis.cells import number
from indices.analysis.rank_change import Moves, RankChange
from indices.analysis.reweight import NEW, Reweight
from indices.analysis.score_change import RESIDUAL, ScoreChange
from indices.charts.caption import Caption
from indices.charts.movers import crossing_lines
from indices.charts.reweighted import reweighted_lines
from indices.charts.score_waterfall import score_steps
from indices.charts.waterfall import place_steps
from indices.export.reader import Reader
from indices.narrative import why

Pair = tuple[str, str, str, str]
"""Index, edition, the edition compared with, and the province (the merged one in a merged frame)."""


def names_of(reader: Reader, pair: Pair) -> Mapping[str, str]:
    """Short names of the parts of either edition, without what stands in brackets."""
    names = {}
    for edition in (pair[2], pair[1]):
        year = int(edition[:4])
        for spec in reader.catalogue.components_of(pair[0], year):
            name = spec.name_vi if reader.language == "vi" else spec.name_en
            names[spec.component] = name.partition(" (")[0]
    return names


def digits_of(reader: Reader, pair: Pair) -> int:
    """Decimals worth showing of the index's scores."""
    return i18n.points(reader.catalogue.indices[pair[0]].scale_max)


def source_of(reader: Reader, pair: Pair, keys: pd.Series[Any]) -> str:
    """Where the figures of `keys` were read, in words."""
    return narrative.sources_sentence(reader.catalogue, pair[0], keys, reader.language)


def slots_of(reader: Reader, pair: Pair) -> dict[str, object]:
    """What titles name: index, both editions, province."""
    return {"index": pair[0], "edition": pair[1], "since": pair[2], "province": reader.called(pair[3])}


def step_rows(reader: Reader, change: RankChange) -> pd.DataFrame:
    """`RankChange.steps` with their `name`."""
    return change.steps.assign(name=[reader.text(f"why.step_{step}") for step in change.steps["step"]])


def steps_chart(reader: Reader, pair: Pair, change: RankChange) -> go.Figure:
    """The change of place step by step."""
    before, after = (int(place) for place in change.ends["place"])
    slots = {"since": pair[2], "edition": pair[1], "before": before, "after": after}
    return place_steps(
        step_rows(reader, change),
        change.ends,
        target_rank=reader.target_rank,
        caption=Caption(
            reader.text("why.steps_title", **slots),
            reader.text("why.steps_how" if change.comparable else "why.steps_how_break"),
            source_of(reader, pair, change.ends["source"]),
        ),
        language=reader.language,
        theme=reader.theme,
    )


def crossing_rows(reader: Reader, moves: Moves) -> pd.DataFrame:
    """`Moves.crossings` with the kind in words (`said`)."""
    crossings = reader.named(moves.crossings)
    return crossings.assign(said=[reader.text(f"why.kind_{kind}") for kind in crossings["kind"]])


def crossings_chart(reader: Reader, pair: Pair, moves: Moves) -> go.Figure:
    """Who passed whom."""
    called, slots = reader.called(pair[3]), slots_of(reader, pair)
    said = why.crossings_sentence(moves, called, reader.language)
    return crossing_lines(
        crossing_rows(reader, moves),
        moves.ends,
        focal=called,
        caption=Caption(
            reader.text("why.crossings_title", since=slots["since"], edition=slots["edition"]),
            said + " " + reader.text("why.crossings_how"),
            source_of(reader, pair, moves.ends["source"]),
        ),
        language=reader.language,
        theme=reader.theme,
    )


def score_rows(reader: Reader, pair: Pair, change: ScoreChange) -> pd.DataFrame:
    """`ScoreChange.parts` with their `name` and the `mark` of a part that changed its content."""
    names = names_of(reader, pair)
    parts = change.parts
    return parts.assign(
        name=[reader.text("why.residual") if p == RESIDUAL else names.get(p, p) for p in parts["component"]],
        mark=["" if alike else " *" for alike in parts["alike"]],
    )


def score_change_chart(reader: Reader, pair: Pair, change: ScoreChange) -> go.Figure:
    """The change of the score part by part."""
    digits, table = digits_of(reader, pair), score_rows(reader, pair, change)
    parts, rest = table[table["component"] != RESIDUAL], table[table["component"] == RESIDUAL]
    # What the formula leaves over is a row of the table; drawn only where it can be seen.
    rest = rest[rest["points"].abs() >= 0.5 * 10**-digits]
    drawn = pd.concat([parts.sort_values("points", ascending=False), rest])
    drawn = drawn.assign(hover=[_hover(reader, row) for row in drawn.to_dict("records")])
    ends = pd.DataFrame({"edition": [pair[2], pair[1]], "score": [change.before, change.after]})
    how = [reader.text("why.score_how")]
    how += [reader.text("why.score_break")] * (not change.comparable)
    how += [reader.text("why.score_marked")] * bool((table["mark"] != "").any())
    before, after = (i18n.score(value, reader.language, digits) for value in (change.before, change.after))
    slots = {"index": pair[0], "province": reader.called(pair[3]), "before": before, "after": after}
    source = source_of(reader, pair, change.parts["source"])
    return score_steps(
        drawn,
        ends,
        caption=Caption(reader.text("why.score_title", **slots), " ".join(how), source),
        language=reader.language,
        theme=reader.theme,
        digits=digits,
        end_digits=digits,
    )


def weights_chart(reader: Reader, pair: Pair, answer: Reweight) -> go.Figure:
    """Both editions under both sets of weights."""
    return reweighted_lines(
        answer.scores,
        caption=Caption(
            reader.text("why.weights_title", **slots_of(reader, pair)),
            reader.text("why.weights_how"),
            source_of(reader, pair, answer.sources),
        ),
        language=reader.language,
        theme=reader.theme,
    )


def reweighted_rows(reader: Reader, pair: Pair, answer: Reweight) -> pd.DataFrame:
    """`Reweight.parts` with their `name`."""
    names = names_of(reader, pair)
    return answer.parts.assign(name=[names.get(part, part) for part in answer.parts["component"]], mark="")


def reweighted_chart(reader: Reader, pair: Pair, answer: Reweight) -> go.Figure:
    """The change of the score part by part, both editions under the new weights."""
    table = reweighted_rows(reader, pair, answer)
    drawn = table[table["points_new"].notna()].sort_values("points_new", ascending=False)
    drawn = drawn.rename(columns={"points_new": "points"})
    drawn = drawn.assign(hover=[_hover(reader, row) for row in drawn.to_dict("records")])
    scores = [float(answer.row(edition, NEW)["from_parts"]) for edition in (pair[2], pair[1])]
    before, after = (i18n.score(value, reader.language, 3) for value in scores)
    return score_steps(
        drawn,
        pd.DataFrame({"edition": [pair[2], pair[1]], "score": scores}),
        caption=Caption(
            reader.text("why.parts_title", before=before, after=after),
            reader.text("why.parts_how"),
            source_of(reader, pair, answer.sources),
        ),
        language=reader.language,
        theme=reader.theme,
        end_digits=3,
    )


def _hover(reader: Reader, row: Mapping[Any, Any]) -> str:
    """A part's own points before and after."""
    before, after = (number(row[name]) for name in ("before", "after"))
    if before is None or after is None:
        return str(row["name"])
    written = (i18n.score(value, reader.language, 2 if value > 1 else 4) for value in (before, after))
    said = reader.text("why.score_hover", **dict(zip(("before", "after"), written, strict=True)))
    return f"<b>{row['name']}</b><br>{said}"

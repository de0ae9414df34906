"""The charts of strengths, certainty, outlook, order and merger, as pages and pictures show them."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from indices import i18n, narrative
from indices.analysis.bridge import Bridge
from indices.analysis.cells import records
from indices.analysis.certainty import Certainty, nearest_to_target
from indices.analysis.directive import BeforeAfter
from indices.analysis.outlook import GROUP, Outlook
from indices.analysis.strengths import Strengths
from indices.catalogue import MERGER_FRAME
from indices.charts import Caption, component_bars
from indices.charts.before_after import before_after
from indices.charts.bridge_lines import bridge_lines
from indices.charts.chance_lines import chance_lines
from indices.charts.rank_intervals import rank_intervals
from indices.charts.strengths import part_distances, part_places
from indices.export.index_charts import breaks_of
from indices.export.reader import Reader
from indices.narrative import certainty as certainty_words
from indices.narrative import strengths as strength_words
from indices.tidy import OVERALL


def strength_rows(reader: Reader, found: Strengths) -> pd.DataFrame:
    """`Strengths.parts` with the short `name` of each part."""
    pairs = zip(found.parts["name_vi"], found.parts["name_en"], strict=True)
    names = [strength_words.part_name({"name_vi": vi, "name_en": en}, reader.language) for vi, en in pairs]
    return reader.named(found.parts.assign(name=names))


def part_places_chart(reader: Reader, found: Strengths) -> go.Figure:
    """The place of the province in every part; where none can be ranked, its scores on their scales."""
    rows, called = strength_rows(reader, found), reader.called(reader.province)
    if not found.ranked:
        return component_bars(
            rows[["component", "name", "scale_max", "score", "place", "n_provinces"]],
            focal=called,
            caption=_strength_caption(reader, found, "scores"),
            language=reader.language,
            theme=reader.theme,
        )
    return part_places(
        rows,
        focal=called,
        target_rank=reader.target_rank,
        caption=_strength_caption(reader, found, "places"),
        language=reader.language,
        theme=reader.theme,
    )


def part_distances_chart(reader: Reader, found: Strengths) -> go.Figure:
    """What the distance of every part to the leading group, or to the end of its scale, is worth."""
    kind, column = ("top", "worth_top_mean") if found.ranked else ("scale", "worth_headroom")
    rows = strength_rows(reader, found)
    return part_distances(
        rows.assign(points=-rows[column])[["component", "name", "points"]],
        zero=reader.text(f"strengths.{kind}_zero", target=reader.target_rank),
        caption=_strength_caption(reader, found, kind),
        language=reader.language,
        theme=reader.theme,
        scale_max=reader.catalogue.scale_max(found.index, OVERALL, int(found.edition[:4])),
    )


def _strength_caption(reader: Reader, found: Strengths, kind: str) -> Caption:
    slots = {
        "index": found.index,
        "edition": found.edition,
        "province": reader.called(reader.province),
        "target": reader.target_rank,
        "parts": strength_words.noun(found, reader.language),
    }
    source = narrative.sources_sentence(reader.catalogue, found.index, found.parts["source"], reader.language)
    return Caption(
        reader.text(f"strengths.{kind}_title", **slots), reader.text(f"strengths.{kind}_how", **slots), source
    )


def has_certainty_chart(answer: Certainty) -> bool:
    """Whether there are ranges to draw: rounding moves a place only between provinces that tie."""
    return bool(answer.first["basis"] != "rounding")


def certainty_rows(reader: Reader, whole: pd.DataFrame) -> pd.DataFrame:
    """The provinces around the target and the one in focus (`whole`: `certainty_field`), chances in words."""
    table = nearest_to_target(whole, reader.province, reader.target_rank)
    said = [
        certainty_words.chance_text(row, reader.language, short=True)
        for row in records(table, ["chance", "draws"])
    ]
    return reader.named(table.assign(said=said, n_ranked=table["n_provinces"]))


def certainty_chart(
    reader: Reader, answer: Certainty, rows: pd.DataFrame, figures: pd.DataFrame
) -> go.Figure:
    """What may lie around the places (`rows`: `certainty_rows`; `figures`: those of the index)."""
    slots = {"index": answer.index, "edition": answer.edition, "target": reader.target_rank}
    return rank_intervals(
        rows,
        focal=reader.called(reader.province),
        target_rank=reader.target_rank,
        caption=Caption(
            reader.text("certainty.chart_title", **slots),
            certainty_words.chart_how(answer.first, reader.language),
            certainty_source(reader, answer, figures),
        ),
        language=reader.language,
        theme=reader.theme,
    )


def certainty_source(reader: Reader, answer: Certainty, figures: pd.DataFrame) -> str:
    """Where the scores and their standard errors were read, in words."""
    mine = (figures["edition"] == answer.edition) & (figures["component"] == OVERALL)
    scores = figures.loc[mine, "source"]
    errors = [
        spec.source
        for spec in reader.catalogue.errors
        if (spec.index, spec.edition) == (answer.index, answer.first["errors_edition"])
    ]
    keys = pd.concat([scores, pd.Series(errors, dtype=scores.dtype)], ignore_index=True)
    return narrative.sources_sentence(reader.catalogue, answer.index, keys, reader.language)


def chance_chart(reader: Reader, index: str, found: Outlook) -> go.Figure:
    """The chance of being within the target next year, by the place held now."""
    return chance_lines(
        found.curve,
        found.observed,
        place=found.row["place"],
        target_rank=reader.target_rank,
        focal=reader.called(reader.province),
        caption=Caption(
            reader.text("outlook.curve_title", index=index, target=reader.target_rank),
            reader.text("outlook.curve_how", group=GROUP),
            chance_source(reader, index, found),
        ),
        language=reader.language,
        theme=reader.theme,
    )


def chance_source(reader: Reader, index: str, found: Outlook) -> str:
    """On whose figures the chance rests, in words."""
    spec = reader.catalogue.indices[index]
    if found.row["borrowed"]:
        return reader.text("outlook.source_all", of=f"{index}, {found.row['learnt_from']}")
    publisher = spec.publisher_vi if reader.language == "vi" else spec.publisher_en
    return reader.text("outlook.source", publisher=publisher)


def before_after_chart(reader: Reader, answer: BeforeAfter) -> go.Figure:
    """Every index before and since the order of July 2020."""
    called, since = reader.called(reader.province), answer.since
    return before_after(
        answer.editions,
        answer.indices,
        since=since.year,
        target_rank=reader.target_rank,
        caption=Caption(
            reader.text("directive.chart_title", province=called, day=i18n.day(since, reader.language)),
            reader.text("directive.chart_how", target=reader.target_rank, year=since.year),
            reader.text("directive.chart_source"),
        ),
        language=reader.language,
        theme=reader.theme,
    )


def bridge_chart(reader: Reader, answer: Bridge) -> go.Figure:
    """An index on both sides of the merger of 2025."""
    share = records(answer.targets, ["proportional", "value", "n_reference"])
    stated = [row["value"] for row in share if row["n_reference"] == MERGER_FRAME]
    proposed = stated[-1] if stated else share[0]["proportional"]
    successor = reader.called(answer.successor, MERGER_FRAME)
    return bridge_lines(
        reader.named(answer.before),
        reader.named(answer.after, MERGER_FRAME),
        merged_on=answer.merged_on,
        target_rank=reader.target_rank,
        proposed_rank=proposed,
        breaks=breaks_of(reader, answer.index),
        caption=Caption(
            reader.text("directive.bridge_title", index=answer.index, successor=successor),
            reader.text("directive.bridge_chart_how", target=reader.target_rank, proposed=proposed),
            bridge_source(reader, answer),
        ),
        language=reader.language,
        theme=reader.theme,
    )


def bridge_source(reader: Reader, answer: Bridge) -> str:
    """Where the places of either side were read, in words."""
    rows = pd.concat([answer.before, answer.after], ignore_index=True)
    return narrative.sources_sentence(reader.catalogue, answer.index, rows["source"], reader.language)

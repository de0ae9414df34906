"""Sentences from answer tables, by rule: every number in them stands in the table they come from."""

from indices.narrative.standing import (
    break_sentence,
    change_sentence,
    headline,
    history_alt,
    limits_sentence,
    places_sentence,
    points_sentence,
    score_alt,
    source_name,
    sources_sentence,
    status_sentence,
)

__all__ = [
    "break_sentence",
    "change_sentence",
    "headline",
    "history_alt",
    "limits_sentence",
    "places_sentence",
    "points_sentence",
    "score_alt",
    "source_name",
    "sources_sentence",
    "status_sentence",
]

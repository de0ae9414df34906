"""Where a province stands, in sentences: headline, cards, alternative texts, sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from indices.analysis.cells import number, whole
from indices.catalogue import Catalogue
from indices.i18n import Language, change, place, points, score, text, word

Row = Mapping[str, Any]


def headline(statuses: pd.DataFrame, n_indices: int, target_rank: int, language: Language) -> str:
    """How many indices are within the target, and which need attention ("4/6 chỉ số trong nhóm 15; …")."""
    if statuses.empty:
        return text("narrative.headline_nothing", language)
    met = int((statuses["status"] == "met").sum())
    known = text("narrative.headline_met", language, met=met, n=n_indices, target=target_rank)
    behind = statuses[statuses["status"].isin(["near", "missed"])]
    if behind.empty:
        return known + "."
    listed = ", ".join(
        text("narrative.index_at", language, index=row["index"], place=whole(row["place"]))
        for row in behind.to_dict("records")
        if whole(row["place"]) is not None
    )
    return text("narrative.headline_attention", language, known=known, listed=listed)


def change_sentence(row: Row, language: Language) -> str:
    """What became of the place since the edition before ("tăng 3 bậc so với năm 2022")."""
    gained, since = whole(row["change"]), row["change_since"]
    if gained is None:
        return text("narrative.change_unknown", language)
    if gained == 0:
        return text("narrative.change_none", language, since=since)
    key = "narrative.change_up" if gained > 0 else "narrative.change_down"
    return text(key, language, n=abs(gained), since=since)


def break_sentence(row: Row, language: Language) -> str:
    """Why a change must not be read as one, or "" where it may."""
    if whole(row["change"]) is None or row["comparable"]:
        return ""
    return text("narrative.change_break", language, since=row["change_since"])


def status_sentence(row: Row, language: Language) -> str:
    """Met, near, missed or unknown, in words."""
    return text(f"status.{row['status']}", language, target=whole(row["target_rank"]))


def places_sentence(row: Row, language: Language) -> str:
    """Distance in places: to go down to the target, or how far within it."""
    to_go, here, target = whole(row["places_to_go"]), whole(row["place"]), whole(row["target_rank"])
    if to_go is None or here is None or target is None:
        return text("narrative.places_unknown", language)
    if to_go:
        return text("narrative.places_to_go", language, n=to_go)
    if here == target:
        return text("narrative.places_at_line", language)
    return text("narrative.places_within", language, n=target - here)


def points_sentence(row: Row, scale_max: float | None, language: Language) -> str:
    """Distance in points to the province at the target's rank, with its name, or why there is none."""
    to_go, target = number(row["points_to_go"]), whole(row["target_rank"])
    if to_go is None:
        return text("narrative.points_unknown", language, target=target)
    if to_go == 0:
        return text("narrative.points_same", language, target=target)
    key = "narrative.points_to_go" if to_go > 0 else "narrative.points_ahead"
    return text(key, language, points=_points(abs(to_go), scale_max, language), target=target)


def limits_sentence(row: Row, language: Language) -> str:
    """What must be known about a card's figure: computed rank, basis, how many provinces it rests on."""
    parts = []
    if row["computed"]:
        parts.append(text("narrative.computed", language))
    if row["basis"] != "published" and row["basis"] != "sum":
        parts.append(word("charts.basis", str(row["basis"]), language))
    held = max(whole(row["n_scores"]) or 0, whole(row["n_ranks"]) or 0)
    parts.append(text("narrative.rests_on", language, held=held, n=whole(row["n_ranked"])))
    return _capital(" · ".join(parts))


def history_alt(history: pd.DataFrame, index: str, province: str, language: Language) -> str:
    """A rank line for those who cannot see it: first, last, best and worst place, and the direction.

    Told of the newest method alone: places before a break are not compared with it.
    """
    known = history[history["place"].notna()]
    if known.empty:
        return text("narrative.alt_nothing", language, index=index, province=province)
    rows, earlier = _newest_method(known, language)
    first, last = rows[0], rows[-1]
    best, worst = min(rows, key=lambda r: r["place"]), max(rows, key=lambda r: r["place"])
    gained = int(first["place"]) - int(last["place"])
    direction = "up" if gained > 0 else "down" if gained < 0 else "same"
    said = text(
        f"narrative.alt_{direction}",
        language,
        index=index,
        province=province,
        first=first["year"],
        start=place(first["place"], first["n_ranked"]),
        last=last["year"],
        end=place(last["place"], last["n_ranked"]),
        n=abs(gained),
        best=best["place"],
        best_year=best["year"],
        worst=worst["place"],
        worst_year=worst["year"],
    )
    return said + earlier


def score_alt(history: pd.DataFrame, index: str, province: str, language: Language) -> str:
    """A score line for those who cannot see it: first and last score of the newest method, the difference."""
    known = history[history["score"].notna()]
    if known.empty:
        return text("narrative.alt_no_score", language, index=index, province=province)
    rows, earlier = _newest_method(known, language)
    first, last = rows[0], rows[-1]
    digits = points(1.0 if known["score"].max() <= 1 else None)
    said = text(
        "narrative.alt_score",
        language,
        index=index,
        province=province,
        first=first["year"],
        start=score(first["score"], language, digits),
        last=last["year"],
        end=score(last["score"], language, digits),
        change=change(float(last["score"] - first["score"]), language, digits),
    )
    return said + earlier


def _newest_method(known: pd.DataFrame, language: Language) -> tuple[list[dict[str, Any]], str]:
    """The rows of the newest row's method, and a sentence about earlier ones where there are any."""
    rows = known[known["segment"] == known["segment"].iloc[-1]].to_dict("records")
    if len(rows) == len(known):
        return rows, ""
    return rows, " " + text("narrative.alt_earlier", language, year=rows[0]["year"])


def _points(value: float, scale_max: float | None, language: Language) -> str:
    """Points with enough decimals that a small distance does not read as none."""
    digits = points(scale_max)
    return score(value, language, 4 if value < 0.1 else digits)


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def source_name(catalogue: Catalogue, key: str) -> str:
    """A source as a reader knows it: the site it was read on, else its title, else its key."""
    spec = catalogue.sources.get(key)
    if spec is None:
        return key
    first = spec.address.split(" ")[0]
    if first.startswith("github:"):
        return "github.com/" + first.removeprefix("github:").split("/")[0]
    site = urlsplit(first).hostname or ""
    return site.removeprefix("www.") or spec.title or key


def sources_sentence(catalogue: Catalogue, index: str, keys: pd.Series, language: Language) -> str:
    """Who published the figures, and on which sites these were read (the three most used by name)."""
    spec = catalogue.indices[index]
    publisher = spec.publisher_vi if language == "vi" else spec.publisher_en
    sites = keys.dropna().map(lambda key: source_name(catalogue, str(key))).value_counts(sort=True)
    named = ", ".join(str(site) for site in sites.index[:3])
    if not named:
        return text("narrative.source", language, publisher=publisher)
    more = len(sites) - 3
    if more > 0:
        return text("narrative.source_sites_more", language, publisher=publisher, sites=named, n=more)
    return text("narrative.source_sites", language, publisher=publisher, sites=named)

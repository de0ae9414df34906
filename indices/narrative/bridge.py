"""The merger of 2025 in sentences: who merged, where each stood last, where the target would lie."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from indices.analysis.bridge import Bridge
from indices.analysis.cells import records
from indices.i18n import Language, day, place, text


def bridge_sentences(
    answer: Bridge, names: Mapping[str, str], successor: str, language: Language
) -> list[str]:
    """The merger, where each province stood last, where the merged one stands, and the target's share.

    `names` calls the predecessors, `successor` the merged province, in the reader's language.
    """
    *others, end = (names[name] for name in answer.predecessors)
    members = text("directive.and", language, listed=", ".join(others), last=end)
    words = {"day": day(answer.merged_on, language), "members": members, "successor": successor}
    last = [
        _last(answer.before[answer.before["province"] == name], names[name], language)
        for name in answer.predecessors
    ]
    said = [
        text("directive.merger", language, **words),
        text("directive.stood", language, index=answer.index, listed="; ".join(last)),
        _after(answer, successor, language),
    ]
    twice = sorted(set(answer.before["year"]) & set(answer.after["year"]))
    if twice:
        years = ", ".join(str(year) for year in twice)
        said.append(text("directive.twice", language, index=answer.index, years=years))
    return said + _target_sentences(answer.targets, language)


def _target_sentences(targets: pd.DataFrame, language: Language) -> list[str]:
    """What documents ask in either field; without one for the new field, what is in proportion."""
    rows = records(targets, ["value", "n_reference", "first_edition", "proportional", "n_proportional"])
    said = []
    for n in dict.fromkeys(row["n_reference"] for row in rows if row["first_edition"] is not None):
        listed = "; ".join(
            text("directive.asked_from", language, rank=row["value"], year=row["first_edition"])
            for row in rows
            if row["n_reference"] == n and row["first_edition"] is not None
        )
        said.append(text("directive.asked", language, n=n, listed=listed))
    if any(row["n_reference"] == row["n_proportional"] for row in rows):
        return said
    shares = {
        (row["value"], row["n_reference"]): text(
            "directive.proportion",
            language,
            rank=row["value"],
            n=row["n_reference"],
            proposed=row["proportional"],
            n_new=row["n_proportional"],
        )
        for row in rows
    }
    new = rows[0]["n_proportional"]
    return [*said, text("directive.proposed", language, n=new, listed="; ".join(shares.values()))]


def _after(answer: Bridge, successor: str, language: Language) -> str:
    words = {"index": answer.index, "successor": successor}
    rows = records(answer.after, ["place", "computed", "n_ranked", "year", "n_places"])
    known = [row for row in rows if row["place"] is not None]
    if known:
        newest = known[-1]
        where = {"place": place(newest["place"], newest["n_ranked"]), "year": newest["year"]}
        key = "directive.after_computed" if newest["computed"] else "directive.after"
        return text(key, language, successor=successor, **where)
    if not rows:
        return text("directive.after_no_edition", language, **words)
    held = {"year": rows[-1]["year"], "n": rows[-1]["n_ranked"]}
    if not rows[-1]["n_places"]:
        return text("directive.after_empty", language, **words, **held)
    held["held"] = rows[-1]["n_places"]
    return text("directive.after_no_place", language, **words, **held)


def _last(history: pd.DataFrame, name: str, language: Language) -> str:
    columns = ["place", "computed", "edition", "n_ranked"]
    rows = [row for row in records(history, columns) if row["place"] is not None]
    if not rows:
        return text("directive.stood_none", language, province=name)
    where = {"place": place(rows[-1]["place"], rows[-1]["n_ranked"]), "edition": rows[-1]["edition"]}
    key = "directive.stood_at_computed" if rows[-1]["computed"] else "directive.stood_at"
    return text(key, language, province=name, **where)

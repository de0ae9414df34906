"""The slide of the outlook: the chance of each index in the next edition, and how far to trust it."""

from __future__ import annotations

from collections.abc import Mapping

from indices.analysis.backtest import POOLED
from indices.analysis.certainty import Certainty
from indices.analysis.outlook import Outlook
from indices.analysis.refusal import Refusal
from indices.export.content import ChartData, SeriesData, Slide
from indices.export.telling import Telling, sentence, title_of
from indices.i18n import count, percent
from indices.narrative import certainty as certainty_words
from indices.narrative import deck
from indices.narrative import outlook as words
from indices.narrative.refusal import refusal_sentence


def outlook_slide(telling: Telling) -> Slide:
    """The chances as bars named by their words; an index without one stands there with the reason."""
    found = {index: telling.of(index).outlook for index in telling.own}
    chances = {index: one if isinstance(one, Outlook) else None for index, one in found.items()}
    titles = deck.outlook_titles(chances, telling.target_rank, telling.called, telling.language)
    known = {index: one for index, one in chances.items() if one is not None}
    told = _bullets(telling, known) if known else _reasons(telling, found)
    told = told or [("", telling.text("deck.nothing_way"))]
    listed = ", ".join(
        telling.text("deck.outlook_item", index=index, chance=percent(one.row["chance"], telling.language))
        for index, one in known.items()
    )
    alt = telling.text("deck.outlook_alt", province=telling.called, target=telling.target_rank, listed=listed)
    return Slide(
        "outlook",
        None,
        title_of(titles),
        tuple(words for _, words in told),
        chart=_chart(telling, found) if known else None,
        source=telling.text("deck.outlook_source"),
        footnotes=tuple(_footnotes(telling, known)) if known else (),
        alt=alt if known else "",
        notes=tuple(_notes(telling, found)) or titles[:1],
        leads=tuple(lead for lead, _ in told),
    )


def _chart(telling: Telling, found: Mapping[str, Outlook | Refusal]) -> ChartData:
    values = [one.row["chance"] * 100 if isinstance(one, Outlook) else None for one in found.values()]
    return ChartData(
        "bar",
        telling.text("deck.outlook_chart", target=telling.target_rank),
        tuple(_category(telling, index, one) for index, one in found.items()),
        (SeriesData(telling.text("deck.outlook_series"), "focal", tuple(values), (True,) * len(values)),),
        axis_max=100,
        axis_unit=25,
        suffix="%",
    )


def _category(telling: Telling, index: str, one: Outlook | Refusal) -> str:
    if isinstance(one, Refusal):
        return telling.text("deck.outlook_category_none", index=index)
    row = one.row
    said = telling.text(f"chance.{row['word']}")
    slots = {"index": index, "edition": row["edition"], "place": row["place"], "word": said}
    return telling.text("deck.outlook_category", **slots)


def _bullets(telling: Telling, known: Mapping[str, Outlook]) -> list[tuple[str, str]]:
    """Under which conditions, how far to trust the model, and how sure the places held now are."""
    merged = any(one.row["next_merged"] for one in known.values())
    condition = telling.text("deck.condition_merged" if merged else "deck.condition")
    told = [(telling.text("deck.lead_condition"), condition)]
    tested = telling.answers.tested.score_of(POOLED)
    if tested is not None:
        verdict = "not" if not tested["beats"] else "clearly" if tested["clearly"] else "maybe"
        trust = telling.text(
            f"deck.trust_{verdict}",
            n=count(tested["n"], telling.language),
            first=tested["first_year"] + 1,
            last=tested["last_year"] + 1,
        )
        told.append((telling.text("deck.lead_trust"), trust))
    sure = _surest(telling)
    return [*told, (telling.text("deck.lead_now"), sure)] if sure else told


def _surest(telling: Telling) -> str:
    """How sure the present places are that have more to rest on than rounding."""
    found = [
        certainty_words.briefing(one.certainty, one.index, telling.language)
        for one in telling.known(telling.own)
        if isinstance(one.certainty, Certainty) and one.certainty.first["basis"] != "rounding"
    ]
    return " ".join(sentence(words) for words in found)


def _reasons(telling: Telling, found: Mapping[str, Outlook | Refusal]) -> list[tuple[str, str]]:
    return [
        (index, refusal_sentence(one, telling.language, words.BRIER_DIGITS))
        for index, one in found.items()
        if isinstance(one, Refusal)
    ]


def _footnotes(telling: Telling, known: Mapping[str, Outlook]) -> list[str]:
    told = [telling.text("deck.foot_model")]
    borrowed = ", ".join(index for index, one in known.items() if one.row["borrowed"])
    return [*told, telling.text("deck.foot_borrowed", indices=borrowed)] if borrowed else told


def _notes(telling: Telling, found: Mapping[str, Outlook | Refusal]) -> list[str]:
    told = [certainty_words.thresholds_sentence(telling.language)]
    for index, one in found.items():
        if isinstance(one, Refusal):
            told.append(refusal_sentence(one, telling.language, words.BRIER_DIGITS))
            continue
        told.append(sentence(words.outlook_headline(one, index, telling.called, telling.language)))
        told.append(words.standing_sentence(one.row, telling.language))
        told.append(words.similar_sentence(one.row, telling.language))
        tested = telling.answers.tested.score_of(index)
        if tested is not None:
            borrowed = words.borrowed_sentence(one.row, tested, telling.language)
            told += [borrowed] if borrowed else []
    return told

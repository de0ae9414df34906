"""Three sentences for each index, as one would say them at a meeting: why, what it takes, how sure."""

from __future__ import annotations

from indices.analysis.certainty import Certainty
from indices.analysis.gap import Gap
from indices.analysis.outlook import Outlook
from indices.analysis.rank_change import RankChange
from indices.analysis.refusal import Refusal
from indices.i18n import Language
from indices.narrative import certainty as certainty_words
from indices.narrative import gap as gap_words
from indices.narrative import outlook as outlook_words
from indices.narrative import why as why_words
from indices.narrative.refusal import refusal_sentence


def briefing_sentences(
    index: str,
    change: RankChange | Refusal,
    gap: Gap | Refusal,
    certainty: Certainty | Refusal,
    outlook: Outlook | Refusal,
    language: Language,
) -> tuple[str, str, str]:
    """Why the place moved, what the target takes, how sure that is; every number is of an answer table.

    The answers are those of the province's newest edition. How sure: the certainty of the newest place,
    else the outlook where there is one, else why neither is known.
    """
    why = why_words.briefing(change, index, language)
    takes = (
        refusal_sentence(gap, language)
        if isinstance(gap, Refusal)
        else gap_words.briefing(gap, index, language)
    )
    if isinstance(certainty, Refusal) and not isinstance(outlook, Refusal):
        sure = outlook_words.briefing(outlook, index, language)
    else:
        sure = certainty_words.briefing(certainty, index, language)
    return why, takes, sure

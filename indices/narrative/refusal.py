"""Why there is no answer, in words."""

from __future__ import annotations

from indices.analysis.refusal import Refusal
from indices.i18n import Language, score, text


def refusal_sentence(refusal: Refusal, language: Language, digits: int = 2) -> str:
    """What the figures lack for the answer; numbers in it with `digits` decimals."""
    written = {
        name: score(value, language, digits) if isinstance(value, float) else value
        for name, value in refusal.slots.items()
    }
    return text(f"refusal.{refusal.code}", language, **written)

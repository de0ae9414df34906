"""A chance as one of five words, the same wherever a chance is told."""

from __future__ import annotations

CHANCE_WORDS = (
    ("certain", 0.95),
    ("likely", 0.70),
    ("on_the_line", 0.30),
    ("hard", 0.05),
    ("very_hard", 0.0),
)
"""Each word's code and the smallest chance it stands for, best first."""


def chance_word(chance: float) -> str:
    """The code of the word for a chance between 0 and 1 ("on_the_line" for 0.42)."""
    return next((code for code, least in CHANCE_WORDS if chance >= least), CHANCE_WORDS[-1][0])

"""Whether the secret that signs sign-ins is one: who can guess it can be anybody."""

from __future__ import annotations

SHORTEST = 32
FEWEST_LETTERS = 8
"""Different ones: a row of zeros is long and no secret."""


def guessable(secret: str) -> bool:
    """Whether a `cookie_secret` is too short or too plain, as one left from an example is."""
    return len(secret) < SHORTEST or len(set(secret)) < FEWEST_LETTERS

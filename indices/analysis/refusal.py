"""Answers that the figures do not allow: why, and what is missing, as a code with its words elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer.

    `code` has a sentence in every language ("refusal.<code>"), which names the values of `slots`.
    """

    code: str
    slots: Mapping[str, object] = field(default_factory=dict)

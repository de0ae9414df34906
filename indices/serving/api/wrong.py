"""What is wrong with a request, as a status, a code and a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indices.i18n import Language, text

SHOWN = 60
"""Letters of a given value that an answer repeats."""


class WrongRequestError(Exception):
    """A request that cannot be answered as it stands.

    `status` is 400 (malformed), 401 (who asks?), 403 (not for them), 404 (no such thing) or 405; `code`
    has a sentence "api.<code>", which may name the values of `slots`; `parameter` names what is wrong,
    `allowed` what may stand there, `suggestions` what was perhaps meant, `headers` go with the answer.
    """

    def __init__(
        self,
        status: int,
        code: str,
        language: Language,
        slots: Mapping[str, object] | None = None,
        *,
        parameter: str | None = None,
        allowed: Sequence[str] | None = None,
        suggestions: Sequence[str] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        shown = {name: str(value)[:SHOWN] for name, value in (slots or {}).items()}
        if allowed is not None:
            shown["allowed"] = ", ".join(allowed) or "–"
        if parameter is not None:
            shown["parameter"] = parameter[:SHOWN]
        self.sentence = text(f"api.{code}", language, **shown) if shown else text(f"api.{code}", language)
        super().__init__(self.sentence)
        self.status, self.code, self.parameter = status, code, parameter
        self.allowed, self.suggestions = allowed, suggestions
        self.headers = dict(headers or {})

    @property
    def told(self) -> dict[str, Any]:
        """The body of the answer."""
        return {
            "error": self.code,
            "message": self.sentence,
            "parameter": None if self.parameter is None else self.parameter[:SHOWN],
            "allowed": None if self.allowed is None else list(self.allowed),
            "suggestions": list(self.suggestions),
        }

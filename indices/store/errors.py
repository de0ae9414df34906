"""What the store says when it cannot or must not do what it was asked."""

from __future__ import annotations

from typing import Literal

Fault = Literal["unwritable", "away", "full", "read_only", "newer", "unclear", "refused"]


class StoreUnavailableError(Exception):
    """The store could not be opened, read or written; `reason` is the system's own word.

    `kind` says in what way: "unwritable" (its folder or file cannot be made or written), "away" (the
    database does not answer; it may come back), "full" (no room on its disk), "read_only" (the
    database takes no changes now), "newer" (a newer program made it), "unclear" (the connection went
    away at the very end of a change: it may be kept or not), "refused" (anything else).
    """

    def __init__(self, place: str, reason: str, kind: Fault = "unwritable") -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason
        self.kind: Fault = kind


BackupFault = Literal["not_a_backup", "newer", "damaged", "not_empty", "different"]


class BackupError(Exception):
    """A backup that cannot be used, or not here.

    `code` says why: "not_a_backup", "newer" (a newer program made it), "damaged" (its content is not
    what it says), "not_empty" (the store holds something), "different" (what the store held
    afterwards was not the same; nothing was kept). `where` is the part of it, or the table.
    """

    def __init__(self, code: BackupFault, where: str = "") -> None:
        super().__init__(f"{code}: {where}")
        self.code: BackupFault = code
        self.where = where


class UnknownVersionError(KeyError):
    """There is no version of this number."""


class AlreadyHeldError(Exception):
    """Nothing would change: what was to be added is held already, as `version` of the edition."""

    def __init__(self, index: str, edition: str, version: int | None = None) -> None:
        super().__init__(f"{index} {edition}")
        self.index = index
        self.edition = edition
        self.version = version


class CorrectionError(ValueError):
    """A declared correction that does not fit what is held.

    `code` says why: "nothing_held" (no figure of the edition), "no_figure" (no row of this province
    and component), "other_value" (the figure is another one than the correction starts from, also
    where somebody else was faster), "no_change" (the correction ends where it starts), "wrong_field"
    (no figure of that name), "wrong_figure" (a place that is not whole or below 1, a score that is
    no number). `held` is the figure held, None where there is none.
    """

    def __init__(self, code: CorrectionCode, held: float | None = None) -> None:
        super().__init__(f"{code}: {held}")
        self.code = code
        self.held = held


CorrectionCode = Literal[
    "nothing_held", "no_figure", "other_value", "no_change", "wrong_field", "wrong_figure"
]

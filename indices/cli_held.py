"""What commands ask of the catalogue and the store: both opened, and a sentence where a name is unknown."""

from __future__ import annotations

from typing import Any

from indices.access.actor import commanding
from indices.access.audit import AuditLog
from indices.access.roles import Action
from indices.catalogue import EditionSpec, edition_spec
from indices.cli_terminal import NOTHING, WRONG, StopError, tell
from indices.i18n import Language, problem_text, text
from indices.narrative.store import unwritable_sentence
from indices.settings import from_environment
from indices.store import Held, open_held


def opened(language: Language, *, to_write: bool = False) -> Held:
    """Catalogue and store; `to_write` stops where the store could not be kept."""
    held = open_held(from_environment())
    if not held.catalogue.indices or not held.catalogue.provinces.frame(63):
        told = [problem_text(problem, language) for problem in held.problems[:5]]
        raise StopError(WRONG, "\n".join([*told, text("frame.no_catalogue", language)]))
    if sentence := unwritable_sentence(held, language):
        if to_write:
            raise StopError(WRONG, sentence)
        tell(sentence)
    if held.problems:
        tell(text("cli.data_problems", language, n=len(held.problems)))
    return held


def known_index(held: Held, given: str, language: Language, code: int = NOTHING) -> str:
    """The code of an index in any case; stops with `code` where there is none."""
    if given.upper() not in held.catalogue.indices:
        slots = {"value": given, "allowed": ", ".join(held.catalogue.indices)}
        raise StopError(code, text("cli.no_index", language, **slots))
    return given.upper()


def known_edition(held: Held, index: str, given: str, language: Language, code: int = NOTHING) -> EditionSpec:
    """An edition of the catalogue, or one that could be; stops with `code` where it cannot be."""
    spec = edition_spec(held.catalogue, index, given)
    if spec is None:
        life = held.catalogue.indices[index]
        slots = {"index": index, "value": given, "first": life.first_edition}
        raise StopError(code, text("cli.edition_cannot_be", language, **slots))
    return spec


def known_province(held: Held, given: str, language: Language, frame: int = 63) -> str:
    """The canonical name of any spelling or address part; stops with suggestions where there is none."""
    provinces = held.catalogue.provinces
    found = provinces.resolve(given, frame)
    if found is None and (by_slug := provinces.by_slug(given, frame)) is not None:
        found = by_slug.name_vi
    if found is None:
        near = ", ".join(provinces.name(name, language, frame) for name, _ in provinces.suggest(given, frame))
        key = "cli.no_province_suggest" if near else "cli.no_province"
        slots = {"value": given, **({"near": near} if near else {})}
        raise StopError(NOTHING, text(key, language, **slots))
    return found


def record(held: Held, by: str, action: Action, what: str, **facts: Any) -> None:
    """Write into the audit log what a command did, in the words of the pages ("restore")."""
    AuditLog(held.store).record(commanding(by), action, "done", {"what": what, **facts})

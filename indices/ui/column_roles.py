"""What a column of a file may hold, in words: as understood, and as an answer to a question."""

from __future__ import annotations

from indices.catalogue import Catalogue, ComponentSpec
from indices.intake import Intake
from indices.tidy import OVERALL
from indices.ui.frame import Page

PLAIN_ROLES = ("skip", "score", "rank", "province", "edition", "index", "n_ranked", "source", "note")
"""Roles an analyst may give a column, beside those of an index's components."""


def role_options(page: Page, intake: Intake) -> dict[str, str]:
    """Role → its words, for a column nobody knows."""
    options = {role: page.word("upload.role", role) for role in PLAIN_ROLES}
    for kind in ("score", "rank"):
        for spec in _components(page.catalogue, *_edition(intake)):
            role = f"{kind}:{spec.component}"
            options[role] = role_word(page, intake, role)
    return options


def role_word(page: Page, intake: Intake, role: str) -> str:
    """The words for a role such as "rank" or "score:entry_costs"; "" is a question."""
    kind, _, component = role.partition(":")
    if not kind:
        return page.text("upload.role_unknown")
    if not component or component == OVERALL:
        return page.word("upload.role", kind)
    index, year = _edition(intake)
    specs = [spec for spec in page.catalogue.components if spec.component == component]
    spec = page.catalogue.component(index, component, year) if index else None
    spec = spec or next((one for one in specs if one.index == index), specs[0] if specs else None)
    name = component if spec is None else spec.name_vi if page.language == "vi" else spec.name_en
    return page.text("upload.figure", field=page.word("upload.role", kind), component=name)


def _edition(intake: Intake) -> tuple[str, int]:
    """Index and year the file is taken for; "" and 0 where it is not known."""
    index, edition = intake.proposed
    index, edition = intake.answers.index or index, intake.answers.edition or edition
    if intake.tables:
        first = min(intake.tables)
        index, edition = index or first[0], edition or first[1]
    year = edition[:4] if edition and edition[:4].isdigit() else "0"
    return index or "", int(year)


def _components(catalogue: Catalogue, index: str, year: int) -> tuple[ComponentSpec, ...]:
    """Every part of an index in a year, those of parts after them."""
    found: list[ComponentSpec] = []
    waiting = [OVERALL]
    while index and waiting:
        parts = catalogue.components_of(index, year, waiting.pop(0))
        known = {spec.component for spec in found}
        found += [spec for spec in parts if spec.component not in known]
        waiting += [spec.component for spec in parts if spec.component not in known]
    return tuple(found)

"""How every province's total moved since the edition of the year before."""

from __future__ import annotations

import pandas as pd

from indices.analysis.edition_field import EditionField
from indices.analysis.edition_fields import edition_fields
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue


def field_and_before(
    figures: pd.DataFrame, catalogue: Catalogue, index: str, edition: str
) -> tuple[EditionField | None, EditionField | None]:
    """The field of an edition with the parts of the whole index, and that of the year before."""
    spec = catalogue.edition(index, edition)
    if spec is None:
        return None, None
    editions = catalogue.comparable_editions(index, spec.frame)
    named = [edition, *(one.edition for one in editions if one.year == spec.year - 1)]
    parts = [part.component for part in catalogue.components_of(index, spec.year)]
    found = edition_fields(figures, catalogue, index, named, parts)
    return found.get(edition), next((found[name] for name in named[1:] if name in found), None)


def last_movement(
    catalogue: Catalogue, field: EditionField, before: EditionField | None
) -> tuple[str, dict[str, float]] | Refusal:
    """The edition of the year before, and by how many points each total changed since then.

    Refused where that edition is not held (`moving_no_edition`), a new method lies between
    (`moving_break`), or one of both is not complete (`moving_partial`).
    """
    spec = field.spec
    slots: dict[str, object] = {"index": spec.index, "edition": spec.edition, "since": spec.year - 1}
    if before is None:
        return Refusal("moving_no_edition", slots)
    if any(one.edition == spec.year for one in catalogue.breaks_of(spec.index)):
        return Refusal("moving_break", slots)
    if not (before.complete and field.complete):
        return Refusal("moving_partial", slots)
    gained = {
        name: score - before.totals[name] for name, score in field.totals.items() if name in before.totals
    }
    return before.spec.edition, gained

"""The columns of a template: what the catalogue describes for an edition, under headings an upload knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from indices.catalogue import Catalogue, ComponentSpec, EditionSpec, IndexSpec
from indices.i18n import Language, text, word
from indices.loaders.headings import YEAR, Vocabulary
from indices.tidy import OVERALL

PERCENT = 100
_REMARK = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Field:
    """One column to fill in: what it holds (`kind` "score" or "rank" of a component) under which heading."""

    component: str
    kind: str
    heading: str
    belongs_to: str
    scale_max: float | None


def template_fields(
    catalogue: Catalogue, spec: EditionSpec, held: pd.DataFrame, language: Language
) -> tuple[Field, ...]:
    """The columns of a template: score and rank of the whole, then of each part, its own parts after it."""
    ranked = set(held.loc[held["rank"].notna(), "component"])
    parts = [*_parts(catalogue, spec, OVERALL), *_beside(catalogue, spec)]
    headings = _headings(catalogue, spec, parts, language)
    whole = catalogue.scale_max(spec.index, OVERALL, spec.year)
    fields = [
        Field(OVERALL, "score", text("export.template_score", language), "", whole),
        Field(OVERALL, "rank", text("export.template_rank", language), "", None),
    ]
    for part in parts:
        heading, scale = headings[part.component], catalogue.scale_max(spec.index, part.component, spec.year)
        above = headings.get(part.parent or "") or word("split", part.split or "", language)
        fields.append(Field(part.component, "score", heading, above, scale))
        if part.component in ranked:
            of_part = text("export.template_rank_of", language, name=heading)
            fields.append(Field(part.component, "rank", of_part, above, None))
    return tuple(fields)


def _headings(
    catalogue: Catalogue, spec: EditionSpec, parts: list[ComponentSpec], language: Language
) -> dict[str, str]:
    """The heading of each part: its name as an upload will know it again, else its code."""
    known = Vocabulary(catalogue)
    names = Counter(name_of(part, language) for part in parts)
    headings = {}
    for part in parts:
        name = name_of(part, language)
        if names[name] > 1:
            percent = catalogue.scale_max(spec.index, part.component, spec.year) == PERCENT
            key = "export.template_percent" if percent else "export.template_points"
            offered = [text(key, language, name=form) for form in (name, _without_remark(name))]
        else:
            offered = [name, _without_remark(name)]
        fitting = (form for form in offered if _means(known, form, spec, part))
        headings[part.component] = next(fitting, part.component)
    return headings


def _means(known: Vocabulary, heading: str, spec: EditionSpec, part: ComponentSpec) -> bool:
    """Whether an upload of this edition is sure to take a heading for this part; a year would mislead."""
    read = known.read(heading)
    entry = read.entry(spec.index, spec.year) if read is not None and not YEAR.search(heading) else None
    return entry is not None and entry.component == part.component


def _without_remark(name: str) -> str:
    return _REMARK.sub("", name).strip()


def _parts(catalogue: Catalogue, spec: EditionSpec, parent: str) -> Iterator[ComponentSpec]:
    for part in catalogue.components_of(spec.index, spec.year, parent):
        yield part
        yield from _parts(catalogue, spec, part.component)


def _beside(catalogue: Catalogue, spec: EditionSpec) -> Iterator[ComponentSpec]:
    """What is published beside the whole without being part of it: another way of adding up."""
    for part in catalogue.components:
        alone = part.index == spec.index and not part.parent and part.component != OVERALL
        if alone and catalogue.component(spec.index, part.component, spec.year) == part:
            yield part


def name_of(spec: ComponentSpec | IndexSpec, language: Language) -> str:
    """The name of an index or a part in the language."""
    return spec.name_en if language == "en" else spec.name_vi

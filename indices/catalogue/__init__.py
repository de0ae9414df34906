"""The catalogue: what is known about indices, components, weights, breaks, editions and targets."""

from indices.catalogue.catalogue import FOCAL_PROVINCE, MERGER_FRAME, STANDING_TARGET, Catalogue
from indices.catalogue.formula import ALLOWANCES, Formula, formulas, is_whole
from indices.catalogue.load import load_catalogue
from indices.catalogue.new_editions import edition_spec, with_editions
from indices.catalogue.specs import (
    BreakSpec,
    ComponentSpec,
    ConflictSpec,
    EditionSpec,
    EventSpec,
    HeaderSpec,
    IndexSpec,
    MethodSpec,
    ScaleSpec,
    SourceSpec,
    TargetSpec,
    WeightSpec,
    covers,
)
from indices.catalogue.uncertainty import StandardErrorSpec

__all__ = [
    "ALLOWANCES",
    "FOCAL_PROVINCE",
    "MERGER_FRAME",
    "STANDING_TARGET",
    "BreakSpec",
    "Catalogue",
    "ComponentSpec",
    "ConflictSpec",
    "EditionSpec",
    "EventSpec",
    "Formula",
    "HeaderSpec",
    "IndexSpec",
    "MethodSpec",
    "ScaleSpec",
    "SourceSpec",
    "StandardErrorSpec",
    "TargetSpec",
    "WeightSpec",
    "covers",
    "edition_spec",
    "formulas",
    "is_whole",
    "load_catalogue",
    "with_editions",
]

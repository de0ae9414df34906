"""What a certainty can rest on: published standard errors, trials of the weights, rounding."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Literal, get_args

import numpy as np

from indices.analysis.edition_field import EditionField
from indices.analysis.makeup import makeup
from indices.analysis.rank_intervals import Numbers, noise, printed_decimals
from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue, EditionSpec, formulas

Basis = Literal["sampling", "sampling_earlier", "weights", "rounding"]
BASES: tuple[Basis, ...] = get_args(Basis)
"""In the order of how much they say: errors of the survey, then of an assumption, a rule, a print."""
WEIGHT_SHIFT = 0.25
"""A trial multiplies every weight by a number between 1 − this and 1 + this."""
LEAST_KNOWN = 0.5
"""Share of the provinces whose own standard error must be published for the rest to get the middle one."""


@dataclass(frozen=True, eq=False)
class Spread:
    """All scores of an edition on one basis, provinces in the order of their names.

    `drawn` holds totals, a row a draw (None: exact, nothing drawn); `errors` the standard error of each
    province in points and `normals` the standard normal errors behind `drawn`; `assumed` the provinces
    whose own error is not published, so that the median one stands for it; `errors_edition` the edition
    the errors were published for; `decimals` those the scores are printed with.
    """

    basis: Basis
    provinces: tuple[str, ...]
    scores: Numbers
    drawn: Numbers | None = None
    normals: Numbers | None = None
    errors: Numbers | None = None
    assumed: frozenset[str] = frozenset()
    errors_edition: str | None = None
    decimals: int | None = None


def weighted(catalogue: Catalogue, spec: EditionSpec) -> bool:
    """Whether an edition's total follows from parts by weights that are not all the same."""
    method = catalogue.method(spec.index, spec.year)
    return method is not None and method.formula.startswith("weighted_mean")


def spread_of(
    field: EditionField, catalogue: Catalogue, basis: Basis, draws: int, seed: int
) -> Spread | Refusal:
    """A complete field on one basis. Refused where that basis is not published for the edition."""
    if basis == "weights":
        return _weights(field, catalogue, draws, seed)
    provinces, scores = _scores(field)
    if basis == "rounding":
        return Spread(basis, provinces, scores, decimals=printed_decimals(list(field.totals.values())))
    slots = {"index": field.spec.index, "edition": field.spec.edition}
    edition = field.spec.edition if basis == "sampling" else _nearest_with_errors(catalogue, field.spec)
    known = catalogue.standard_errors(field.spec.index, edition) if edition else {}
    held = {name: known[name] for name in provinces if name in known}
    if len(held) < max(1, LEAST_KNOWN * len(provinces)):
        return Refusal("certainty_no_errors", slots)
    middle = median(known.values())
    errors = np.array([held.get(name, middle) for name in provinces])
    normals = noise((seed, BASES.index("sampling")), draws, len(provinces))
    return Spread(
        basis,
        provinces,
        scores,
        drawn=scores + normals * errors,
        normals=normals,
        errors=errors,
        assumed=frozenset(provinces) - frozenset(held),
        errors_edition=edition,
    )


def _scores(field: EditionField) -> tuple[tuple[str, ...], Numbers]:
    """Names in order, so that a draw is the same whatever the order of the table."""
    provinces = tuple(sorted(field.totals))
    return provinces, np.array([field.totals[name] for name in provinces])


def _nearest_with_errors(catalogue: Catalogue, spec: EditionSpec) -> str | None:
    """The nearest earlier edition under the same method that has standard errors, else the nearest later one.

    None where there is none, and where the edition has its own.
    """
    breaks = [one.edition for one in catalogue.breaks_of(spec.index)]

    def segment(year: int) -> int:
        return sum(first <= year for first in breaks)

    if catalogue.standard_errors(spec.index, spec.edition):
        return None
    known = [
        other
        for other in catalogue.comparable_editions(spec.index, spec.frame)
        if segment(other.year) == segment(spec.year) and catalogue.standard_errors(spec.index, other.edition)
    ]
    earlier = [other.edition for other in known if other.year < spec.year]
    later = [other.edition for other in known if other.year > spec.year]
    return earlier[-1] if earlier else later[0] if later else None


def _weights(field: EditionField, catalogue: Catalogue, draws: int, seed: int) -> Spread | Refusal:
    """Totals under changed weights: each times a uniform number around 1, then scaled to the same sum.

    total = Σ weight × part + what the formula leaves unexplained, which stays as it is. Needs an index of
    weighted parts whose formula reproduces the total of every province.
    """
    refusal = Refusal("certainty_no_weights", {"index": field.spec.index, "edition": field.spec.edition})
    if not weighted(catalogue, field.spec):
        return refusal
    provinces, scores = _scores(field)
    for formula in formulas(catalogue, field.spec.index, field.spec.year):
        held = [field.scores.get(part, {}) for part in formula.factors]
        if any(name not in scored for scored in held for name in provinces):
            continue
        parts = np.array([[scored[name] for scored in held] for name in provinces])
        weights = np.array(list(formula.factors.values()))
        residuals = scores - parts @ weights
        # Whether the formula reproduces the totals is decided by `makeup`, at the worst of them.
        worst = makeup(field, catalogue, provinces[int(np.abs(residuals).argmax())])
        if isinstance(worst, Refusal):
            return worst
        rng = np.random.default_rng((seed, BASES.index("weights")))
        tried = weights * rng.uniform(1 - WEIGHT_SHIFT, 1 + WEIGHT_SHIFT, (draws, len(weights)))
        tried *= weights.sum() / tried.sum(axis=1, keepdims=True)
        # Not a matrix product: that depends on the machine's library and waits for its threads.
        drawn = np.einsum("dp,np->dn", tried, parts) + residuals
        return Spread("weights", provinces, scores, drawn=drawn)
    return refusal

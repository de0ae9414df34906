"""A declared correction: one figure of an edition put right, with a document that says so."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass

import pyarrow as pa
import pyarrow.compute as pc

from indices.store.errors import CorrectionError
from indices.store.rows import SCHEMA

FIELDS = ("score", "rank", "n_ranked")


@dataclass(frozen=True, slots=True)
class Correction:
    """What is put right (`field` of a province's component), from what to what, why, and who says so.

    `old` and `new` are points or places, None for a missing figure; `source` is where the right
    figure stands.
    """

    index: str
    edition: str
    province: str
    component: str
    field: str
    old: float | None
    new: float | None
    why: str
    source: str
    by: str

    @property
    def file_name(self) -> str:
        """The name of its document."""
        return f"{self.index}-{self.edition}-correction.json"

    def document(self) -> bytes:
        """The correction as a small JSON file in UTF-8: what, from, to, why, source, by."""
        given = asdict(self)
        what = {name: given[name] for name in ("index", "edition", "province", "component", "field")}
        told = {"what": what, "from": _plain(self.old), "to": _plain(self.new), "why": self.why}
        told |= {"source": self.source, "by": self.by}
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()

    def applied(self, rows: pa.Table) -> pa.Table:
        """`rows`, the edition as it is held, with the figure put right; its source and note say so.

        Raises CorrectionError where the correction does not fit.
        """
        if self.field not in FIELDS:
            raise CorrectionError("wrong_field")
        if self.new is not None and not _possible(self.field, self.new):
            raise CorrectionError("wrong_figure")
        if not len(rows):
            raise CorrectionError("nothing_held")
        mine = pc.and_(pc.equal(rows["province"], self.province), pc.equal(rows["component"], self.component))
        row = rows.filter(mine)
        if len(row) != 1:
            raise CorrectionError("no_figure")
        held = row[self.field][0].as_py()
        if not _same(held, self.old):
            raise CorrectionError("other_value", held)
        if _same(held, self.new):
            raise CorrectionError("no_change", held)
        said = f"{self.field}: {_written(self.old)} → {_written(self.new)}. {self.why}".strip()
        before = row["note"][0].as_py()
        changed = {self.field: _plain(self.new), "source": self.source}
        changed["note"] = f"{before}; {said}" if before else said
        for name, value in changed.items():
            kind = SCHEMA.field(name).type
            put = pc.if_else(mine, pa.scalar(value, kind), rows[name])
            rows = rows.set_column(rows.schema.get_field_index(name), SCHEMA.field(name), put)
        return rows


def _possible(field: str, figure: float) -> bool:
    if field == "score":
        return math.isfinite(figure)
    return float(figure).is_integer() and 1 <= figure < 2**31  # the column's own end


def _same(held: float | None, given: float | None) -> bool:
    if held is None or given is None:
        return held is given
    return math.isclose(held, given, rel_tol=1e-12, abs_tol=1e-12)


def _plain(figure: float | None) -> float | int | None:
    return int(figure) if figure is not None and float(figure).is_integer() else figure


def _written(figure: float | None) -> str:
    return "–" if figure is None else str(_plain(figure))

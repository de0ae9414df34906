"""What holds for every figure by itself: within its scale, within the field, once."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pandas as pd

from indices.catalogue import Catalogue, EditionSpec
from indices.loaders.findings import MOST_OF_A_CODE
from indices.problem import Problem
from indices.tidy import KEY
from indices.validation.places import Cells, written_number

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

SCALE_TOLERANCE = 1e-4  # thirds are written with four digits
MOST_OUTSIDE = 0.6
"""With more than this share of a column out of scale, the column is of another scale."""
ENOUGH = 3


def tidy_schema(scales: pd.Series, n_field: int, frame: int) -> DataFrameSchema:
    """The schema of an edition's figures; the name of a check is the code of its problem.

    `scales` is the upper end of each row's scale (missing: not known), `n_field` how many provinces
    were ranked, `frame` how many there are.
    """
    # Loaded with the first upload: reading the catalogue or a status has no need of it.
    import pandera.pandas as pandera

    high = scales.astype("float64") + SCALE_TOLERANCE

    def in_scale(score: pd.Series) -> pd.Series:
        values = score.astype("float64")
        # Only the rows with a score come here.
        return values.isna() | ((values >= 0) & ~(values > high.loc[score.index]))

    def in_field(table: pd.DataFrame) -> pd.Series:
        rank = table["rank"].astype("float64")
        of = table["n_ranked"].astype("float64").fillna(n_field)
        return rank.isna() | ((rank >= 1) & (rank <= of))

    def of_field(n_ranked: pd.Series) -> pd.Series:
        values = n_ranked.astype("float64")
        return values.isna() | ((values >= 1) & (values <= frame))

    return pandera.DataFrameSchema(
        {
            "score": pandera.Column(checks=pandera.Check(in_scale, name="score_out_of_scale"), nullable=True),
            "n_ranked": pandera.Column(checks=pandera.Check(of_field, name="field_too_large"), nullable=True),
        },
        checks=[
            pandera.Check(in_field, name="rank_out_of_field"),
            pandera.Check(lambda table: ~table.duplicated(KEY), name="duplicate_province"),
        ],
        strict=False,
    )


def check_figures(
    rows: pd.DataFrame, edition: EditionSpec, catalogue: Catalogue, cells: Cells
) -> Generator[Problem, None, pd.DataFrame]:
    """Figures out of their scale or field, and provinces that come twice, of one edition.

    Returns the rows without what was told, for checks of figures against each other: one fault is
    told once.
    """
    parts = rows["component"].unique().tolist()
    highest = {code: catalogue.scale_max(edition.index, code, edition.year) for code in parts}
    tops = {code: float("nan") if top is None else top for code, top in highest.items()}
    scales = rows["component"].map(tops).astype("float64")
    other = yield from _other_scales(rows, scales, cells)
    scales = scales.where(~rows["component"].isin(other))
    schema = tidy_schema(scales, edition.n_ranked or edition.frame, edition.province_frame)
    from pandera.errors import SchemaErrors

    try:
        schema.validate(rows, lazy=True)
    except SchemaErrors as found_wrong:
        cases = found_wrong.failure_cases[["check", "index"]].drop_duplicates()
        if cases["index"].isna().any():  # a check that failed itself has found nothing and must not pass
            raise
        yield from _told(_one_a_row(cases, rows), rows, highest, edition, cells)
        rows = _without(rows, cases)
    return _blank(rows, "score", rows["component"].isin(other)) if other else rows


def _without(rows: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    for code, field in (("score_out_of_scale", "score"), ("rank_out_of_field", "rank")):
        rows = _blank(rows, field, rows.index.isin(cases.loc[cases["check"] == code, "index"]))
    return rows[~rows.index.isin(cases.loc[cases["check"] == "duplicate_province", "index"])]


def _blank(rows: pd.DataFrame, field: str, where: pd.Series) -> pd.DataFrame:
    return rows.assign(**{field: rows[field].mask(where)})


def _other_scales(rows: pd.DataFrame, scales: pd.Series, cells: Cells) -> Generator[Problem, None, set[str]]:
    """Parts whose whole column is of another scale, told once at its first cell."""
    score = rows["score"].astype("float64")
    known = score.notna() & scales.notna()
    facts = pd.DataFrame({"score": score[known], "top": scales[known], "part": rows.loc[known, "component"]})
    facts["outside"] = (facts["score"] > facts["top"] + SCALE_TOLERANCE) | (facts["score"] < 0)
    by_part = facts.groupby("part", sort=False)
    table = by_part.agg(n=("score", "size"), low=("score", "min"), high=("score", "max"))
    table = table.join(by_part.agg(top=("top", "first"), outside=("outside", "mean")))
    fraction = (table["top"] >= 10) & (table["high"] <= 1) & (table["high"] > 0)
    odd = table[(table["n"] >= ENOUGH) & (fraction | (table["outside"] > MOST_OUTSIDE))]
    for part, found in odd.iterrows():
        slots = {name: written_number(float(found[name])) for name in ("low", "high", "n")}
        slots["scale"] = written_number(float(found["top"]))
        first = rows[(rows["component"] == part) & rows["score"].notna()].iloc[0].to_dict()
        code = "score_as_fraction" if fraction[part] else "scale_differs"
        yield cells.problem(code, first, "score", first["score"], "error", **slots)
    return {str(part) for part in odd.index}


def _one_a_row(cases: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The cases with a province twice told once a row, however many figures the row has."""
    places = rows.loc[cases["index"], ["sheet", "row"]].assign(check=cases["check"].to_numpy())
    again = (places["check"] == "duplicate_province") & places.duplicated()
    return cases[~again.to_numpy(dtype=bool)]


def _told(
    cases: pd.DataFrame,
    rows: pd.DataFrame,
    highest: dict[str, float | None],
    edition: EditionSpec,
    cells: Cells,
) -> Iterator[Problem]:
    twice = rows.loc[cases.loc[cases["check"] == "duplicate_province", "index"]]
    same = rows.merge(twice[KEY].drop_duplicates(), on=KEY) if len(twice) else twice
    firsts = same.drop_duplicates(KEY).set_index(KEY)["row"].to_dict()
    for code, left in cases.groupby("check", sort=False).size().items():
        if left > MOST_OF_A_CODE:
            slots = {"code": str(code), "n": str(left - MOST_OF_A_CODE)}
            yield Problem("more_of_a_code", cells.file, slots=slots)
    told = cases.groupby("check", sort=False).head(MOST_OF_A_CODE)
    doubled: set[tuple[object, object]] = set()
    for code, place in zip(told["check"], told["index"], strict=True):
        row = rows.loc[place].to_dict()
        if code == "score_out_of_scale":
            top = highest[row["component"]]
            yield cells.problem(code, row, "score", row["score"], scale=written_number(top))
        elif code == "rank_out_of_field":
            of = row["n_ranked"] if not pd.isna(row["n_ranked"]) else edition.n_ranked or edition.frame
            yield cells.problem(code, row, "rank", row["rank"], n=str(of))
        elif code == "field_too_large":
            yield cells.problem(code, row, "n_ranked", row["n_ranked"], n=str(edition.frame))
        elif code == "duplicate_province":
            place_of_row = row["sheet"], row["row"]
            if place_of_row not in doubled:  # a row of many parts is one row too many
                doubled.add(place_of_row)
                first = str(firsts[tuple(row[name] for name in KEY)])
                yield cells.problem(code, row, "name", row["province"], first=first)

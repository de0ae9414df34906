"""A table against what is held: the same once more, another edition's figures, unlikely jumps."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from indices.catalogue import MERGER_FRAME, Catalogue, EditionSpec
from indices.problem import Problem
from indices.tidy import COLUMNS, OVERALL
from indices.validation.places import Cells, written_number

JUMP_PLACES = 45
"""Rule "45 places" of 63, and as large a part of another field: of the published ranks of comparable
bundled editions only two moved further (Vĩnh Long 49 places to PCI 2012, Bắc Ninh 46 to PAPI 2020)."""
JUMP_SPREADS = 8.0
JUMP_SCALE = 0.1
"""Rule "8 spreads": a change further from the middle change than 8 times the usual spread of changes
(1.4826 × the median absolute deviation) and than a tenth of the scale. None of the bundled did: in whole
fields the furthest was 6.9 spreads off (Bình Dương, PCI 2020; Tây Ninh, PAPI 2024), of a part of the
field 8.9, which were 7 points of 100 (Phú Yên, PAR 2023)."""
SAME_SHARE, SAME_LEAST = 0.9, 10


def check_held(
    rows: pd.DataFrame, edition: EditionSpec, held: pd.DataFrame, catalogue: Catalogue, cells: Cells
) -> Iterator[Problem]:
    """Findings that need the current tidy table of everything."""
    overall = rows[rows["component"] == OVERALL].drop_duplicates("province").set_index("province")
    others = held[held["component"] == OVERALL]
    yield from _of_another(overall, edition, others, cells)
    before = _before(edition, others, catalogue)
    if before is not None:
        name, table = before
        yield from _jumps(overall, table, edition, name, catalogue, cells)


def is_held(rows: pd.DataFrame, edition: EditionSpec, held: pd.DataFrame) -> bool:
    """Whether an edition's figures are those held now, sources and notes included."""
    same = held[(held["index"] == edition.index) & (held["edition"] == edition.edition)]
    if len(same) != len(rows):
        return False
    order = ["province", "component"]
    mine = rows[COLUMNS].sort_values(order).reset_index(drop=True)
    return bool(mine.equals(same[COLUMNS].sort_values(order).reset_index(drop=True)))


def _of_another(
    overall: pd.DataFrame, edition: EditionSpec, others: pd.DataFrame, cells: Cells
) -> Iterator[Problem]:
    """The scores of another edition or index under this one's name."""
    scores = overall["score"].dropna()
    if len(scores) < SAME_LEAST:
        return
    mine = others["province"].map(scores.to_dict()).astype("float64")
    same = (others["score"].astype("float64") - mine).abs() < 5e-5
    shared = mine.notna() & others["score"].notna()
    counts = pd.DataFrame({"same": same & shared, "shared": shared}).groupby(
        [others["index"], others["edition"]]
    )
    for (index, name), found in counts.sum().iterrows():
        if (index, name) == (edition.index, edition.edition) or found["shared"] < SAME_LEAST:
            continue
        if found["same"] >= SAME_SHARE * len(scores):
            code = "wrong_edition" if index == edition.index else "wrong_index"
            value = f"{edition.index} {edition.edition}"
            slots = {"found": f"{index} {name}", "given": value}
            sheet = cells.sheets[int(overall["sheet"].iloc[0])]
            yield Problem(code, cells.file, None, None, value, slots, "error", sheet)


def _before(
    edition: EditionSpec, others: pd.DataFrame, catalogue: Catalogue
) -> tuple[str, pd.DataFrame] | None:
    """The last edition before this one that may be compared with it: same frame, no new method between."""
    merged = edition.frame == MERGER_FRAME
    names = set(others.loc[others["index"] == edition.index, "edition"])
    earlier = [
        spec
        for spec in catalogue.editions_of(edition.index)
        if spec.year < edition.year and (spec.frame == MERGER_FRAME) == merged and spec.edition in names
    ]
    if not earlier:
        return None
    last = earlier[-1]
    if any(last.year < cut.edition <= edition.year for cut in catalogue.breaks_of(edition.index)):
        return None
    rows = others[(others["index"] == edition.index) & (others["edition"] == last.edition)]
    return last.edition, rows.set_index("province")


def _jumps(
    overall: pd.DataFrame,
    before: pd.DataFrame,
    edition: EditionSpec,
    since: str,
    catalogue: Catalogue,
    cells: Cells,
) -> Iterator[Problem]:
    scale = catalogue.scale_max(edition.index, OVERALL, edition.year) or 100.0
    change = (overall["score"].astype("float64") - before["score"].astype("float64")).dropna()
    if len(change) >= SAME_LEAST:
        middle = float(change.median())
        spread = 1.4826 * float((change - middle).abs().median())
        limit = max(JUMP_SPREADS * spread, JUMP_SCALE * scale)
        for province in change.index[((change - middle).abs() > limit).to_numpy()]:
            row = overall.loc[province].to_dict()
            slots = _slots(province, since, float(before.loc[province, "score"]))
            yield cells.problem("unlikely_jump", row, "score", row["score"], "warning", **slots)
    places = (overall["rank"].astype("float64") - before["rank"].astype("float64")).dropna()
    furthest = round(JUMP_PLACES * edition.frame / 63)
    for province in places.index[(places.abs() > furthest).to_numpy()]:
        row = overall.loc[province].to_dict()
        slots = _slots(province, since, int(before.loc[province, "rank"])) | {"furthest": str(furthest)}
        yield cells.problem("unlikely_move", row, "rank", row["rank"], "warning", **slots)


def _slots(province: object, since: str, value: float) -> dict[str, str]:
    return {"province": str(province), "since": since, "before": written_number(value)}

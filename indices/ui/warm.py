"""What the first visitor will ask for, worked out beforehand."""

from __future__ import annotations

from indices.catalogue import FOCAL_PROVINCE, STANDING_TARGET
from indices.ui import certainty_data, data, gap_data, outlook_data, why_data


def warm() -> None:
    """The answers of the overview, of the province and target that nobody has chosen away from."""
    province, target = FOCAL_PROVINCE, STANDING_TARGET
    statuses = data.statuses(province, target)
    data.target_counts(province, target)
    data.missing_editions(province)
    data.coverage()
    for row in statuses.to_dict("records"):
        asked = (str(row["index"]), str(row["edition"]), province)
        why_data.rank_change(*asked)
        gap_data.gap(*asked, target)
        certainty_data.certainty(*asked, target)
        outlook_data.outlook_of(asked[0], province, target)

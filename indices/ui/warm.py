"""What visitors will ask for, worked out beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from indices.catalogue import FOCAL_PROVINCE, STANDING_TARGET
from indices.ui import certainty_data, data, gap_data, outlook_data, why_data


def warm() -> None:
    """The answers of the overview, of the province and target that nobody has chosen away from."""
    data.coverage()
    _overview_of(FOCAL_PROVINCE)


def warm_rest() -> Iterator[str]:
    """The same of every other province, one at each step, for the store as it stands at that step.

    A step takes about a quarter of a second of one core.
    """
    for province in (spec.name_vi for spec in data.catalogue().provinces.frame(63)):
        data.begin_run()
        _overview_of(province)
        yield province


def state() -> str:
    """What the store holds now: when it changes, all is to be worked out anew."""
    data.begin_run()
    return data.state()


def _overview_of(province: str) -> None:
    target = STANDING_TARGET
    statuses = data.statuses(province, target)
    data.target_counts(province, target)
    data.missing_editions(province)
    for row in statuses.to_dict("records"):
        asked = (str(row["index"]), str(row["edition"]), province)
        why_data.rank_change(*asked)
        gap_data.gap(*asked, target)
        certainty_data.certainty(*asked, target)
        outlook_data.outlook_of(asked[0], province, target)

"""Standard errors and intervals of PAPI totals."""

import pandas as pd
import pytest

from tests.published.conftest import DATA


@pytest.fixture(scope="module")
def intervals(overall: pd.DataFrame) -> pd.DataFrame:
    errors = pd.read_csv(DATA / "uncertainty" / "papi.csv")
    scores = overall[overall["index"] == "PAPI"].rename(columns={"year": "edition", "edition": "name"})
    return errors.merge(scores[["edition", "province", "score"]], how="left")


def test_what_is_held(intervals: pd.DataFrame):
    assert intervals.groupby("edition")["se"].count().to_dict() == {2019: 63, 2022: 58, 2023: 61}
    assert intervals.groupby("edition").size().to_dict() == {2019: 63, 2022: 63, 2023: 61}
    without = intervals[intervals["se"].isna()]
    assert set(zip(without["edition"], without["province"], strict=True)) == {
        (2022, name) for name in ("Bạc Liêu", "Bắc Giang", "Bắc Ninh", "Cà Mau", "Sóc Trăng")
    }
    assert not intervals.duplicated(["edition", "province"]).any()


def test_intervals_lie_around_the_published_score(intervals: pd.DataFrame):
    known = intervals[intervals["se"].notna()]
    middle = (known["ci95_low"] + known["ci95_high"]) / 2
    assert (known["score"] - middle).abs().max() < 0.0002


def test_intervals_are_ninety_percent_wide(intervals: pd.DataFrame):
    """Named 95 %, but 1.645 standard errors to either side: a two-sided interval of 90 %."""
    known = intervals[intervals["se"].notna()]
    width = (known["ci95_high"] - known["ci95_low"]) / 2 / known["se"]
    assert len(width) == 182
    assert width.min() == pytest.approx(1.645, abs=0.001)
    assert width.max() == pytest.approx(1.645, abs=0.001)


@pytest.mark.parametrize(("edition", "median"), [(2019, 0.3702), (2022, 0.6155), (2023, 0.3328)])
def test_size_of_the_standard_error(intervals: pd.DataFrame, edition: int, median: float):
    of_edition = intervals[intervals["edition"] == edition]["se"]
    assert of_edition.median() == pytest.approx(median, abs=0.0001)
    assert 0.1 < of_edition.min() < of_edition.max() < 2.1

"""Tile grids: every province once, no two in one cell, both archipelagos with their provinces."""

import pandas as pd
import pytest

from indices.provinces import read_provinces
from tests.published.conftest import DATA

GEO = DATA / "geo"


@pytest.fixture(scope="module")
def islands() -> pd.DataFrame:
    return pd.read_csv(GEO / "tile_grid_islands.csv")


@pytest.mark.parametrize("frame", [63, 34])
def test_every_province_has_a_cell_of_its_own(frame: int, islands: pd.DataFrame):
    provinces, _ = read_provinces(DATA / "catalogue")
    grid = pd.read_csv(GEO / f"tile_grid_{frame}.csv")
    assert sorted(grid["province_vi"]) == sorted(spec.name_vi for spec in provinces.frame(frame))
    cells = [*zip(grid["row"], grid["col"], strict=True)]
    cells += [*zip(islands[f"row_{frame}"], islands[f"col_{frame}"], strict=True)]
    assert len(set(cells)) == len(cells) == frame + 2


def test_archipelagos_belong_to_their_provinces(islands: pd.DataFrame):
    for frame in (63, 34):
        assert dict(zip(islands["label_vi"], islands[f"parent_{frame}_vi"], strict=True)) == {
            "Quần đảo Hoàng Sa": "Đà Nẵng",
            "Quần đảo Trường Sa": "Khánh Hòa",
        }


def test_archipelagos_lie_east_of_every_province(islands: pd.DataFrame):
    for frame in (63, 34):
        assert islands[f"col_{frame}"].min() > pd.read_csv(GEO / f"tile_grid_{frame}.csv")["col"].max()

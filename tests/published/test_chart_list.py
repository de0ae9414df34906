"""Charts asked for by name, over the bundled figures: each is drawn with its source, or refused in words."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import pytest

from indices.analysis.refusal import Refusal
from indices.catalogue import Catalogue, load_catalogue
from indices.export.chart_list import CHARTS, named_chart
from indices.export.picture_sizes import SIZES, sized
from indices.i18n import LANGUAGES, Language
from indices.loaders.published import published_files, read_published
from indices.narrative.refusal import refusal_sentence
from indices.settings import ROOT


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "data" / "catalogue")


@pytest.fixture(scope="module")
def figures(catalogue: Catalogue) -> pd.DataFrame:
    files = published_files(ROOT / "data" / "published")
    return pd.concat([read_published(file, catalogue)[0] for file in files], ignore_index=True)


DRAWN = [
    ("rank", "PCI", None, "Thứ hạng PCI của Bắc Giang"),
    ("score", "PCI", None, "Điểm PCI của Bắc Giang"),
    ("map", "PCI", "2022", "PCI 2022 trên cả nước"),
    ("components", "PCI", "2021", "Thành phần PCI 2021: Bắc Giang"),
    ("strengths", "PAPI", "2024", "Thứ hạng từng chỉ số nội dung PAPI 2024: Bắc Giang"),
    ("worth", "PAPI", "2024", "Hơn, kém trung bình nhóm 15: PAPI 2024"),
    ("gap", "PAPI", "2024", "Bắc Giang so với Thái Bình"),
    ("lost", "PAPI", "2024", "Bắc Giang còn mất điểm ở đâu"),
    ("why", "PCI", "2021", "Từ hạng 27 năm 2020 đến hạng 31 năm 2021"),
    ("crossings", "PCI", "2021", "Ai vượt ai từ năm 2020 đến năm 2021"),
    ("why-score", "PAPI", "2024", "Điểm PAPI của Bắc Giang: 44,32 → 44,69"),
    ("reweight", "PCI", "2022", "PCI 2021 và 2022 theo hai bộ trọng số: Bắc Giang"),
    ("certainty", "PAPI", "2023", "PAPI 2023: quanh ngưỡng nhóm 15"),
    ("outlook", "PCI", None, "PCI: khả năng có mặt trong nhóm 15 ở năm sau, theo thứ hạng hiện tại"),
    ("before-after", "PCI", None, "Bắc Giang trước và sau 01/07/2020"),
    ("bridge", "PCI", None, "PCI: các tỉnh hợp nhất và tỉnh Bắc Ninh mới"),
]


def ask(
    name: str,
    figures: pd.DataFrame,
    catalogue: Catalogue,
    index: str,
    edition: str | None,
    province: str = "Bắc Giang",
    language: Language = "vi",
) -> go.Figure | Refusal:
    return named_chart(name, figures, catalogue, index, edition, province, 15, language)


def test_the_list_of_drawn_charts_is_whole() -> None:
    assert [name for name, *_ in DRAWN] == list(CHARTS)


@pytest.mark.parametrize(("name", "index", "edition", "title"), DRAWN)
def test_a_chart_is_drawn_with_its_title_and_source(
    figures: pd.DataFrame, catalogue: Catalogue, name: str, index: str, edition: str | None, title: str
) -> None:
    found = ask(name, figures, catalogue, index, edition)

    assert isinstance(found, go.Figure)
    assert found.layout.meta["title"] == title
    assert found.layout.meta["source"].startswith("Nguồn: ")


@pytest.mark.parametrize("name", CHARTS)
def test_any_other_question_gets_a_chart_or_a_sentence(
    figures: pd.DataFrame, catalogue: Catalogue, name: str
) -> None:
    # The outlook learns anew from everything held, which takes a second each time.
    indices = ["SIPAS"] if name == "outlook" else list(catalogue.indices)
    for index in indices:
        for province in ("Bắc Giang", "Cà Mau"):
            found = ask(name, figures, catalogue, index, None, province, "en")
            if isinstance(found, Refusal):
                assert all(len(refusal_sentence(found, language)) > 20 for language in LANGUAGES)
            else:
                assert found.layout.meta["source"].startswith("Source: ")
                for size in SIZES.values():
                    layout = sized(found, size).layout
                    assert layout.width / layout.height == pytest.approx(size.width / size.height, rel=1e-5)


def test_an_edition_that_is_not_held_is_refused(figures: pd.DataFrame, catalogue: Catalogue) -> None:
    assert ask("map", figures, catalogue, "PCI", "1999") == Refusal(
        "no_edition", {"index": "PCI", "edition": "1999"}
    )


@pytest.mark.parametrize(("name", "index"), [("pie", "PCI"), ("rank", "GDP")])
def test_names_nobody_knows_raise(figures: pd.DataFrame, catalogue: Catalogue, name: str, index: str) -> None:
    with pytest.raises(KeyError):
        ask(name, figures, catalogue, index, None)

"""An invented seventh index, PII: catalogue rows and two published files, not a line of code.

`seventh_data(folder)` makes a data folder with the bundled catalogue, a few bundled editions and PII,
for tests that set INDICES_DATA_DIR or read the folder themselves.

PII 2023: Bắc Giang is 3rd of 63; 2024: 1st. The other provinces follow in the order of provinces.csv
with scores one point apart, so that every place can be counted.
"""

import csv
import shutil
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"
EDITIONS = ("pci/2021.csv", "pci/2022.csv", "papi/2024.csv", "sipas/2023.csv", "dti/2024-34.csv")
SOURCE = "notice-2020-07"
INDEX = {
    "index": "PII",
    "name_vi": "Chỉ số đổi mới sáng tạo cấp tỉnh (thử)",
    "name_en": "Provincial Innovation Index (invented)",
    "publisher_vi": "Bộ Khoa học và Công nghệ",
    "publisher_en": "Ministry of Science and Technology",
    "first_edition": "2023",
    "scale_max": "100",
    "website": "https://example.vn",
    "about_vi": "Chỉ số thử.",
    "about_en": "An invented index.",
}
COMPONENTS = (
    {"component": "overall", "name_vi": "Toàn bộ chỉ số", "name_en": "Whole index", "scale_max": "100"},
    {"component": "input", "parent": "overall", "split": "pillars", "name_vi": "Đầu vào", "name_en": "Input"},
    {
        "component": "output",
        "parent": "overall",
        "split": "pillars",
        "name_vi": "Đầu ra",
        "name_en": "Output",
    },
)
PLACE_OF_BAC_GIANG = {"2023": 3, "2024": 1}


def seventh_data(folder: Path) -> Path:
    """Make the data folder inside `folder` and return it."""
    data = folder / "data"
    shutil.copytree(DATA / "catalogue", data / "catalogue")
    shutil.copytree(DATA / "geo", data / "geo")
    for name in EDITIONS:
        (data / "published" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / "published" / name, data / "published" / name)
    _append(data / "catalogue" / "indices.csv", INDEX)
    for component in COMPONENTS:
        _append(
            data / "catalogue" / "components.csv",
            {"index": "PII", "first_edition": "2023", "scale_max": "50", **component},
        )
    for edition, place in PLACE_OF_BAC_GIANG.items():
        facts = {"index": "PII", "edition": edition, "frame": "63", "n_ranked": "63", "status": "complete"}
        counts = {"ranks_published": "all", "n_scores_held": "63", "n_ranks_held": "63"}
        _append(data / "catalogue" / "editions.csv", facts | counts)
        _publish(data / "published" / "pii" / f"{edition}.csv", place)
    return data


def _append(file: Path, cells: dict[str, str]) -> None:
    header = next(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    unknown = set(cells) - set(header)
    assert not unknown, f"{file.name} has no column {unknown}"
    with file.open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, header, restval="", lineterminator="\n").writerow(cells)


def _publish(file: Path, place_of_bac_giang: int) -> None:
    with (DATA / "catalogue" / "provinces.csv").open(encoding="utf-8-sig", newline="") as stream:
        names = [row["province_vi"] for row in csv.DictReader(stream)]
    names.remove("Bắc Giang")
    names.insert(place_of_bac_giang - 1, "Bắc Giang")
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["province", "component", "score", "rank", "n_ranked", "basis", "source", "note"])
        for rank, name in enumerate(names, start=1):
            score = 91 - rank
            writer.writerow([name, "overall", score, rank, 63, "published", SOURCE, ""])
            writer.writerow([name, "input", score / 2, "", 63, "published", SOURCE, ""])
            writer.writerow([name, "output", score / 2, "", 63, "published", SOURCE, ""])

"""What goes wrong outside the program is said in words on every page; what is sound stays in use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import MakeData
from tests.pages.shown import PAGES, control, open_page, rows, texts, unfold

TRACES = ("Traceback", "Error:", "KeyError", "NaN", "None", "redacted", "site-packages")


def told(at: AppTest) -> str:
    """Errors and warnings as one text, Markdown's escapes taken back; nothing of a traceback anywhere."""
    assert not at.exception
    whole = "\n".join(texts(at))
    assert [trace for trace in TRACES if trace in whole] == []
    return "\n".join(alert.value for kind in (at.error, at.warning) for alert in kind).replace("\\", "")


def on_every_page(sentences: dict[str, str]) -> None:
    """Each page says the sentence, every other one in English: opening a page anew takes a second."""
    for at, name in enumerate(PAGES):
        language = ("vi", "en")[at % 2]
        assert sentences[language] in told(unfold(open_page(name, lang=language, index="papi"))), name


def edit(file: Path, old: str, new: str) -> None:
    """Change a file by hand, once."""
    written = file.read_bytes().decode("utf-8-sig")
    assert old in written
    file.write_text(written.replace(old, new, 1), encoding="utf-8", newline="")


EMPTY = {
    ("overview", "vi"): "chưa có số liệu ở chỉ số nào.",
    ("overview", "en"): "no figures in any index yet.",
    ("index_detail", "vi"): "Chưa có số liệu nào của PAR. Cách bổ sung: trang Số liệu.",
    ("index_detail", "en"): "There are no figures of PAR yet. How to add them: page Figures.",
    ("compare", "vi"): "Các tỉnh được chọn chưa có số liệu PAR.",
    ("compare", "en"): "The provinces chosen have no PAR figures yet.",
    ("data", "vi"): "Chưa có số liệu nào. Hãy chép các tệp vào thư mục data/published, rồi khởi động lại.",
    ("data", "en"): "There are no figures yet. Copy the files into data/published, then restart.",
    ("method", "vi"): "Chưa có số liệu của chỉ số này.",
    ("method", "en"): "There are no figures of this index yet.",
}


def test_an_empty_store(make_data: MakeData) -> None:
    make_data()

    for (name, language), sentence in EMPTY.items():
        at = unfold(open_page(name, lang=language))
        assert told(at) == ""
        assert sentence in " ".join(texts(at))


def test_no_published_folder_at_all(make_data: MakeData) -> None:
    shutil.rmtree(make_data() / "published")
    at = open_page("overview")

    assert told(at) == ""
    assert EMPTY["overview", "vi"] in " ".join(texts(at))


def test_a_bad_row_of_the_catalogue(make_data: MakeData) -> None:
    data = make_data("pci/2022", "papi/2024")
    edit(data / "catalogue" / "weights.csv", "entry_costs,2006,2008,5", "entry_costs,2006,2008,năm")
    sentences = {
        "vi": "weights.csv, dòng 2, cột «weight_percent»: «năm» không phải số",
        "en": "weights.csv, row 2, column “weight_percent”: “năm” is not a number",
    }

    on_every_page(sentences)
    at = open_page("index_detail", index="pci")

    assert "Phần có lỗi được để ngoài, phần còn lại vẫn dùng được:" in told(at)
    assert len(at.get("plotly_chart")) == 4
    assert "2/63" in " ".join(cell for row in rows(at, "Cơ sở số liệu") for cell in row)


def test_a_missing_catalogue_file(make_data: MakeData) -> None:
    data = make_data("pci/2022", "papi/2024")
    (data / "catalogue" / "breaks.csv").unlink()
    sentences = {
        "vi": "breaks.csv: không tìm thấy tệp này; hãy chép tệp vào đúng thư mục.",
        "en": "breaks.csv: the file was not found; put it into its folder.",
    }

    on_every_page(sentences)
    assert len(open_page("index_detail", index="pci").get("plotly_chart")) == 4


@pytest.mark.parametrize("missing", ["indices.csv", "provinces.csv"])
def test_no_indices_or_no_provinces(missing: str, make_data: MakeData) -> None:
    data = make_data("pci/2022")
    (data / "catalogue" / missing).unlink()

    on_every_page({"vi": f"{missing}: không tìm thấy tệp này", "en": f"{missing}: the file was not found"})
    on_every_page(
        {
            "vi": "Chưa đọc được danh mục chỉ số và danh sách tỉnh trong thư mục data/catalogue",
            "en": "could not be read, so there is nothing to show",
        }
    )


def test_an_unknown_province_in_a_published_file(make_data: MakeData) -> None:
    file = make_data("papi/2023", "papi/2024", "pci/2022") / "published" / "papi" / "2024.csv"
    edit(file, "\nBắc Giang,", "\nBắc Giangg,")
    lines = file.read_text("utf-8").splitlines()
    row = 1 + next(number for number, line in enumerate(lines) if line.startswith("Bắc Giangg,"))

    on_every_page(
        {
            "vi": f"papi/2024.csv, dòng {row}, cột «province»: không nhận ra tỉnh «Bắc Giangg» "
            "trong 63 tỉnh, thành. Có phải là «Bắc Giang»? Hãy sửa tên.",
            "en": f"papi/2024.csv, row {row}, column “province”: “Bắc Giangg” is not one of the 63 "
            "provinces. Is it “Bắc Giang”? Correct the name.",
        }
    )


def test_the_other_editions_stay_beside_a_faulty_file(make_data: MakeData) -> None:
    data = make_data("papi/2023", "papi/2024", "pci/2022")
    edit(data / "published" / "papi" / "2024.csv", "\nBắc Giang,", "\nBắc Giangg,")
    at = open_page("index_detail", index="papi")

    assert "Bắc Giangg" in told(at)
    assert control(at, "edition").options == ["2023"]
    assert len([row for row in rows(at, "Cơ sở số liệu") if row[1] != "–"]) == 61


def test_a_store_that_cannot_be_written(
    make_data: MakeData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_data("pci/2022", "papi/2024")
    (tmp_path / "taken").write_text("a file, not a folder")
    place = tmp_path / "taken" / "store"
    monkeypatch.setenv("INDICES_STORE_DIR", str(place))

    on_every_page(
        {
            "vi": f"Không ghi được vào nơi lưu số liệu ({place}).",
            "en": f"The place where figures are kept cannot be written ({place}).",
        }
    )
    assert len(open_page("index_detail", index="papi").get("plotly_chart")) == 4


def test_one_edition_of_one_index(make_data: MakeData) -> None:
    make_data("papi/2024")
    on_every_page({"vi": "", "en": ""})

    for language, headline, nothing in (
        ("vi", "Bắc Giang: 0/6 chỉ số trong nhóm 15; PAPI hạng 16 cần chú ý.", "Chưa có số liệu"),
        ("en", "Bac Giang: 0 of 6 indices in the top 15; to watch: PAPI (rank 16).", "No figures yet"),
    ):
        at = open_page("overview", lang=language)
        assert told(at) == ""
        assert headline in texts(at)
        assert sum(f'<div class="card-none">{nothing}</div>' in part.value for part in at.html) == 5


def test_a_province_without_any_figure(make_data: MakeData) -> None:
    make_data("papi/2021")  # Bắc Giang was left out of it

    for name, said in (
        ("overview", "Bắc Giang: chưa có số liệu ở chỉ số nào."),
        ("overview", "Chưa có thứ hạng nào của Bắc Giang."),
        ("index_detail", "Bắc Giang chưa có điểm hoặc thứ hạng nào ở PAPI."),
        ("compare", "So sánh Bắc Giang với các tỉnh khác"),
        ("data", "Số liệu đang có"),
        ("method", "Phương pháp và nguồn"),
    ):
        at = unfold(open_page(name, index="papi"))
        assert told(at) == ""
        assert said in " ".join(texts(at))


def test_a_province_without_any_figure_still_sees_the_others(make_data: MakeData) -> None:
    make_data("papi/2021")
    at = open_page("index_detail", index="papi", edition="2021")

    assert len([row for row in rows(at, "Cơ sở số liệu") if row[1] != "–"]) == 60
    control(at, "province").set_value("yen-bai").run()
    assert told(at) == ""
    assert len(at.get("plotly_chart")) == 4

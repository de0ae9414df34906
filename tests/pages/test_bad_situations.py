"""What goes wrong outside the program is said in words on every page; what is sound stays in use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import MakeData
from tests.pages.shown import LANGUAGES, PAGES, control, open_page, rows, texts, unfold

TRACES = ("Traceback", "Error:", "KeyError", "NaN", "None", "redacted", "site-packages")


def told(at: AppTest) -> str:
    """Errors and warnings as one text, Markdown's escapes taken back; nothing of a traceback anywhere."""
    assert not at.exception
    whole = "\n".join(texts(at))
    assert [trace for trace in TRACES if trace in whole] == []
    return "\n".join(alert.value for kind in (at.error, at.warning) for alert in kind).replace("\\", "")


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_an_empty_store(name: str, language: str, make_data: MakeData) -> None:
    make_data()
    at = unfold(open_page(name, lang=language))

    assert told(at) == ""
    assert EMPTY[name, language] in " ".join(texts(at))


def test_no_published_folder_at_all(make_data: MakeData) -> None:
    shutil.rmtree(make_data() / "published")
    at = open_page("overview")

    assert told(at) == ""
    assert EMPTY["overview", "vi"] in " ".join(texts(at))


@pytest.mark.parametrize("name", PAGES)
def test_a_bad_row_of_the_catalogue(name: str, make_data: MakeData) -> None:
    data = make_data("pci/2022", "papi/2024")
    edit(data / "catalogue" / "weights.csv", "entry_costs,2006,2008,5", "entry_costs,2006,2008,năm")

    assert "weights.csv, dòng 2, cột «weight_percent»: «năm» không phải số" in told(open_page(name))
    assert "weights.csv, row 2, column “weight_percent”: “năm” is not a number" in told(
        open_page(name, lang="en")
    )


def test_the_rest_of_a_catalogue_with_a_bad_row_works(make_data: MakeData) -> None:
    data = make_data("pci/2022", "papi/2024")
    edit(data / "catalogue" / "weights.csv", "entry_costs,2006,2008,5", "entry_costs,2006,2008,năm")
    at = open_page("index_detail", index="pci")

    assert "Phần có lỗi được để ngoài, phần còn lại vẫn dùng được:" in told(at)
    assert len(at.get("plotly_chart")) == 4
    assert "2/63" in " ".join(cell for row in rows(at, "Cơ sở số liệu") for cell in row)


@pytest.mark.parametrize("name", PAGES)
def test_a_missing_catalogue_file(name: str, make_data: MakeData) -> None:
    data = make_data("pci/2022", "papi/2024")
    (data / "catalogue" / "breaks.csv").unlink()
    at = unfold(open_page(name, index="pci"))

    assert "breaks.csv: không tìm thấy tệp này; hãy chép tệp vào đúng thư mục." in told(at)
    assert "breaks.csv: the file was not found; put it into its folder." in told(open_page(name, lang="en"))
    assert at.get("page_link")


@pytest.mark.parametrize("missing", ["indices.csv", "provinces.csv"])
@pytest.mark.parametrize("name", PAGES)
def test_no_indices_or_no_provinces(name: str, missing: str, make_data: MakeData) -> None:
    data = make_data("pci/2022", "papi/2024")
    (data / "catalogue" / missing).unlink()
    at = open_page(name)

    assert f"{missing}: không tìm thấy tệp này" in told(at)
    assert "Chưa đọc được danh mục chỉ số và danh sách tỉnh trong thư mục data/catalogue" in told(at)
    assert "could not be read, so there is nothing to show" in told(open_page(name, lang="en"))


def test_the_language_can_be_chosen_without_a_catalogue(make_data: MakeData) -> None:
    (make_data("papi/2024") / "catalogue" / "indices.csv").unlink()
    at = open_page("overview", lang="en")

    assert "file was not found" in told(at)
    assert "không" not in told(at)


@pytest.mark.parametrize("name", PAGES)
def test_an_unknown_province_in_a_published_file(name: str, make_data: MakeData) -> None:
    data = make_data("papi/2023", "papi/2024", "pci/2022")
    edit(data / "published" / "papi" / "2024.csv", "\nBắc Giang,", "\nBắc Giangg,")
    row = 1 + next(
        number
        for number, line in enumerate((data / "published/papi/2024.csv").read_text("utf-8").splitlines())
        if line.startswith("Bắc Giangg,")
    )

    said = told(open_page(name))
    assert (
        f"papi/2024.csv, dòng {row}, cột «province»: không nhận ra tỉnh «Bắc Giangg» trong 63 tỉnh, thành. "
        "Có phải là «Bắc Giang»? Hãy sửa tên." in said
    )
    assert "“Bắc Giangg” is not one of the 63 provinces. Is it “Bắc Giang”? Correct the name." in told(
        open_page(name, lang="en")
    )


def test_the_other_editions_stay_beside_a_faulty_file(make_data: MakeData) -> None:
    data = make_data("papi/2023", "papi/2024", "pci/2022")
    edit(data / "published" / "papi" / "2024.csv", "\nBắc Giang,", "\nBắc Giangg,")
    at = open_page("index_detail", index="papi")

    assert "Bắc Giangg" in told(at)
    assert control(at, "edition").options == ["2023"]
    assert len([row for row in rows(at, "Cơ sở số liệu") if row[1] != "–"]) == 61


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "Không ghi được vào nơi lưu số liệu"),
        ("en", "The place where figures are kept cannot be written"),
    ],
)
@pytest.mark.parametrize("name", PAGES)
def test_a_store_that_cannot_be_written(
    name: str,
    language: str,
    said: str,
    make_data: MakeData,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_data("pci/2022", "papi/2024")
    (tmp_path / "taken").write_text("a file, not a folder")
    monkeypatch.setenv("INDICES_STORE_DIR", str(tmp_path / "taken" / "store"))
    at = open_page(name, lang=language, index="papi")

    assert said in told(at)
    assert str(tmp_path / "taken" / "store") in told(at)
    if name == "index_detail":
        assert len(at.get("plotly_chart")) == 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_one_edition_of_one_index(name: str, language: str, make_data: MakeData) -> None:
    make_data("papi/2024")
    at = unfold(open_page(name, lang=language, index="papi"))

    assert told(at) == ""
    if name == "overview":
        headline = {
            "vi": "Bắc Giang: 0/6 chỉ số trong nhóm 15; PAPI hạng 16 cần chú ý.",
            "en": "Bac Giang: 0 of 6 indices in the top 15; to watch: PAPI (rank 16).",
        }
        assert headline[language] in texts(at)
        without = {"vi": "Chưa có số liệu", "en": "No figures yet"}[language]
        assert sum(f'<div class="card-none">{without}</div>' in part.value for part in at.html) == 5


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("overview", "Bắc Giang: chưa có số liệu ở chỉ số nào."),
        ("overview", "Chưa có thứ hạng nào của Bắc Giang."),
        ("index_detail", "Bắc Giang chưa có điểm hoặc thứ hạng nào ở PAPI."),
        ("compare", "So sánh Bắc Giang với các tỉnh khác"),
        ("data", "Số liệu đang có"),
        ("method", "Phương pháp và nguồn"),
    ],
)
def test_a_province_without_any_figure(name: str, said: str, make_data: MakeData) -> None:
    make_data("papi/2021")  # Bắc Giang was left out of it
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

"""The commands that write files for a meeting, on the bundled figures: their content, refusals."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pptx import Presentation

from indices.cli import main
from indices.export import kept_browser


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def run(store: Path, monkeypatch, capfdbinary):
    """Run a command on the bundled figures: exit code, bytes of standard output, standard error."""
    monkeypatch.setenv("INDICES_STORE_DIR", str(store))
    monkeypatch.delenv("INDICES_DATA_DIR", raising=False)
    monkeypatch.delenv("INDICES_DATABASE_URL", raising=False)

    def command(*arguments: str) -> tuple[int, bytes, str]:
        code = main(arguments)
        told = capfdbinary.readouterr()
        return code, told.out, told.err.decode()

    return command


def titles(content: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in Presentation(io.BytesIO(content)).slides]


def test_a_deck_is_written_with_what_was_asked_for(run, tmp_path):
    file = tmp_path / "a.pptx"
    code, out, err = run(
        "deck", "-o", str(file), "--indices", "papi,PCI", "--sections", "indices,standing", "--year", "2021"
    )
    assert (code, out, err) == (0, b"", "")
    assert [title.partition(",")[0] for title in titles(file.read_bytes())] == [
        "Bắc Giang trong các chỉ số quản trị cấp tỉnh",
        "Bắc Giang: 1/2 chỉ số trong nhóm 15; PCI hạng 31 cần chú ý",
        "PCI 2021: hạng 31/63",
        "PAPI 2020: hạng 13/63",
    ]


def test_province_target_and_language_are_those_asked_for(run):
    code, out, _ = run(
        "deck", "--province", "yen-bai", "--target", "10", "--lang", "en", "--sections", "standing"
    )
    assert code == 0
    first, second = titles(out)
    assert first == "Yen Bai in the provincial governance indices"
    assert second.startswith("Yen Bai: ") and "in the top 10" in second


def test_the_workbook_has_real_numbers_of_the_index_asked_for(run, tmp_path):
    file = tmp_path / "a.xlsx"
    assert run("workbook", "-o", str(file), "--indices", "PAPI") == (0, b"", "")
    book = openpyxl.load_workbook(file)
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    (papi,) = [row for row in rows if row[0] == "PAPI"]
    assert papi[2:6] == ["2024", 16, "tính toán", 61]
    assert not [row for row in rows if row[0] == "PCI"]
    assert len(book.sheetnames) > 5


def test_a_report_is_written_and_says_that_it_has_no_picture(run, monkeypatch, tmp_path):
    monkeypatch.setattr("indices.export.images.installed_browser", lambda: None)
    file = tmp_path / "a.docx"
    assert run("brief", "-o", str(file), "--year", "2021", "--indices", "PCI") == (0, b"", "")
    report = Document(file)
    told = " ".join(line.text for line in report.paragraphs)
    assert "Bắc Giang: 0/1 chỉ số trong nhóm 15; PCI hạng 31 cần chú ý" in told
    assert "Báo cáo này không có hình" in told
    rows = [[cell.text for cell in row.cells] for row in report.tables[1].rows]
    assert [row[:3] for row in rows] == [["Chỉ số", "Năm đánh giá", "Thứ hạng"], ["PCI", "2021", "31/63"]]


def test_a_master_gives_the_slides_its_size(run, tmp_path):
    master, file = tmp_path / "mau.pptx", tmp_path / "a.pptx"
    Presentation().save(master)
    assert run("deck", "-o", str(file), "--sections", "standing", "--master", str(master))[0] == 0
    deck = Presentation(file)
    assert (deck.slide_width, deck.slide_height, len(deck.slides)) == (9144000, 6858000, 2)


def test_a_broken_master_is_told_and_ours_stands_for_it(run, tmp_path):
    master, file = tmp_path / "mau.pptx", tmp_path / "a.pptx"
    master.write_bytes(b"PK\x03\x04 not a presentation")
    code, out, err = run("deck", "-o", str(file), "--sections", "standing", "--master", str(master))
    assert (code, out) == (1, b"")
    assert err.startswith("Tệp mẫu bị hỏng, không mở được")
    deck = Presentation(file)
    assert (deck.slide_width, len(deck.slides)) == (12191695, 2)


def test_a_picture_of_a_chart_is_written_in_the_size_asked_for(run, tmp_path):
    if kept_browser.installed_browser() is None:
        pytest.skip("No Chrome on this machine.")
    file = tmp_path / "a.svg"
    asked = ("chart", "--name", "rank", "--index", "pci", "--format", "svg", "--size", "square")
    assert run(*asked, "-o", str(file)) == (0, b"", "")
    drawn = file.read_text(encoding="utf-8")
    assert 'width="1500" height="1500"' in drawn
    assert "Thứ hạng PCI" in drawn and "Lập ngày" in drawn


def test_without_a_browser_the_picture_is_refused_in_words(run, monkeypatch, tmp_path):
    monkeypatch.setattr("indices.export.images.installed_browser", lambda: None)
    file = tmp_path / "a.png"
    code, out, err = run("chart", "--name", "rank", "--index", "PCI", "-o", str(file))
    assert (code, out, file.exists()) == (2, b"", False)
    assert "Chrome" in err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("deck", "--year", "1950"), 1, "Chưa có số liệu nào của Bắc Giang trong PAR, PCI"),
        (
            ("workbook", "--indices", "DTI", "--year", "2015"),
            1,
            "Chưa có số liệu nào của Bắc Giang trong DTI",
        ),
        (("chart", "--name", "gap", "--index", "PAPI", "--edition", "1999"), 1, "PAPI năm 1999"),
        (("chart", "--name", "reweight", "--index", "PAPI"), 1, "trọng số"),
        (("deck", "--indices", "PCI,XYZ"), 1, "Không có chỉ số «XYZ»"),
        (("deck", "--province", "Bắc Gian"), 1, "Bắc Giang"),
        (("deck", "--sections", "standing,all"), 2, "standing, indices, takes, outlook, sources"),
        (("deck", "--target", "64"), 2, "từ 1 đến 63"),
        (("workbook", "--year", "năm nay"), 2, "--year"),
        (("workbook", "--sections", "standing"), 2, "--sections"),
        (("deck", "--master", "/khong/co.pptx"), 2, "Không đọc được tệp /khong/co.pptx"),
        (
            ("deck", "--sections", "sources", "-o", "/khong/co/a.pptx"),
            2,
            "Không ghi được tệp /khong/co/a.pptx",
        ),
        (("chart", "--index", "PCI"), 2, "Thiếu --name"),
        (("chart", "--name", "rank"), 2, "Thiếu --index"),
        (("chart", "--name", "pie", "--index", "PCI"), 2, "rank, score, map"),
        (("chart", "--name", "rank", "--index", "PCI", "--format", "gif"), 2, "png, svg"),
        (("chart", "--name", "rank", "--index", "PCI", "--size", "poster"), 2, "slide, document, square"),
    ],
)
def test_refusals_and_wrong_use_are_sentences(run, arguments, code, said):
    found, out, err = run(*arguments)
    assert (found, out) == (code, b"")
    assert said in err


def test_a_terminal_needs_a_file(run, monkeypatch):
    monkeypatch.setattr("indices.cli_exports.is_terminal", lambda: True)
    for command in (("deck",), ("workbook",), ("brief",), ("chart", "--name", "rank", "--index", "PCI")):
        code, out, err = run(*command)
        assert (code, out) == (2, b"")
        assert "Thiếu -o" in err


@pytest.mark.parametrize("command", ["deck", "workbook", "brief", "chart"])
@pytest.mark.parametrize(("language", "usage"), [("vi", "cách dùng"), ("en", "usage")])
def test_help_is_in_the_language(command, language, usage, capsys):
    with pytest.raises(SystemExit) as ended:
        main([command, "--help", "--lang", language])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"{usage}: python -m indices {command}")

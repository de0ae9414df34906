"""The upload desk: a file is read, reported on, shown for what it changes, and kept after a yes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from indices.settings import from_environment
from indices.store import Store
from indices.store.errors import StoreUnavailableError
from tests.pages.conftest import MakeData
from tests.pages.desk_files import pci_file, scores, table_file
from tests.pages.people import rule
from tests.pages.shown import (
    alerts,
    assert_calm,
    control,
    follow,
    html,
    open_page,
    rows,
    text_of,
    texts,
    unfold,
)
from tests.pages.test_language import VIETNAMESE_LETTER, english_in

YES = {"vi": "Đưa vào", "en": "Bring in"}


@pytest.fixture(autouse=True)
def small_store(make_data: MakeData) -> Path:
    """A store of its own for each test: PCI 2021 and 2022, PAPI 2024."""
    return make_data("pci/2021", "pci/2022", "papi/2024")


def store() -> Store:
    return Store.open(from_environment().store)


def dropped(content: bytes, name: str = "pci_2022.csv", **address: str) -> AppTest:
    """The desk after a file was dropped on it."""
    at = open_page("upload", **address)
    return at.file_uploader[0].upload(name, content).run()


def box(at: AppTest, name: str) -> object:
    """The control of a question about the file."""
    found = [
        one for kind in ("selectbox", "multiselect") for one in at.get(kind) if f"desk.{name}." in one.key
    ]
    assert len(found) == 1, f"{len(found)} boxes named {name}"
    return found[0]


def say_yes(at: AppTest, language: str = "vi", **given: str) -> AppTest:
    """The form filled in, every box ticked, the button pressed."""
    typed = {"by": "Nguyễn Thị Lan", "source": "https://pcivietnam.vn", "reason": "Số liệu công bố", **given}
    for field in at.text_input:
        if field.key.startswith("yes."):
            field.set_value(typed[field.key.rpartition(".")[2]])
    for tick in at.checkbox:
        tick.check()
    return button(at, YES[language]).click().run()


def button(at: AppTest, label: str) -> Any:
    found = [one for one in at.button if one.label == label]
    assert len(found) == 1, [one.label for one in at.button]
    return found[0]


def shown(at: AppTest) -> str:
    assert not at.exception
    return "\n".join(texts(at))


def test_an_empty_desk_asks_for_a_file() -> None:
    at = open_page("upload")
    assert_calm(at)
    assert len(at.file_uploader) == 1
    assert "1. Chọn tệp" in shown(at)
    assert "2. " not in shown(at)
    assert [one.proto.label for one in at.get("download_button")] == ["Tải tệp mẫu (XLSX)"]


def test_a_good_file_shows_what_it_changes() -> None:
    at = unfold(dropped(pci_file({"Bắc Giang": "70"})))
    words = shown(at)

    assert_calm(at)
    assert (box(at, "index").value, box(at, "edition").value) == ("PCI", "2022")
    assert "PCI 2022: đọc được 63 tỉnh, 63 con số." in words
    assert "Không có lỗi, không có cảnh báo." in words
    # The file has neither parts nor ranks; what is held of the year has 138 and 39 of them.
    assert "Con số: thêm 0 ô, đổi 1 ô, bỏ 177 ô." in words
    assert ["Bắc Giang", "Toàn chỉ số: điểm", "72,8", "70"] in rows(at, "Đang dùng")
    # 72.8 was place 2; at 70 the two behind it pass.
    assert rows(at, "Hạng sẽ có") == [
        ["Hải Phòng", "3", "2 (tính toán)", "+1"],
        ["Bà Rịa - Vũng Tàu", "4", "3 (tính toán)", "+1"],
        ["Bắc Giang", "2", "4 (tính toán)", "−2"],
    ]
    assert "Nhóm 15 không thay đổi." in words
    cards = [text_of(part) for part in html(at).split('<div class="card-figure">')[1:]]
    assert [card.split()[0] for card in cards] == ["2", "4"]
    assert store().history("PCI", "2022").shape[0] == 1


def test_a_yes_gives_a_receipt_and_frees_the_desk() -> None:
    content = pci_file({"Bắc Giang": "70"})
    at = say_yes(dropped(content))
    history = store().history("PCI", "2022")
    newest = history.iloc[0]

    assert_calm(at)
    assert (newest["added_by"], newest["reason"]) == ("Nguyễn Thị Lan", "Số liệu công bố")
    assert newest["sha256"] == hashlib.sha256(content).hexdigest()
    assert store().content(int(newest["version"])) == content
    assert json.loads(newest["report"])["answers"] == {"source": "https://pcivietnam.vn"}
    assert set(store().version_table(int(newest["version"]))["source"]) == {"https://pcivietnam.vn"}
    assert rows(at, "Mã kiểm tra SHA-256 của tệp") == [[str(newest["version"]), "PCI 2022", newest["sha256"]]]
    assert "Tệp pci_2022.csv, Nguyễn Thị Lan đưa vào lúc " in shown(at)
    assert "2. " not in shown(at)

    # In every open page at its next run.
    assert (
        "4" in [row[1].split("/")[0] for row in rows(follow(at, "index_detail", index="pci"), "Thứ hạng")][:4]
    )


def test_the_same_file_again_is_told_and_not_kept_twice() -> None:
    content = pci_file({"Bắc Giang": "70"})
    at = say_yes(dropped(content))
    at = at.file_uploader[0].upload("pci_2022.csv", content).run()
    at = say_yes(at)
    assert alerts(at) == ["PCI 2022 đã có đúng các số liệu này; không có gì để đưa vào."]
    assert len(store().history("PCI", "2022")) == 2


@pytest.mark.parametrize("left_out", ["by", "source", "reason"])
def test_a_yes_needs_a_name_a_source_and_a_reason(left_out: str) -> None:
    at = say_yes(dropped(pci_file({"Bắc Giang": "70"})), **{left_out: "  "})
    assert alerts(at) == ["Hãy ghi đủ tên, lý do và nguồn."]
    assert len(store().history("PCI", "2022")) == 1


def test_figures_that_would_go_are_told_and_must_be_agreed_to() -> None:
    at = dropped(pci_file({"Bắc Giang": "70"}))
    assert "con số đang dùng: đồng ý thì các con số này không còn hiển thị" in shown(at)
    for field in at.text_input:
        field.set_value("x")
    at = button(at, "Đưa vào").click().run()
    assert alerts(at) == ["Còn ô xác nhận chưa được đánh dấu. Hãy xem lại mục 3 và mục 4 rồi đánh dấu."]
    assert len(store().history("PCI", "2022")) == 1


def test_a_bad_file_says_where_and_how_and_offers_no_yes() -> None:
    bad = {"Bắc Giang": "172,8", "Đà Nẵng": "bảy mươi"}
    at = dropped(pci_file(bad))
    words = shown(at)

    assert "2 lỗi phải sửa" in words
    assert "Lỗi: điểm ngoài thang điểm (1)" in words
    row = list(scores()).index("Bắc Giang") + 2
    found = {line[0]: line[1] for line in rows(at, "Vấn đề và cách sửa")}
    assert found[f"C{row}"] == "Điểm PCI 2022"
    assert "4. Những gì sẽ thay đổi" not in words
    assert [one.label for one in at.button] == ["Bỏ tệp này"]
    labels = [one.proto.label for one in at.get("download_button")]
    assert labels[1:] == [
        "Tải tệp Excel có đánh dấu chỗ sai",
        "Tải kết quả kiểm tra (JSON)",
        "Tải kết quả kiểm tra (CSV)",
    ]


def test_a_corrected_file_takes_the_place_of_the_bad_one() -> None:
    at = dropped(pci_file({"Bắc Giang": "172,8"}))
    at = at.file_uploader[0].upload("pci_2022 sửa.csv", pci_file({"Bắc Giang": "70"})).run()
    assert "Đang xem: pci_2022 sửa.csv (1 KB)" in shown(at)
    assert "5. Đồng ý đưa vào" in shown(at)


def test_long_lists_are_folded() -> None:
    wrong = dict.fromkeys(list(scores())[:30], "chưa biết rõ")
    at = dropped(pci_file(wrong))
    assert len(rows(at, "Nội dung ô")) <= 20 + 20
    assert "Xem thêm 10 chỗ cùng loại" in [fold.proto.label for fold in at.get("expander")]
    assert len(rows(unfold(at), "Nội dung ô")) >= 30


def test_a_heading_nobody_knows_is_asked_about_once_and_the_answer_is_kept() -> None:
    at = dropped(pci_file({"Bắc Giang": "70"}, {"Mã Zx": "7"}))
    assert "Có 1 cột chưa rõ là gì." in shown(at)
    question = box(at, "column.0")
    assert question.label == "Cột «Mã Zx» (cột D) là gì?"
    assert question.value is None
    assert "Tính minh bạch (và tiếp cận thông tin): điểm" in question.options

    question.set_value("skip")
    at = at.run()
    assert "Các cột đã được trả lời" in shown(at)
    assert "Không có lỗi, không có cảnh báo." in shown(at)
    at = say_yes(at)
    answers = json.loads(store().history("PCI", "2022").iloc[0]["report"])["answers"]
    assert answers["columns"] == {"Mã Zx": "skip"}


def test_warnings_ask_for_a_yes() -> None:
    at = dropped(pci_file({"Bắc Giang": "70"}, {"Mã Zx": "7"}))
    assert "Không có lỗi; 1 cảnh báo cần xác nhận." in shown(at)
    assert "Tôi đã xem 1 cảnh báo và xác nhận số liệu đúng." in [tick.label for tick in at.checkbox]
    assert not say_yes(at).exception
    assert json.loads(store().history("PCI", "2022").iloc[0]["report"])["warnings"] == 1


def test_index_and_edition_are_asked_where_the_file_does_not_say() -> None:
    lines = [["Tỉnh", "Điểm"], *([province, score.replace(".", ",")] for province, score in scores().items())]
    at = dropped(table_file(lines), "bang.csv")
    assert box(at, "index").value is None
    at = box(at, "index").set_value("PCI").run()
    at = box(at, "edition").set_value("2022").run()
    assert "PCI 2022: đọc được 63 tỉnh, 63 con số." in shown(at)
    assert "5. Đồng ý đưa vào" in shown(at)


def test_a_panel_is_shown_by_edition_and_kept_whole() -> None:
    lines = [["Tỉnh", "Năm", "Điểm PCI"]]
    for year in ("2021", "2022"):
        changed = {**scores(year), "Bắc Giang": "66"}
        lines += [[name, year, score.replace(".", ",")] for name, score in changed.items()]
    at = dropped(table_file(lines), "pci.csv")
    assert box(at, "edition").value == ""
    (shown_edition,) = [one for one in at.selectbox if one.label == "Xem năm"]
    assert shown_edition.options == ["PCI 2022", "PCI 2021"]
    for field in at.text_input:
        field.set_value("x")
    for tick in at.checkbox:
        tick.check()
    at = button(at, "Đưa vào 2 năm đánh giá").click().run()
    assert [row[1] for row in rows(at, "Mã kiểm tra SHA-256 của tệp")] == ["PCI 2022", "PCI 2021"]
    assert len({row[2] for row in rows(at, "Mã kiểm tra SHA-256 của tệp")}) == 1


def test_the_decimal_mark_is_asked_where_numbers_read_two_ways() -> None:
    lines = [["Tỉnh", "Điểm PCI 2022"], *([province, "1.234"] for province in scores())]
    at = dropped(table_file(lines))
    assert box(at, "decimal").options == ["Dấu phẩy: 71,23", "Dấu chấm: 71.23"]
    at = box(at, "decimal").set_value(".").run()
    assert "ambiguous" not in shown(at)
    assert "số có hai cách hiểu" not in shown(at)
    assert box(at, "decimal").value == "."


def test_another_language_keeps_the_file_and_the_answers() -> None:
    at = dropped(pci_file({"Bắc Giang": "70"}, {"Mã Zx": "7"}))
    at = box(at, "column.0").set_value("skip").run()
    control(at, "lang").set_value("en").run()
    words = shown(at)
    assert "Looking at: pci_2022.csv (2 KB)" in words
    assert "No errors and no warnings." in words
    assert box(at, "column.0").value == "skip"

    control(at, "lang").set_value("vi").run()
    assert "Không có lỗi, không có cảnh báo." in shown(at)


def test_another_page_and_back_keeps_the_file() -> None:
    at = dropped(pci_file({"Bắc Giang": "70"}))
    follow(at, "data")
    assert "Đang xem: pci_2022.csv (1 KB)" in shown(follow(at, "upload"))


def test_a_file_can_be_taken_away() -> None:
    at = dropped(pci_file({"Bắc Giang": "70"}))
    at = button(at, "Bỏ tệp này").click().run()
    assert "Đang xem" not in shown(at)


def test_somebody_else_was_faster() -> None:
    at, other = dropped(pci_file({"Bắc Giang": "70"})), dropped(pci_file({"Bắc Giang": "69"}))
    say_yes(other, by="Trần Văn Minh")
    at = say_yes(at)

    said, beside_the_button = alerts(at)
    assert beside_the_button.startswith("Chưa đưa vào: số liệu vừa được người khác đổi.")
    assert "PCI 2022 vừa được đổi trong lúc đang xem: Trần Văn Minh đã đưa vào phiên bản 4." in said
    assert len(store().history("PCI", "2022")) == 2
    assert "Con số: thêm 0 ô, đổi 1 ô, bỏ 0 ô." in shown(at)

    at = say_yes(at)
    assert_calm(at)
    assert len(store().history("PCI", "2022")) == 3


def test_a_store_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    at = dropped(pci_file({"Bắc Giang": "70"}))

    def refuse(*_: object, **__: object) -> None:
        raise StoreUnavailableError("/data/store", "disk full")

    monkeypatch.setattr(Store, "add_all", refuse)
    (said,) = alerts(say_yes(at))
    assert said.startswith("Không ghi được vào nơi lưu số liệu. Chưa có gì thay đổi")


def test_who_may_not_change_has_no_desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rule(tmp_path, monkeypatch, "local_user = false")
    at = open_page("upload")
    said = "Chỉ xem: tệp phân quyền không cho làm việc mà không đăng nhập."
    assert [one.value for one in at.info] == [said]
    assert (list(at.file_uploader), list(at.button)) == ([], [])


HOSTILE = "<img src=x onerror=alert(1)> [x](http://a.example) **đậm** $x$ :red[y]"


def test_text_of_the_file_stays_text() -> None:
    content = pci_file({"Bắc Giang": HOSTILE}, {HOSTILE: HOSTILE})
    at = unfold(dropped(content, f"{HOSTILE}.csv"))
    written = html(at)

    assert not at.exception
    assert "<img src=x" not in written
    assert "&lt;img src=x onerror=alert(1)&gt;" in written
    (label,) = [one.label for one in at.selectbox if "đậm" in one.label]
    assert "\\*\\*đậm\\*\\*" in label
    assert "\\[x\\]\\(http" in label


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"\x00\x01\x02", b"PK\x03\x04", "chỉ có chữ".encode()])
def test_what_is_no_table_is_refused_in_words(content: bytes) -> None:
    at = dropped(content, "x.xlsx")
    assert not at.exception
    assert "Không đọc được bảng số liệu nào trong tệp này." in shown(at)
    assert "5. Đồng ý đưa vào" not in shown(at)


@pytest.mark.parametrize("changes", [{"Bắc Giang": "70"}, {"Bắc Giang": "172,8", "Đà Nẵng": "x"}])
def test_one_language_a_page(changes: dict[str, str]) -> None:
    names = set(scores())
    english = texts(unfold(dropped(pci_file(changes), lang="en")))
    allowed = names | {"Tỉnh, thành phố", "Điểm PCI 2022", "Tiếng Việt", "Ngôn ngữ"}
    left = []
    for piece in english:
        bare = piece
        for name in sorted(allowed, key=len, reverse=True):
            bare = bare.replace(name, " ")
        left += VIETNAMESE_LETTER.findall(bare)
    assert left == []
    vietnamese = texts(unfold(dropped(pci_file(changes), lang="vi")))
    assert {piece: words for piece in vietnamese if (words := english_in(piece))} == {}

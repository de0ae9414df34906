"""The history: every version with who, when and why; compared, taken away, restored, withdrawn, corrected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from indices.i18n import moment
from indices.settings import from_environment
from indices.store import Store, Version
from tests.pages.conftest import MakeData
from tests.pages.desk_files import pci_file
from tests.pages.people import rule
from tests.pages.shown import alerts, assert_calm, control, open_page, rows, texts, unfold
from tests.pages.test_language import VIETNAMESE_LETTER, english_in, official_titles
from tests.pages.test_upload import button, dropped, say_yes


@pytest.fixture(autouse=True)
def small_store(make_data: MakeData) -> Path:
    """A store of its own for each test: versions 1 to 3 are PAPI 2024, PCI 2021 and PCI 2022."""
    return make_data("pci/2021", "pci/2022", "papi/2024")


def store() -> Store:
    return Store.open(from_environment().store)


@pytest.fixture
def uploaded() -> Version:
    """Version 4: PCI 2022 with 70 points for Bắc Giang instead of 72.8, and without parts and ranks."""
    assert_calm(say_yes(dropped(pci_file({"Bắc Giang": "70"}))))
    newest = store().history().iloc[0]
    return Version(int(newest["version"]), "PCI", "2022", "upload", newest["sha256"])


def score(province: str = "Bắc Giang") -> float:
    """The score in use of a province in PCI 2022."""
    held = store().table()
    mine = held[(held["edition"] == "2022") & (held["province"] == province)]
    return float(mine.loc[mine["component"] == "overall", "score"].iloc[0])


def praised(at: AppTest) -> list[str]:
    """What the page says was done, Markdown's escapes taken back."""
    return [one.value.replace("\\", "") for one in at.success]


def fill(at: AppTest, form: str, label: str, **given: str) -> AppTest:
    """The fields of a form (the last part but two of their key) filled in, and its button pressed."""
    typed = {"by": "Trần Văn Minh", "why": "Đưa nhầm tệp", **given}
    for field in at.text_input:
        if field.key.startswith(form):
            field.set_value(next((typed[name] for name in typed if f".{name}" in field.key), ""))
    pressed = button(at, label)
    return pressed.click().run()


def test_every_version_stands_there_newest_first(uploaded: Version) -> None:
    at = open_page("history")
    assert_calm(at)
    lines = rows(at, "Phiên bản")
    assert [line[:3] for line in lines] == [
        ["4", "PCI 2022", "Đang dùng"],
        ["3", "PCI 2022", "Bản cũ"],
        ["2", "PCI 2021", "Đang dùng"],
        ["1", "PAPI 2024", "Đang dùng"],
    ]
    at_four = store().history().iloc[0]["added_at"].to_pydatetime()
    assert lines[0][3:] == [
        moment(at_four, "vi"),
        "Nguyễn Thị Lan",
        "đưa vào",
        "pci_2022.csv",
        "Số liệu công bố",
    ]
    assert lines[3][4:7] == ["chương trình", "có sẵn", "2024.csv"]
    one = rows(open_page("history", index="pci", edition="2022"), "Phiên bản")
    assert [line[-1] for line in one] == ["0 cảnh báo, 0 ghi chú", "–"]


def test_times_are_those_of_a_clock_in_vietnam() -> None:
    from datetime import UTC, datetime

    late = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
    assert moment(late, "vi") == "25/11/2026 01:30"
    assert moment(late, "en") == "25 November 2026, 01:30"


def test_a_link_names_index_edition_and_version(uploaded: Version) -> None:
    at = open_page("history", index="pci", edition="2022", version="3")
    assert_calm(at)
    assert [control(at, name).value for name in ("index", "edition", "version")] == ["pci", "2022", "3"]
    assert [line[0] for line in rows(at, "Từ đâu")] == ["4", "3"]

    control(at, "lang").set_value("en").run()
    assert [control(at, name).value for name in ("index", "edition", "version")] == ["pci", "2022", "3"]


def test_the_difference_of_the_two_newest_versions(uploaded: Version) -> None:
    at = open_page("history", index="pci", edition="2022")
    assert (control(at, "older").value, control(at, "newer").value) == ("3", "4")
    assert "Con số: thêm 0 ô, đổi 1 ô, bỏ 177 ô." in texts(at)
    assert rows(at, "Bản 3")[0] == ["Bắc Giang", "Toàn chỉ số: điểm", "72,8", "70"]

    control(at, "older").set_value("4").run()
    assert "Hai ô đang chọn cùng một phiên bản." in texts(at)


def test_an_edition_with_one_version_has_nothing_to_compare() -> None:
    assert "Năm này mới có một phiên bản." in texts(open_page("history", index="pci", edition="2021"))


def test_the_original_file_is_there_byte_for_byte(uploaded: Version) -> None:
    at = open_page("history", index="pci", edition="2022")
    (download,) = at.get("download_button")
    assert download.proto.label == "Tải tệp gốc"
    assert store().content(4) == pci_file({"Bắc Giang": "70"})


def test_restoring_makes_a_new_version(uploaded: Version) -> None:
    at = open_page("history", index="pci", edition="2022", version="3")
    assert score() == 70
    at = fill(at, "restore", "Khôi phục")

    assert_calm(at)
    assert praised(at) == ["Đã khôi phục phiên bản 3 thành phiên bản mới 5."]
    assert score() == 72.8
    newest = rows(at, "Từ đâu")[0]
    assert newest[0:2] == ["5", "Đang dùng"]
    assert newest[3:5] == ["Trần Văn Minh", "khôi phục bản 3"]
    assert praised(at.run()) == []
    assert len(store().history()) == 5


def test_the_version_in_use_needs_no_restoring(uploaded: Version) -> None:
    at = open_page("history", index="pci", edition="2022", version="4")
    assert "Phiên bản này đang được dùng." in texts(at)
    assert "Khôi phục" not in [one.label for one in at.button]


def test_withdrawing_brings_the_version_before_back_into_use(uploaded: Version) -> None:
    at = open_page("history", index="pci", edition="2022", version="4")
    assert "Sau khi rút, năm này dùng phiên bản 3." in texts(at)
    at = fill(at, "withdraw", "Rút phiên bản")

    assert_calm(at)
    assert praised(at) == ["Đã rút phiên bản 4."]
    assert score() == 72.8
    assert [line[:2] for line in rows(at, "Từ đâu")] == [["4", "Đã rút"], ["3", "Đang dùng"]]
    assert "Phiên bản này đã được rút." in texts(at)


def test_what_a_withdrawal_leaves_is_said_before() -> None:
    said = texts(open_page("history", index="pci", edition="2021"))
    assert "Sau khi rút, năm này không còn số liệu nào." in said


@pytest.mark.parametrize("left_out", ["by", "why"])
def test_a_name_and_a_reason_are_needed(left_out: str, uploaded: Version) -> None:
    at = open_page("history", index="pci", edition="2022", version="3")
    assert alerts(fill(at, "restore", "Khôi phục", **{left_out: " "})) == ["Hãy ghi tên và lý do."]
    assert len(store().history()) == 4


def corrected(value: str, **more: str) -> AppTest:
    at = open_page("history", index="pci", edition="2022")
    given = {"value": value, "source": "https://pcivietnam.vn", "why": "Gõ nhầm", **more}
    return fill(at, "correct.PCI.2022.", "Đính chính", **given)


def test_a_correction_is_a_version_with_old_new_and_source() -> None:
    assert "Đang dùng: 72,8" in texts(open_page("history", index="pci", edition="2022"))
    at = corrected("73,05")

    assert_calm(at)
    assert praised(at) == ["Đã đính chính từ 72,8 thành 73,05: phiên bản mới 4."]
    assert score() == 73.05
    newest = rows(at, "Từ đâu")[0]
    assert newest[3:7] == ["Trần Văn Minh", "đính chính bản 3", "PCI-2022-correction.json", "Gõ nhầm"]
    assert "Con số: thêm 0 ô, đổi 1 ô, bỏ 0 ô." in texts(at)


@pytest.mark.parametrize(
    ("value", "more", "said"),
    [
        ("", {}, "Hãy ghi số đúng; nếu phải để trống thì ghi dấu gạch ngang."),
        ("nhiều", {}, "«nhiều» không phải là điểm. Hãy ghi một con số, ví dụ 71,23."),
        ("173", {}, "Điểm phải từ 0 đến 100."),
        ("72,8", {}, "Số mới giống số đang dùng."),
        ("73", {"source": " "}, "Hãy ghi đủ tên, lý do và nguồn."),
    ],
)
def test_a_correction_that_cannot_be(value: str, more: dict[str, str], said: str) -> None:
    assert alerts(corrected(value, **more)) == [said]
    assert len(store().history()) == 3


def test_a_rank_is_corrected_as_a_whole_number() -> None:
    at = open_page("history", index="pci", edition="2022")
    (field,) = [one for one in at.get("button_group") if one.key.startswith("correct.field")]
    at = field.set_value("rank").run()
    assert "Đang dùng: 2" in texts(at)
    given = {"source": "x", "why": "Gõ nhầm"}
    bad = fill(at, "correct.PCI.2022.", "Đính chính", value="2,5", **given)
    assert alerts(bad) == ["«2,5» không phải là thứ hạng. Hãy ghi một số nguyên, ví dụ 9."]
    assert alerts(fill(bad, "correct.PCI.2022.", "Đính chính", value="64", **given)) == [
        "Thứ hạng phải từ 1 đến 63."
    ]
    assert_calm(fill(bad, "correct.PCI.2022.", "Đính chính", value="3", **given))
    assert len(store().history()) == 4


def test_somebody_else_corrected_first(monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_page("history", index="pci", edition="2022")
    real = Store.correct

    def slower(self: Store, *args: Any, **kwargs: Any) -> Version:
        monkeypatch.setattr(Store, "correct", real)
        self.correct(*args[:6], 73.5, by="Lê Hòa", reason="trước", source="x")
        return self.correct(*args, **kwargs)

    monkeypatch.setattr(Store, "correct", slower)
    at = fill(at, "correct.PCI.2022.", "Đính chính", value="73", source="x")
    said = "Số đang dùng vừa được người khác đổi. Hãy xem lại số đang dùng rồi đính chính lại."
    assert alerts(at) == [said]
    assert score() == 73.5


def test_who_may_not_change_still_reads(
    monkeypatch: pytest.MonkeyPatch, uploaded: Version, tmp_path: Path
) -> None:
    rule(tmp_path, monkeypatch, "local_user = false")
    at = open_page("history", index="pci", edition="2022", version="3")
    assert not at.exception
    assert [one.label for one in at.button] == []
    assert len(at.get("download_button")) == 1


def test_names_and_reasons_stay_text() -> None:
    hostile = "<script>alert(1)</script> [x](http://a.example) **đậm**"
    at = dropped(pci_file({"Bắc Giang": "70"}), name="../../<b>x</b>.csv")
    say_yes(at, by=hostile, reason=hostile)
    at = open_page("history", index="pci", edition="2022")
    written = "\n".join(part.value for part in at.html)

    assert not at.exception
    assert "<script>alert" not in written
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in written
    assert "<b>x</b>.csv" not in written


@pytest.mark.parametrize("language", ["vi", "en"])
def test_one_language_a_page(language: str, uploaded: Version) -> None:
    for address in ({}, {"index": "pci", "edition": "2022"}):
        shown = texts(unfold(open_page("history", lang=language, **address)))
        if language == "vi":
            assert {piece: words for piece in shown if (words := english_in(piece))} == {}
            continue
        allowed = sorted({*official_titles(), "Nguyễn Thị Lan", "Số liệu công bố"}, key=len, reverse=True)
        left = []
        for piece in shown:
            for name in allowed:
                piece = piece.replace(name, " ")
            left += VIETNAMESE_LETTER.findall(piece)
        assert left == []

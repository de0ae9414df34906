"""A store that goes away under open pages: the figures stay, a sentence says so, and it ends by itself."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from indices.store import Store, StoreUnavailableError, watched
from tests.pages.conftest import MakeData
from tests.pages.desk_files import pci_file
from tests.pages.shown import open_page
from tests.pages.test_upload import button, dropped, say_yes

SAID = {
    "vi": r"Tạm thời chưa kết nối được với nơi lưu số liệu. "
    r"Số liệu đang xem là bản đọc được lúc \d\d/\d\d/\d{4} \d\d:\d\d; "
    r"lúc này chưa thể đưa vào, khôi phục hay đính chính. Trang tự trở lại bình thường khi kết nối được.",
    "en": r"The place where figures are kept does not answer at the moment. "
    r"The figures shown were read at \d+ \w+ \d{4}, \d\d:\d\d; nothing can be brought in, restored or "
    r"corrected now. The page returns to normal by itself.",
}


@pytest.fixture
def folder(make_data: MakeData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(watched, "LOOK_AGAIN", 0.0)
    make_data("pci/2022", "papi/2024")
    return tmp_path / "store"


def warnings(at) -> list[str]:
    assert not at.exception
    return [warning.value.replace("\\", "") for warning in at.warning]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_go_on_and_say_so_until_it_is_back(folder: Path, tmp_path: Path, language: str) -> None:
    at = open_page("index_detail", index="pci", lang=language)
    assert warnings(at) == []
    shutil.move(folder, tmp_path / "moved")
    at = at.run()
    (said,) = warnings(at)
    assert re.fullmatch(SAID[language], said)
    assert len(at.get("plotly_chart")) == 4
    # A page that nobody opened before, of another index.
    other = open_page("compare", index="papi", lang=language)
    assert warnings(other) == [said]
    assert len(other.get("plotly_chart")) > 0
    shutil.move(tmp_path / "moved", folder)
    assert warnings(at.run()) == []


def test_nothing_can_be_brought_in_meanwhile(folder: Path, tmp_path: Path) -> None:
    address = {"index": "pci", "edition": "2022", "lang": "vi"}
    before = open_page("history", **address)
    assert len(before.text_input) > 0
    shutil.move(folder, tmp_path / "moved")
    away = open_page("history", **address)
    assert len(warnings(away)) == 1
    assert len(away.text_input) == 0
    told = [info.value for info in away.info]
    sentence = "Nơi lưu số liệu đang không ghi được, nên lúc này không thể đưa vào, khôi phục hay đính chính."
    assert sentence in told
    shutil.move(tmp_path / "moved", folder)
    assert len(open_page("history", **address).text_input) == len(before.text_input)


def test_a_store_that_goes_away_at_the_yes_leaves_the_file_on_the_desk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = dropped(pci_file({"Bắc Giang": "70"}), "pci_2022.csv")

    def away(_: Store) -> None:
        raise StoreUnavailableError("here", "gone", "away")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Store, "current", away)
        at = say_yes(at)
    assert not at.exception
    assert [one.value for one in at.error] == [
        "Chưa lưu được: mất kết nối với nơi lưu số liệu. Chưa có gì thay đổi; hãy thử lại sau ít phút "
        "hoặc báo người phụ trách máy chủ."
    ]
    at = button(at, "Đưa vào").click().run()
    assert not at.exception
    assert len(Store.open(folder).history("PCI", "2022")) == 2

"""A store that goes away under open pages: the figures stay, a sentence says so, and it ends by itself."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from indices.store import watched
from tests.pages.conftest import MakeData
from tests.pages.shown import open_page, unfold

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
    open_page("overview", lang="vi")
    shutil.move(folder, tmp_path / "moved")
    for name in ("upload", "history"):  # a file may still be looked at: what is refused is the yes
        at = unfold(open_page(name, index="pci", lang="vi"))
        assert len(warnings(at)) == 1
        assert [button.label for button in at.button if "Khôi phục" in button.label] == []
        assert (name == "history") == any("Nơi lưu số liệu đang không ghi được" in i.value for i in at.info)
    shutil.move(tmp_path / "moved", folder)

"""Pictures on the server: their size and words, the font's letters, a browser that fails."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import threading
import time
import unicodedata
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import plotly.graph_objects as go
import pytest
from fontTools.ttLib import TTFont

from indices.analysis.refusal import Refusal
from indices.charts import LIGHT, Caption, component_bars, rank_lines
from indices.export.images import picture
from indices.export.kept_browser import BrowserError, KeptBrowser, installed_browser, sandbox_wanted
from indices.export.picture_page import FAMILY, PicturePage, font_file
from indices.export.picture_sizes import SIZES, dated, layout_for, sized
from indices.narrative.refusal import refusal_sentence

ROOT = Path(__file__).resolve().parents[2]
needs_browser = pytest.mark.skipif(installed_browser() is None, reason="no Chrome or Chromium installed")
MARKS = ["", *"\u0300\u0301\u0309\u0303\u0323"]
LETTERS = {unicodedata.normalize("NFC", base + mark) for base in "aăâeêioôơuưy" for mark in MARKS} | set(
    "bcdđghklmnpqrstvx"
)
CAPTION = Caption(
    "Thứ hạng PCI của tỉnh Bà Rịa - Vũng Tàu qua các năm đánh giá",
    "Hạng 1 ở trên cùng; nền màu là nhóm 15. Năm thiếu số liệu để trống, đường ngắt ở chỗ đổi phương pháp.",
    "Nguồn: Liên đoàn Thương mại và Công nghiệp Việt Nam (VCCI); đọc từ pcivietnam.vn.",
)


def figure() -> go.Figure:
    history = pd.DataFrame(
        {
            "province": "Bắc Giang",
            "year": [2020, 2021, 2022],
            "score": [64.0, 64.7, 72.8],
            "place": [27, 31, 2],
            "computed": False,
            "n_ranked": 63,
            "basis": "published",
            "segment": [1, 1, 2],
        }
    )
    made = rank_lines(history, focal="Bắc Giang", target_rank=15, caption=CAPTION, language="vi", theme=LIGHT)
    return dated(made, date(2026, 11, 26), "vi")


def png_size(content: bytes) -> tuple[int, int]:
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def words(content: bytes) -> str:
    """All text of an SVG, lines joined by a space."""
    texts = ElementTree.fromstring(content).iter("{http://www.w3.org/2000/svg}text")
    return " ".join(" ".join(part for part in text.itertext() if part) for text in texts)


def lines_of(spec: go.Figure, start: str) -> int:
    (note,) = [one for one in spec.to_dict()["layout"]["annotations"] if one["text"].startswith(start)]
    return len(note["text"].split("<br>"))


@pytest.mark.parametrize("name", SIZES)
def test_a_picture_has_the_shape_of_its_size_and_room_for_the_plot(name):
    size, chart = SIZES[name], figure()
    made = sized(chart, size).layout
    before = chart.layout

    assert made.height / made.width == pytest.approx(size.height / size.width, abs=1e-6)
    plot = made.height - made.margin.t - made.margin.b
    assert plot >= before.height - before.margin.t - before.margin.b == 330


@pytest.mark.parametrize(
    ("size", "narrowest", "smallest"),
    [("slide", 820, 14 * 1920 / 960), ("document", 680, 8 * 300 / 72), ("square", 640, 28)],
)
def test_the_smallest_letters_are_as_large_as_the_use_asks(size, narrowest, smallest):
    layout = layout_for(SIZES[size], lambda width: 100)

    assert layout.width == narrowest
    # A slide is 13.33 inches wide: 14 pt of its 960 pt are 28 px of 1920.
    assert 12 * layout.scale >= smallest - 0.9


def test_a_chart_that_needs_more_height_gets_a_wider_layout():
    assert layout_for(SIZES["slide"], lambda width: 720).width == 1280
    assert layout_for(SIZES["square"], lambda width: 1000).width == 1000


def test_lines_cut_for_a_phone_are_joined_where_a_picture_is_wide():
    chart = figure()

    assert (lines_of(chart, "Thứ hạng PCI"), lines_of(chart, "Nguồn")) == (2, 2)
    wide = sized(chart, SIZES["slide"])
    assert (lines_of(wide, "Thứ hạng PCI"), lines_of(wide, "Nguồn")) == (1, 1)


def test_names_of_rows_are_joined_too():
    parts = pd.DataFrame(
        {
            "component": ["entry"],
            "name": ["Gia nhập thị trường (Chi phí gia nhập thị trường)"],
            "scale_max": 10.0,
        }
    ).assign(score=7.0, target_score=None, median=None, best=None, place=None, n_provinces=None)
    chart = component_bars(parts, focal="Bắc Giang", caption=CAPTION, language="vi", theme=LIGHT)

    assert lines_of(chart, "Gia nhập") == 2
    assert lines_of(sized(chart, SIZES["slide"]), "Gia nhập") == 1


def test_sizing_and_dating_leave_the_figure_as_it_was():
    chart = figure()
    before = chart.to_json()
    sized(chart, SIZES["square"])
    dated(chart, date(2025, 1, 2), "en")

    assert chart.to_json() == before


def test_the_date_is_written_in_the_readers_language():
    english = dated(figure(), date(2026, 1, 2), "en").to_dict()["layout"]["annotations"][-1]["text"]

    assert "Made on 2 January 2026" in english


def test_every_vietnamese_letter_is_in_the_font():
    held = TTFont(font_file()).getBestCmap()
    wanted = LETTERS | {letter.upper() for letter in LETTERS}

    assert len(wanted) == 2 * 89
    assert {letter for letter in wanted if ord(letter) not in held} == set()


def test_the_page_for_pictures_asks_nothing_from_outside():
    page = PicturePage().generate_index()

    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert page.count("<script src=") == page.count('src="file://') == 2
    assert f"font-family:'{FAMILY}'" in page


@needs_browser
@pytest.mark.parametrize("name", SIZES)
def test_a_png_has_exactly_the_px_of_its_size(name):
    found = picture(figure(), name, "png")

    assert isinstance(found, bytes)
    assert png_size(found) == (SIZES[name].width, SIZES[name].height)


@needs_browser
def test_an_svg_holds_title_source_and_date_as_text():
    found = picture(figure(), "slide", "svg")

    assert isinstance(found, bytes)
    said = words(found)
    assert CAPTION.title in said
    assert CAPTION.subtitle in said
    assert CAPTION.source in said
    assert "Lập ngày 26/11/2026" in said


@needs_browser
def test_several_callers_wait_for_each_other():
    found: list[object] = []
    callers = [
        threading.Thread(target=lambda: found.append(picture(figure(), "slide", "svg"))) for _ in range(4)
    ]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(60)

    assert len(found) == 4
    assert all(isinstance(one, bytes) for one in found)


OPTIONS = {"format": "svg", "width": 400, "height": 300, "scale": 1}


@needs_browser
def test_a_browser_that_died_is_followed_by_another():
    kept = KeptBrowser(str(installed_browser()))
    try:
        kept.drawn(figure().to_dict(), OPTIONS)
        first = kept.process_id
        assert first is not None
        os.killpg(first, 9)
        assert b"<svg" in kept.drawn(figure().to_dict(), OPTIONS)
        assert kept.process_id not in (None, first)
    finally:
        kept.stop()
    assert kept.process_id is None


def alive(group: int) -> bool:
    """Whether a process of a group still runs (one that ended and was not waited for does not)."""
    found = subprocess.run(
        ["ps", "-o", "stat=", "-g", str(group)], capture_output=True, text=True
    ).stdout.split()
    return any(not state.startswith("Z") for state in found)


@needs_browser
def test_stopping_leaves_no_process_behind():
    kept = KeptBrowser(str(installed_browser()))
    kept.drawn(figure().to_dict(), OPTIONS)
    group = kept.process_id
    assert group is not None and alive(group)
    kept.stop()

    assert not alive(group)


@needs_browser
@pytest.mark.parametrize("end", ["", "import os; os.kill(os.getpid(), 9)"])
def test_the_end_of_the_program_ends_the_browser(end):
    program = (
        "from tests.unit.test_images import *\n"
        "from indices.export.kept_browser import kept_browser\n"
        "kept = kept_browser(installed_browser())\n"
        "kept.drawn(figure().to_dict(), OPTIONS)\n"
        f"print(kept.process_id, flush=True)\n{end}\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=90
    )
    group = int(ran.stdout.split()[0])
    until = time.monotonic() + 15
    while alive(group) and time.monotonic() < until:
        time.sleep(0.2)

    assert not alive(group)


def test_a_browser_that_hangs_is_ended_in_time(tmp_path):
    hanging = tmp_path / "chrome"
    hanging.write_text("#!/bin/sh\nexec sleep 600\n")
    hanging.chmod(0o755)
    kept = KeptBrowser(str(hanging), cold=2)
    started = time.monotonic()

    with pytest.raises(BrowserError, match="TimeoutError"):
        kept.drawn(figure().to_dict(), OPTIONS)
    assert time.monotonic() - started < 20
    assert kept.process_id is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_without_a_browser_the_way_in_the_browser_is_named(monkeypatch, language):
    monkeypatch.setenv("INDICES_CHROMIUM", "/nowhere/chromium")
    found = picture(figure(), "slide", "png")

    assert found == Refusal("no_browser")
    assert "Chrome" in refusal_sentence(found, language)
    assert "PNG" in refusal_sentence(found, language)


def test_a_browser_that_gives_nothing_is_told_in_words(monkeypatch, tmp_path):
    broken = tmp_path / "chrome"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("INDICES_CHROMIUM", str(broken))

    assert picture(figure(), "slide", "png") == Refusal("picture_failed")


def test_a_browser_shuts_itself_in_unless_told_that_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INDICES_CHROMIUM_SANDBOX", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 997, raising=False)
    assert sandbox_wanted()
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    assert not sandbox_wanted()
    monkeypatch.setattr(os, "geteuid", lambda: 997, raising=False)
    monkeypatch.setenv("INDICES_CHROMIUM_SANDBOX", "0")
    assert not sandbox_wanted()

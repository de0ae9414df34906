"""The page of slides: choices, the preview beside the files, an office's master, both languages."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import openpyxl
import pytest
from docx import Document
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from indices.charts.theme import DARK, LIGHT
from indices.export.content import ChartData, SeriesData, TableData
from indices.ui import data, export_data, export_files
from indices.ui.export_data import Choice
from indices.ui.export_master import OwnMaster
from indices.ui.export_preview import table_html
from indices.ui.export_sketch import bars, sketch
from tests.pages.shown import (
    LANGUAGES,
    address,
    alerts,
    assert_calm,
    control,
    html,
    open_page,
    text_of,
    texts,
    unfold,
)
from tests.pages.test_language import VIETNAMESE_LETTER, english_in, official_titles, without

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A PNG of one point."""
CHOICE = Choice("Bắc Giang", 15, "vi", None, None, None, date(2026, 11, 26))


def preview_titles(at: AppTest) -> list[str]:
    return [unescape(found) for found in re.findall(r"<h3>(.*?)</h3>", html(at))]


def deck_titles(content: bytes) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in Presentation(io.BytesIO(content)).slides]


def files(choice: Choice, mine: OwnMaster | None = None) -> dict[str, Callable[[], bytes]]:
    """What the buttons of a choice give, as a run of the page offers it."""
    data.begin_run()
    offered = export_files.offers(choice, export_data.story(choice), mine or OwnMaster())
    return {offer.kind: offer.make for offer in offered}


def master() -> bytes:
    """python-pptx's own template: 4:3, eleven layouts."""
    buffer = io.BytesIO()
    Presentation().save(buffer)
    return buffer.getvalue()


def button_names(at: AppTest) -> list[str]:
    return [button.proto.label for button in at.get("download_button")]


@pytest.mark.parametrize(
    ("n_slides", "chosen", "choice"),
    [
        (10, {}, CHOICE),
        (10, {"lang": "en", "target": "10"}, replace(CHOICE, language="en", target_rank=10)),
        (7, {"indices": "papi,pci", "year": "2022"}, replace(CHOICE, indices=("PCI", "PAPI"), year=2022)),
        (
            2,
            {"province": "yen-bai", "sections": "standing"},
            replace(CHOICE, province="Yên Bái", sections=("standing",)),
        ),
    ],
)
def test_what_is_seen_is_what_is_downloaded(n_slides: int, chosen: dict[str, str], choice: Choice) -> None:
    at = open_page("export", **chosen)
    assert_calm(at)
    made = deck_titles(files(choice)["deck"]())
    assert len(made) == n_slides
    assert preview_titles(at) == made


def test_the_preview_says_all_that_the_slides_say() -> None:
    shown = " ".join(text_of(html(open_page("export"))).split())
    deck = Presentation(io.BytesIO(files(CHOICE)["deck"]()))
    papi = deck.slides[4]
    bullets = next(shape for shape in papi.placeholders if shape.placeholder_format.idx == 1)
    for paragraph in bullets.text_frame.paragraphs:
        assert " ".join(paragraph.text.split()) in shown
    table = next(shape.table for shape in deck.slides[1].shapes if shape.has_table)
    for row in table.rows:
        for cell in row.cells:
            assert cell.text in shown


def test_choices_stand_in_the_address_as_codes() -> None:
    at = open_page("export")
    assert address(at) == {}
    control(at, "indices").set_value(["pci", "papi"]).run()
    control(at, "sections").set_value(["standing", "indices"]).run()
    control(at, "year").set_value("2021").run()
    assert_calm(at)
    assert address(at) == {"indices": "pci,papi", "sections": "standing,indices", "year": "2021"}
    assert [title.partition(":")[0] for title in preview_titles(at)] == [
        "Bắc Giang trong các chỉ số quản trị cấp tỉnh",
        "Bắc Giang",
        "PCI 2021",
        "PAPI 2020",
    ]


def test_a_link_is_taken_over_and_an_unknown_code_is_named() -> None:
    at = open_page("export", indices="par,xyz", year="1999", lang="vi")
    assert [alert[:40] for alert in alerts(at)] == [
        f"Địa chỉ ghi «{choice}» nhưng không có lựa chọn"[:40] for choice in ("indices=xyz", "year=1999")
    ]
    assert (control(at, "indices").value, control(at, "year").value) == (["par"], "newest")

    at = open_page("export", sections="takes,outlook", indices="papi")
    control(at, "lang").set_value("en").run()
    assert_calm(at)
    assert (control(at, "indices").value, control(at, "sections").value) == (["papi"], ["takes", "outlook"])
    assert len(preview_titles(at)) == 3


def test_links_rebuild_the_files_and_the_page() -> None:
    at = open_page("export", indices="papi,pci", sections="standing")
    control(at, "year").set_value("2021").run()
    at = unfold(at)
    asked = "lang=vi&province=bac-giang&target=15&indices=pci%2Cpapi"
    assert [code.value.partition("/")[2] for code in at.code] == [
        f"export?{asked}&sections=standing&year=2021",
        f"api/v1/deck.pptx?{asked}&sections=standing&year=2021",
        f"api/v1/workbook.xlsx?{asked}&year=2021",
        f"api/v1/brief.docx?{asked}&sections=standing&year=2021",
    ]
    control(at, "year").set_value("newest").run()
    assert not [code for code in at.code if "year" in code.value]


def test_the_heading_tells_how_many_slides_up_to_which_edition() -> None:
    assert "Trình chiếu Bắc Giang: 10 trang, số liệu đến năm đánh giá 2024" in html(open_page("export"))
    at = open_page("export", year="2021", lang="en")
    assert "Slides about Bac Giang: 10 pages, figures up to the edition of 2021" in html(at)


def test_no_file_is_made_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("made at a run of the page")

    for name in ("deck_bytes", "workbook", "brief_bytes"):
        monkeypatch.setattr(export_files, name, never)
    at = open_page("export", year="2020")
    assert_calm(at)
    assert len(button_names(at)) == len(files(CHOICE))


def test_a_file_is_made_once_for_a_choice_and_state(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = export_files.deck_bytes
    monkeypatch.setattr(export_files, "deck_bytes", lambda *given: (asked.append("deck"), real(*given))[1])
    choice = replace(CHOICE, target_rank=20)
    first = files(choice)["deck"]()
    assert files(choice)["deck"]() == first
    assert asked == ["deck"]
    files(replace(choice, sections=("takes",)))["deck"]()
    assert asked == ["deck", "deck"]


def test_the_workbook_tells_of_the_indices_chosen() -> None:
    content = files(replace(CHOICE, indices=("PAPI",), sections=("standing",)))["workbook"]()
    book = openpyxl.load_workbook(io.BytesIO(content))
    first = [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert "PAPI" in first
    assert "PCI" not in first
    assert len(book.sheetnames) > 5


def test_the_report_has_a_picture_or_says_why_not_and_is_then_made_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choice = replace(CHOICE, target_rank=30, year=2021)
    answers: list[bytes | None] = [None, None, PICTURE]
    asked: list[tuple[str, str | None]] = []

    def drawn_pictures(*_: object) -> Callable[[str, str | None], bytes | None]:
        return lambda name, index: (asked.append((name, index)), answers.pop(0))[1]

    monkeypatch.setattr(export_files, "drawn_pictures", drawn_pictures)
    make = files(choice)["brief"]
    without, with_ = Document(io.BytesIO(make())), Document(io.BytesIO(make()))
    assert (len(without.inline_shapes), len(with_.inline_shapes)) == (0, 1)
    told = "Báo cáo này không có hình: máy lập báo cáo chưa vẽ được biểu đồ."
    assert [any(told in line.text for line in one.paragraphs) for one in (without, with_)] == [True, False]
    n_asked = len(asked)
    make()
    assert len(asked) == n_asked == 3


def test_a_server_without_a_browser_says_that_the_report_has_no_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = "Máy chủ chưa có Chrome hoặc Chromium nên báo cáo chưa có hình"
    monkeypatch.setattr(export_files, "installed_browser", lambda: None)
    assert said in html(open_page("export"))
    monkeypatch.setattr(export_files, "installed_browser", lambda: "/usr/bin/chromium")
    assert said not in html(open_page("export"))


@pytest.mark.parametrize(
    ("kind", "ending", "name"),
    [
        ("bao-cao", "docx", "bao-cao-bac-giang-2026-11.docx"),
        ("slides", "pptx", "slides-bac-giang-2026-11.pptx"),
    ],
)
def test_files_are_named_for_kind_province_and_month(kind: str, ending: str, name: str) -> None:
    assert export_data.file_name(kind, "bac-giang", date(2026, 11, 3), ending) == name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_master_is_told_and_nothing_is_lost(language: str) -> None:
    at = open_page("export", lang=language, indices="papi", year="2022")
    before = preview_titles(at)
    unfold(at).file_uploader[0].upload("mau.pptx", b"PK\x03\x04 not a presentation").run()
    (told,) = alerts(at)
    lead, *problems = told.split("\n")
    assert lead.startswith({"vi": "Không dùng được mẫu này", "en": "This master cannot be used"}[language])
    assert len(problems) == 1 and len(problems[0]) > 40
    assert "mau.pptx" in html(at)
    assert preview_titles(at) == before
    assert address(at) == {"lang": language, "indices": "papi", "year": "2022"}
    assert len(button_names(at)) == len(files(CHOICE))

    away = [button for button in at.button if "master.away" in str(button.key)]
    away[0].click().run()
    assert_calm(at)
    assert "mau.pptx" not in html(at)


def test_a_master_is_used_and_kept_through_another_language_and_choice() -> None:
    at, content = open_page("export", lang="vi"), master()
    unfold(at).file_uploader[0].upload("mau.pptx", content).run()
    assert_calm(at)
    control(at, "lang").set_value("en").run()
    control(at, "sections").set_value(["standing"]).run()
    assert "Master of the slides: mau.pptx" in html(at)
    mine = at.session_state["own-master"]
    assert mine.usable == content


def test_slides_on_a_master_have_its_size_and_stay_in_the_session() -> None:
    mine = OwnMaster()
    mine.put("mau.pptx", master())
    choice = replace(CHOICE, sections=("standing", "outlook"))
    ours, theirs = files(choice)["deck"](), files(choice, mine)["deck"]()
    sizes = [
        (deck.slide_width, deck.slide_height)
        for deck in (Presentation(io.BytesIO(content)) for content in (ours, theirs))
    ]
    assert sizes == [(12191695, 6858000), (9144000, 6858000)]
    assert files(choice)["deck"]() == ours
    assert mine.made is not None and mine.made[1] == theirs


def test_a_province_without_figures_is_told(make_data: Callable[..., Any]) -> None:
    make_data("sipas/2015")
    at = open_page("export")
    assert_calm(at)
    assert "Chưa có số liệu nào của Bắc Giang để trình chiếu" in html(at)
    assert len(preview_titles(at)) == 5
    assert len(button_names(at)) == len(files(CHOICE))


def test_an_index_without_figures_says_so_and_the_others_stand(make_data: Callable[..., Any]) -> None:
    make_data("papi/2024")
    at = open_page("export", indices="papi,dti", sections="indices")
    assert_calm(at)
    assert preview_titles(at)[1:] == [
        "PAPI 2024: hạng 16/61 (tính toán); cần thêm 0,0525 điểm để vào nhóm 15",
        "DTI: chưa có số liệu nào của Bắc Giang",
    ]


@pytest.mark.parametrize("province", ["bac-giang", "ha-noi"])
def test_one_language_a_page(province: str) -> None:
    at = open_page("export", lang="vi", province=province)
    assert {piece: words for piece in texts(at) if (words := english_in(piece))} == {}
    at = open_page("export", lang="en", province=province)
    allowed = official_titles()
    left = {piece: VIETNAMESE_LETTER.findall(without(piece, allowed)) for piece in texts(at)}
    assert {piece: words for piece, words in left.items() if words} == {}


def test_charts_are_drawn_with_words_for_who_cannot_see_them() -> None:
    pictures = re.findall(
        r'<img src="data:image/svg\+xml;base64,[^"]+"[^>]*alt="([^"]+)"', html(open_page("export"))
    )
    assert len(pictures) == 5
    assert all(len(alt) > 40 for alt in pictures)


LINE = ChartData(
    "line",
    "Thứ hạng",
    ("2019", "2020", "2021", "2022"),
    (
        SeriesData("Mục tiêu", "target", (15.0, 15.0, 15.0, 15.0)),
        SeriesData("Bắc Giang", "focal", (40.0, 31.0, None, 2.0), (False, True, False, False)),
    ),
    reversed_axis=True,
    axis_max=45.0,
)


def marks(drawing: str) -> list[tuple[float, float, str]]:
    """Circles (published) and diamonds (computed), with what fills them, from left to right."""
    found = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="3" fill="([^"]+)"', drawing)
    diamonds = re.findall(r'<path d="M([\d.]+) ([\d.]+)L[^"]+Z" fill="([^"]+)"', drawing)
    places = [(float(x), float(y), fill) for x, y, fill in found]
    return sorted([*places, *((float(x), float(y) + 5, fill) for x, y, fill in diamonds)])


def test_a_drawing_has_rank_1_on_top_gaps_and_hollow_computed_places() -> None:
    drawing = sketch(LINE, LIGHT, "vi")
    (x2019, y40, solid), (x2020, y31, hollow), (x2022, y2, _) = marks(drawing)
    assert x2019 < x2020 < x2022
    assert x2020 - x2019 == pytest.approx((x2022 - x2020) / 2, abs=0.2)
    assert y2 < y31 < y40
    assert (solid, hollow) == (LIGHT.focal, LIGHT.background)
    # 2021 is no point of the line: one stretch of two, and a point alone.
    assert [path.count("L") for path in re.findall(r'<path d="M([^"Z]+)"', drawing)] == [3, 1]
    assert ">Mục tiêu</text>" in drawing
    assert re.findall(r'font-weight="700"[^>]*>([^<]+)<', drawing) == ["40", "2"]


def test_columns_stand_on_zero_in_the_colours_of_gain_and_loss() -> None:
    chart = ChartData(
        "column",
        "Điểm",
        ("a", "b"),
        (SeriesData("x", "gain", (2.0, None)), SeriesData("y", "loss", (None, -1.0))),
    )
    boxes = re.findall(
        r'<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)" fill="([^"]+)"',
        sketch(chart, DARK, "en"),
    )
    (top, high, gain), (below, low, loss) = [(float(y), float(h), fill) for y, h, fill in boxes]
    assert (gain, loss) == (DARK.met, DARK.missed)
    assert high == pytest.approx(2 * low, abs=0.2)
    assert below == pytest.approx(top + high, abs=0.2)


def test_bars_tell_their_figure_and_say_where_there_is_none() -> None:
    chart = ChartData(
        "bar",
        "Khả năng",
        ("PCI <1>", "DTI"),
        (SeriesData("%", "focal", (49.5, None)),),
        axis_max=100,
        suffix="%",
        decimals=1,
    )
    drawn = bars(chart, "vi")
    assert text_of(drawn) == "PCI <1> 49,5% DTI –"
    assert re.findall(r"--share:([\d.]+)", drawn) == ["0.4950", "0.0000"]


def test_cells_are_written_in_the_language_and_text_stays_text() -> None:
    table = TableData(("Chỉ số", "Điểm"), (("<b>PCI</b>", 72.8), ("DTI", None)), (0, 2))
    assert text_of(table_html(table, "Bảng", "vi")) == "Bảng Chỉ số Điểm <b>PCI</b> 72,80 DTI –"
    assert "72.80" in table_html(table, "Table", "en")

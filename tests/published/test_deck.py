"""Decks from the bundled figures: three provinces, two years, two languages, every number the answers'."""

import re
from datetime import date

import pandas as pd
import pytest

from indices.analysis import places, rank_history, status
from indices.analysis.as_of import as_of
from indices.analysis.field import field_history
from indices.analysis.gap import Gap, gap
from indices.analysis.outlook import Outlook, outlook
from indices.catalogue import Catalogue, load_catalogue
from indices.export.content import Slide, Story
from indices.export.slides import deck_bytes
from indices.export.story import told
from indices.export.story_answers import Answers, answers
from indices.export.telling import TITLE_ROOM, TITLE_SIZE
from indices.export.text_fit import n_lines
from indices.i18n import score
from indices.loaders.published import published_files, read_published
from tests.published.conftest import DATA
from tests.unit.decks import cached, charts, described, expected, notes, opened, overlapping, same

PROVINCES = ("Bắc Giang", "Cà Mau", "Đà Nẵng")
YEARS = (2024, 2019)
DAY = date(2026, 11, 24)
CASES = [(name, year, language) for name in PROVINCES for year in YEARS for language in ("vi", "en")]


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return load_catalogue(DATA / "catalogue")


@pytest.fixture(scope="module")
def tidy(known: Catalogue) -> pd.DataFrame:
    return pd.concat([read_published(path, known)[0] for path in published_files(DATA / "published")])


@pytest.fixture(scope="module")
def placed(known, tidy) -> dict[tuple[int, str], pd.DataFrame]:
    rows = {year: as_of(tidy, known, year) for year in YEARS}
    return {(year, index): places(rows[year], known, index) for year in YEARS for index in known.indices}


@pytest.fixture(scope="module")
def held(known, tidy) -> dict[tuple[str, int], Answers]:
    return {(name, year): answers(tidy, known, name, 15, year) for name in PROVINCES for year in YEARS}


@pytest.fixture(scope="module")
def stories(held) -> dict[tuple[str, int, str], Story]:
    return {case: told(held[case[:2]], case[2], made_on=DAY) for case in CASES}


def of_index(story: Story) -> dict[str, Slide]:
    return {str(one.index): one for one in story.slides if one.section == "index"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_default_deck_of_bac_giang_has_ten_slides(stories, language):
    story = stories["Bắc Giang", 2024, language]
    assert [one.index or one.section for one in story.slides] == [
        "standing", "PAR", "PCI", "PAPI", "SIPAS", "DTI", "takes", "outlook", "sources"
    ]  # fmt: skip
    assert len(opened(deck_bytes(story).content).slides) == 10


def test_facts_that_must_come_out_right(stories):
    titles = {key: one.title for key, one in of_index(stories["Bắc Giang", 2024, "vi"]).items()}
    assert titles["PAPI"].startswith(
        "PAPI 2024: hạng 16/61 (tính toán), giảm 6 bậc so với năm 2023; cần thêm 0,0525"
    )
    assert titles["PCI"].startswith("PCI 2024: hạng 4/63")
    assert titles["SIPAS"].startswith("SIPAS 2023: hạng 38/63")
    table = stories["Bắc Giang", 2019, "vi"].slides[0].table
    rows = {row[0]: row for row in table.rows}
    assert rows["SIPAS"][2] == "9/63"
    assert rows["PAPI"][2] == "4/63"
    assert rows["ICT"][2:5:2] == ("28/63", "Giảm 3 bậc so với năm 2018")


@pytest.mark.parametrize("case", CASES)
def test_titles_fit_two_lines_and_every_slide_has_its_words(stories, case):
    story = stories[case]
    for one in story.slides:
        assert n_lines(one.title, TITLE_ROOM, TITLE_SIZE, bold=True) <= 2, one.title
        assert one.notes and all(one.notes)
        assert one.chart or one.table or one.bullets
        assert len(one.alt) > 30 or not (one.chart or one.table)
        assert one.source
    assert len({one.title for one in story.slides}) == len(story.slides)


@pytest.mark.parametrize("case", CASES)
def test_lines_are_those_of_the_rank_history(stories, known, placed, case):
    name, year, _ = case
    for index, one in of_index(stories[case]).items():
        history = rank_history(placed[year, index], known, index, name)
        wanted = {
            str(row["year"]): (row["place"], row["computed"])
            for row in history.to_dict("records")
            if pd.notna(row["place"])
        }
        found = {}
        for series in one.chart.series:
            if series.role == "target":
                assert set(series.values) == {15.0}
                continue
            for at, value in enumerate(series.values):
                if value is not None:
                    assert one.chart.categories[at] not in found
                    found[one.chart.categories[at]] = (value, series.computed[at])
        assert found == wanted
        breaks = [spec.edition for spec in known.breaks_of(index)]
        for series in one.chart.series[1:]:
            years = [int(one.chart.categories[at]) for at, v in enumerate(series.values) if v is not None]
            assert not any(years[0] < cut <= years[-1] for cut in breaks)


@pytest.mark.parametrize("case", CASES)
def test_the_table_is_the_status_of_every_index(stories, known, placed, case):
    name, year, language = case
    for row in stories[case].slides[0].table.rows:
        field = placed[year, row[0]]
        history = rank_history(field, known, row[0], name)
        wanted = status(history, field_history(field, known, row[0], 15), 15)
        if wanted.empty:
            assert row[1:3] == (None, None)
            continue
        here = wanted.iloc[0]
        star = "*" if here["computed"] else ""
        assert row[1] == here["edition"]
        if pd.notna(here["place"]):
            assert row[2] == f"{here['place']}/{here['n_ranked']}{star}"
        if pd.notna(here["points_to_go"]) and here["points_to_go"]:
            away = abs(here["points_to_go"])
            assert (
                score(away, language, 4 if away < 0.1 else 2) in row[5] or score(away, language, 4) in row[5]
            )


@pytest.mark.parametrize("case", CASES)
def test_what_it_takes_is_the_gap(stories, known, tidy, case):
    name, year, language = case
    rows = as_of(tidy, known, year)
    table = next(one.table for one in stories[case].slides if one.section == "takes")
    for row in table.rows:
        index, edition = str(row[0]).split(" ")
        found = gap(rows, known, index, edition, name, 15)
        assert isinstance(found, Gap)
        to_go = found.summary["points_to_go"].iloc[0]
        if pd.notna(to_go) and to_go > 0:
            assert score(to_go, language, 4 if to_go < 0.1 else 2) in str(row[2])
        if row[4] is None:
            continue
        lost = found.lost[(found.lost["parent"] == "overall") & found.lost["own"].notna()]
        most = lost.loc[lost["lost"].idxmax()]
        assert row[4] in {score(most["lost"], language, digits) for digits in (2, 4)}
        assert str(row[3]).split(" (")[0].split(" / ")[0] in most[f"name_{language}"]


@pytest.mark.parametrize("case", [case for case in CASES if case[2] == "vi"])
def test_the_bars_are_the_chances_of_the_outlook(stories, held, known, tidy, case):
    name, year, _ = case
    one = next(one for one in stories[case].slides if one.section == "outlook")
    found = {}
    for category, value in zip(one.chart.categories, one.chart.series[0].values, strict=True):
        found[re.split(r"[ :]", category)[0]] = value
    tested = held[name, year].tested
    rows = as_of(tidy, known, year)
    for index, value in found.items():
        wanted = outlook(rows, known, index, name, 15, tested)
        assert value == (pytest.approx(wanted.row["chance"] * 100) if isinstance(wanted, Outlook) else None)


@pytest.mark.parametrize("case", CASES)
def test_the_file_holds_the_same_figures_and_nothing_overlaps(stories, case):
    story = stories[case]
    deck = opened(deck_bytes(story).content)
    assert len(deck.slides) == len(story.slides) + 1
    assert overlapping(deck) == []
    for page, one in zip(list(deck.slides)[1:], story.slides, strict=True):
        assert page.shapes.title.text_frame.text == one.title
        drawn = charts(page)
        assert len(drawn) == (one.chart is not None)
        if one.chart is not None:
            assert same(drawn[0].sheet, expected(one.chart))
            assert cached(drawn[0].space) == [list(series.values) for series in one.chart.series]
            assert drawn[0].alt == one.alt
        for shape in page.shapes:
            if shape.has_table:
                assert len(shape.table.rows) == len(one.table.rows) + 1
                assert described(shape) == one.alt
        assert all(note in notes(page) for note in one.notes)


def test_another_state_of_knowledge_is_another_deck(stories):
    now, then = (stories["Bắc Giang", year, "vi"] for year in YEARS)
    assert now.slides[0].title != then.slides[0].title
    years = [int(category) for one in of_index(then).values() for category in one.chart.categories]
    assert max(years) == 2019

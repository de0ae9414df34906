"""Every number of the report is one of the story, and with it of the answers: provinces, years, languages."""

import re
from datetime import date
from functools import cache

import pytest

from indices.analysis import field_history, places, rank_history, status
from indices.export.brief import brief_bytes
from indices.export.content import Story
from indices.export.story import told
from indices.i18n import LANGUAGES
from indices.i18n import place as written_place
from tests.published.exports import CASES, TARGET, answered, known, tidy
from tests.unit.opened_brief import grid, opened, paragraphs

ALL = [(*case, language) for case in CASES for language in LANGUAGES]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@cache
def story_of(province: str, year: int | None, language: str) -> Story:
    return told(answered(province, year).base, language, made_on=date(2026, 11, 24))


@cache
def document(province: str, year: int | None, language: str):
    return opened(brief_bytes(story_of(province, year, language)))


def sentences(story: Story) -> list[str]:
    """What a story says in words that a report may repeat."""
    found = [story.title, *story.subtitle.split("\n"), story.made_on]
    for slide in story.slides:
        found += [slide.title, *slide.bullets, *slide.leads, slide.source, *slide.footnotes]
        found += [slide.index] if slide.index else []
        if slide.table is not None:
            found += [str(cell) for row in (slide.table.heads, *slide.table.rows) for cell in row]
    return sorted({one.rstrip(".") for one in found if one}, key=len, reverse=True)


@pytest.mark.parametrize(("province", "year", "language"), ALL)
def test_a_number_in_the_report_stands_in_a_sentence_of_the_story(province, year, language):
    story = story_of(province, year, language)
    left = []
    for said in paragraphs(document(province, year, language)):
        for known_sentence in sentences(story):
            said = said.replace(known_sentence, " ")
        left += NUMBER.findall(re.sub(r"^\d\. ", "", said.strip()))
    assert left == []


@pytest.mark.parametrize(("province", "year", "language"), ALL)
def test_every_sentence_about_an_index_is_in_the_report(province, year, language):
    said = "\n".join(paragraphs(document(province, year, language)))
    for slide in story_of(province, year, language).slides:
        if slide.index is not None:
            assert len(slide.bullets) == 3
            assert [one for one in slide.bullets if one.rstrip(".") not in said] == []


@pytest.mark.parametrize(("province", "year", "language"), ALL)
def test_the_ranks_of_the_table_are_those_of_the_status(province, year, language):
    table = grid(document(province, year, language))
    shown = {row[0]: (row[1], row[2].rstrip("*"), row[2].endswith("*")) for row in table[1:]}
    expected = standings(province, year)
    assert {index: shown[index] for index in expected} == expected
    assert not any(NUMBER.search(shown[index][1]) for index in set(shown) - set(expected))


@cache
def standings(province: str, year: int | None) -> dict[str, tuple[str, str, bool]]:
    """Edition, place and whether it is computed, by index, worked out anew."""
    rows = tidy()
    rows = rows if year is None else rows[rows["edition"].str[:4].astype(int) <= year]
    found = {}
    for index in known().indices:
        placed = places(rows, known(), index)
        history = rank_history(placed, known(), index, province)
        state = status(history, field_history(placed, known(), index, TARGET), TARGET)
        for row in state.to_dict("records"):
            where = written_place(row["place"], row["n_ranked"])
            found[index] = (row["edition"], where, bool(row["computed"]))
    return found


def test_bac_giang_is_told_as_it_is_known():
    table = grid(document("Bắc Giang", None, "vi"))
    assert [row[2] for row in table[1:]] == ["4/63", "4/63", "16/61*", "38/63", "5/63", "9/63"]
    assert "0,0525" in table[3][5]
    assert "0.0525" in grid(document("Bắc Giang", None, "en"))[3][5]

"""Text that comes from files or the address is shown as text: no markup, no links, no formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.conftest import MakeData
from tests.pages.shown import chart_texts, charts, open_page, unfold
from tests.pages.test_bad_situations import edit

SCRIPT = "<script>alert(1)</script>"


def sources_with(data: Path, key: str, title: str) -> None:
    """A source without an address, which is then called by its title."""
    file = data / "catalogue" / "sources.csv"
    lines = file.read_text("utf-8-sig").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{key},"))
    lines[at] = f"{key},,{title},press"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("name", ["index_detail", "compare", "method"])
def test_markup_in_the_title_of_a_source(name: str, make_data: MakeData) -> None:
    data = make_data("papi/2024")
    key = (data / "published/papi/2024.csv").read_text("utf-8").splitlines()[1].split(",")[6]
    sources_with(data, key, SCRIPT)
    at = unfold(open_page(name, index="papi"))
    written = "\n".join(part.value for part in at.html)

    assert not at.exception
    assert SCRIPT not in written
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in written


def test_markup_in_a_chart_is_neutral_too(make_data: MakeData) -> None:
    data = make_data("papi/2024")
    key = (data / "published/papi/2024.csv").read_text("utf-8").splitlines()[1].split(",")[6]
    sources_with(data, key, '<a href="https://example.com">x</a>')
    words = [words for spec in charts(open_page("index_detail", index="papi")) for words in chart_texts(spec)]

    assert any("https://example.com" in piece for piece in words)
    assert [piece for piece in words if "<a href" in piece] == []


def test_markup_in_a_name_of_an_index(make_data: MakeData) -> None:
    data = make_data("papi/2024")
    edit(data / "catalogue" / "indices.csv", "Chỉ số năng lực cạnh tranh cấp tỉnh", f"Chỉ số {SCRIPT}")
    at = open_page("overview")
    written = "\n".join(part.value for part in at.html)

    assert not at.exception
    assert SCRIPT not in written
    assert "&lt;script&gt;" in written


def test_markdown_in_a_finding(make_data: MakeData) -> None:
    data = make_data("papi/2024")
    edit(data / "published" / "papi" / "2024.csv", "\nBắc Giang,", "\n[**x**](http://a.vn) <b>,")
    (error,) = open_page("overview").error

    assert "\\[\\*\\*x\\*\\*\\]\\(http\\:\u200b//a.vn\\) \\<b\\>" in error.value


@pytest.mark.parametrize("choice", ["province", "target", "lang"])
def test_markdown_in_the_address(choice: str) -> None:
    (warning,) = open_page("overview", **{choice: "[x](http://a.vn)"}).warning

    assert f"{choice}=\\[x\\]\\(http\\:\u200b//a.vn\\)" in warning.value

"""The sentences: the same keys and slots in both languages, every key known, every key used."""

import ast
import re
import string
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from indices.i18n import LANGUAGES, as_language, change, count, day, place, points, problem_text, score, text
from indices.i18n.texts import sentences
from indices.problem import Problem

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted([*ROOT.glob("*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("indices/**/*.py")])
KEYS = set(sentences("vi"))
GROUPS = {key.partition(".")[0] for key in KEYS}
SUBGROUPS = {key.rpartition(".")[0] for key in KEYS} - GROUPS
KEY = re.compile(r"[a-z]\w*(\.\w+)+")
FILES = (".csv", ".css", ".html", ".toml", ".png", ".pptx", ".docx", ".xlsx")
CHOICES = {"compare.rank", "compare.score"}
"""Names that look like keys: charts of the pages."""


def slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """Every node of the program's code, with the place it stands at; docstrings left out."""
    return tuple(_nodes())


def _nodes() -> Iterator[tuple[str, ast.AST]]:
    for script in SCRIPTS:
        tree, place = ast.parse(script.read_text(encoding="utf-8")), script.relative_to(ROOT)
        for node in ast.walk(tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                node.value.value = None
        for node in ast.walk(tree):
            yield f"{place}:{getattr(node, 'lineno', 0)}", node


def literals() -> Iterator[tuple[str, str]]:
    """Texts in the code that look like a key of ours ("menu.overview"), with their place."""
    for where, node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            value = node.value
            looks = KEY.fullmatch(value) and value.partition(".")[0] in GROUPS
            # What ends in "_" is the beginning of a key put together: see `patterns`.
            if looks and not value.endswith((*FILES, "_")) and value not in CHOICES:
                yield where, value


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Keys put together in the code (f"menu.{name}", "charts.status_" + state), as patterns."""
    for where, node in nodes():
        if isinstance(node, ast.JoinedStr):
            parts = [v.value if isinstance(v, ast.Constant) else None for v in node.values]
        elif isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant):
            parts = [node.left.value, None]
        else:
            continue
        first = parts[0]
        if isinstance(first, str) and "." in first and first.partition(".")[0] in GROUPS:
            written = "".join(r"\w+" if part is None else re.escape(str(part)) for part in parts)
            yield where, re.compile(written)


def groups_of_words() -> set[str]:
    """Groups whose keys are codes of the data: word("formula", row["formula"])."""
    return {
        str(node.args[0].value)
        for _, node in nodes()
        if isinstance(node, ast.Call) and called(node) == "word" and isinstance(node.args[0], ast.Constant)
    }


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_both_languages_have_the_same_keys():
    assert set(sentences("en")) == KEYS
    assert len(KEYS) > 300


def test_both_languages_have_the_same_slots():
    vi, en = sentences("vi"), sentences("en")
    assert {key: (slots(vi[key]), slots(en[key])) for key in KEYS if slots(vi[key]) != slots(en[key])} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty_or_has_a_space_too_many(language):
    found = sentences(language)
    assert [key for key in KEYS if not found[key].strip() or found[key] != found[key].rstrip()] == []


def test_every_key_in_the_code_exists():
    known = KEYS | SUBGROUPS
    assert [(where, key) for where, key in literals() if key not in known] == []


def test_every_key_put_together_in_the_code_can_exist():
    unknown = [
        (where, p.pattern) for where, p in patterns() if not any(p.fullmatch(key) for key in KEYS | SUBGROUPS)
    ]
    # Names of widgets that happen to begin with the name of a group.
    assert [(where, pattern) for where, pattern in unknown if "/ui/" not in where] == []


def test_every_key_is_used():
    used = {key for _, key in literals()} | groups_of_words()
    put_together = [pattern for _, pattern in patterns()]
    unused = {
        key
        for key in KEYS
        if key not in used
        and key.rpartition(".")[0] not in used
        and not any(pattern.fullmatch(key) for pattern in put_together)
    }
    assert unused == set()


def test_every_sentence_gets_its_slots():
    wrong = []
    for where, node in nodes():
        if not isinstance(node, ast.Call) or not node.args:
            continue
        key = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
        given = {keyword.arg for keyword in node.keywords}
        if called(node) != "text" or key not in KEYS or None in given:
            continue
        if missing := slots(sentences("vi")[str(key)]) - given:
            wrong.append((where, key, missing))
    assert wrong == []


def test_every_problem_code_has_a_sentence_and_every_sentence_a_code():
    written = set()
    for _, node in nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            written.add(node.value)
    codes = {key.removeprefix("problem.") for key in KEYS if key.startswith("problem.")}
    spoken = {code.removesuffix("_alone") for code in codes}
    assert spoken - {"row", "column"} - written == set()
    named = {
        node.args[0].value
        for _, node in nodes()
        if isinstance(node, ast.Call)
        and called(node) in ("Problem", "report")
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(named) > 15
    assert named - codes == set()


def test_help_of_the_command_line_has_every_word_it_asks_for():
    asked = {
        node.args[0].value
        for _, node in nodes()
        if isinstance(node, ast.Call) and called(node) == "words" and isinstance(node.args[0], ast.Constant)
    }
    commands = {"editions", "table", "status", "catalogue", "check"}
    assert asked | commands == {key.removeprefix("cli.help.") for key in KEYS if key.startswith("cli.help.")}


def test_a_text_raises_where_a_key_or_a_slot_is_missing():
    assert text("overview.edition", "vi", edition="2022") == "Năm 2022"
    with pytest.raises(KeyError):
        text("overview.nothing_of_that_name", "vi")
    with pytest.raises(KeyError):
        text("overview.edition", "vi")
    with pytest.raises(KeyError):
        text("overview.edition", "vi", year="2022")


def test_languages():
    assert LANGUAGES == ("vi", "en")
    assert as_language("vi") == "vi"
    assert as_language("fr") is None
    assert as_language(None) is None


def test_a_problem_is_a_sentence_with_its_place():
    problem = Problem("not_a_number", "pci/2019.csv", 7, "score", "7o")
    assert problem_text(problem, "vi").startswith("pci/2019.csv, dòng 7, cột «score»: «7o» không phải số")
    assert problem_text(problem, "en").startswith("pci/2019.csv, row 7, column")
    assert problem_text(Problem("file_missing", "x.csv"), "vi").startswith("x.csv: không tìm thấy")


@pytest.mark.parametrize(
    ("written", "vi", "en"),
    [
        (lambda language: score(71.234, language), "71,23", "71.23"),
        (lambda language: score(71.0, language), "71,00", "71.00"),
        (lambda language: score(0.12345, language, 4), "0,1234", "0.1234"),
        (lambda language: score(0.0, language), "0,00", "0.00"),
        (lambda language: score(None, language), "–", "–"),
        (lambda language: score(float("nan"), language), "–", "–"),
        (lambda language: score(pd.NA, language), "–", "–"),
        (lambda language: count(41863, language), "41.863", "41,863"),
        (lambda language: count(0, language), "0", "0"),
        (lambda language: count(None, language), "–", "–"),
        (lambda language: change(3, language), "+3", "+3"),
        (lambda language: change(-29, language), "−29", "−29"),
        (lambda language: change(0, language), "0", "0"),
        (lambda language: change(-0.0525, language, 4), "−0,0525", "−0.0525"),
        (lambda language: change(-0.001, language, 2), "0,00", "0.00"),
        (lambda language: change(None, language), "–", "–"),
        (lambda language: place(9, 63), "9/63", "9/63"),
        (lambda language: place(9, None), "9", "9"),
        (lambda language: place(None, 63), "–", "–"),
        (lambda language: day(date(2020, 7, 1), language), "01/07/2020", "1 July 2020"),
    ],
)
def test_numbers_and_dates(written, vi, en):
    assert (written("vi"), written("en")) == (vi, en)


def test_decimals_worth_showing():
    assert (points(1), points(10), points(100), points(None)) == (4, 2, 2, 2)

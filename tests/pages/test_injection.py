"""Texts from outside that would run, tried in every field that a page later shows: they stay texts.

What a browser makes of them is in tests/browser/test_injection.py.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from indices.access import tokens
from indices.access.actor import LOCAL, Actor
from indices.access.audit import AuditLog
from indices.access.roles import Role
from indices.export.tables import csv_bytes
from indices.i18n import Language
from indices.settings import from_environment
from indices.store import Store
from tests.pages.conftest import MakeData
from tests.pages.desk_files import pci_file, scores
from tests.pages.hostile_texts import HOSTILE, PIECES, acting, assert_only_text
from tests.pages.people import ADMINISTRATOR, ANALYST, APPROVER, claims_of, open_as, rule
from tests.pages.shown import (
    PAGES,
    PROJECT,
    RUN_LIMIT_SECONDS,
    html,
    open_page,
    script,
    text_of,
    texts,
    unfold,
)
from tests.pages.test_history import corrected, praised
from tests.pages.test_upload import button, dropped, say_yes

ADDRESS = (
    "index",
    "province",
    "target",
    "edition",
    "lang",
    "component",
    "since",
    "against",
    "version",
    "year",
    "group",
    "split",
    "within",
    "measure",
    "download",
    "filename",
    "template",
    "template_edition",
    "components",
    "proposal",
    "dimension",
    "place",
    "score",
    "changes",
    "any",
)
"""Every choice that some page reads from its address, and some that none does."""


@pytest.fixture(autouse=True)
def small_store(make_data: MakeData) -> Path:
    """A store of its own for each test: PCI 2021 and 2022, PAPI 2024."""
    return make_data("pci/2021", "pci/2022", "papi/2024")


def store() -> Store:
    return Store.open(from_environment().store)


def seen(at: AppTest, piece: str = "<script>q7()</script>") -> bool:
    """Whether a text is there to be read, so that a test does not pass for want of it."""
    return any(piece in said.replace("\\", "").replace("\u200b", "") for said in shown(at))


def shown(at: AppTest) -> list[str]:
    """Every text of a page; tags within them are text here."""
    return [
        text_of(html(at)),
        *(str(one.value) for kind in (at.warning, at.error, at.success) for one in kind),
    ]


@pytest.mark.parametrize("name", PAGES)
def test_an_address_of_every_page(name: str) -> None:
    turn = PAGES.index(name)
    given = {choice: PIECES[(at + turn) % len(PIECES)] for at, choice in enumerate(ADDRESS)}
    at = open_page(name, **given)
    assert_only_text(at)
    assert any("q7" in said for said in shown(at))


def hostile_book() -> bytes:
    """PCI 2022 with such texts as title, heading, note, source and a province's name; openpyxl takes any."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "q7 &amp; <b onload=q7()>"
    sheet.append([HOSTILE])
    sheet.append(["Tỉnh, thành phố", "Điểm PCI 2022", "Ghi chú", "Nguồn", HOSTILE])
    for province, score in scores().items():
        sheet.append([province, float(score), HOSTILE, HOSTILE, HOSTILE])
    sheet["A4"] = f"{sheet['A4'].value} {HOSTILE}"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_cells_headings_sheet_and_name_of_a_workbook() -> None:
    at = unfold(dropped(hostile_book(), f"{HOSTILE}.xlsx"))
    assert_only_text(at)
    assert seen(at)


@pytest.fixture
def kept() -> None:
    """PCI 2022 kept from a file with such texts, with such texts said about it, and one figure corrected."""
    at = dropped(pci_file({"Bắc Giang": "70"}, {"Ghi chú": HOSTILE, "Nguồn": HOSTILE}), f"{HOSTILE}.csv")
    at = say_yes(at, by=HOSTILE, source=HOSTILE, reason=HOSTILE)
    assert_only_text(at)
    assert len(store().history()) == 4
    at = corrected("71", source=HOSTILE, by=HOSTILE, why=HOSTILE)
    assert_only_text(at)
    assert len(praised(at)) == 1


@pytest.mark.usefixtures("kept")
def test_what_was_kept_on_every_page() -> None:
    read = []
    for name in PAGES:
        language = "vi" if PAGES.index(name) % 2 else "en"
        at = unfold(open_page(name, index="pci", edition="2022", lang=language))
        assert_only_text(at)
        if seen(at):
            read.append(name)
    assert {"index_detail", "compare", "directive", "history", "method"} <= set(read)


@pytest.mark.parametrize("value", [PIECES[0], PIECES[3], PIECES[6]])
def test_a_figure_that_is_none(value: str) -> None:
    at = corrected(value)
    assert_only_text(at)
    assert seen(at, value.strip()[:20])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_table_taken_away_begins_no_formula(language: Language) -> None:
    log = AuditLog(store())
    for sign in ("=", "+", "-", "@", "\t=", "\r=", "\n=", "\uff1d"):
        log.record(Actor(f"{sign}q7", Role.VIEWER, "token"), "export", "refused", {"what": HOSTILE})
    content = csv_bytes(log.entries(), language).decode("utf-8-sig")
    cells = [
        cell
        for row in csv.reader(io.StringIO(content, newline=""), delimiter=";" if language == "vi" else ",")
        for cell in row
    ]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d"))] == []
    assert sum(cell.startswith("'") and cell.endswith("q7") for cell in cells) == 8


def test_the_name_of_a_master() -> None:
    at = unfold(open_page("export"))
    (uploader,) = at.file_uploader
    at = unfold(uploader.upload(f"{HOSTILE}.pptx", b"PK").run())
    assert_only_text(at)
    assert seen(at)


def signed_in(page: str, **claims: Any) -> AppTest:
    """A page as somebody sees it of whom the provider says these things."""
    at = AppTest.from_file(str(PROJECT / "dashboard.py"), default_timeout=RUN_LIMIT_SECONDS)
    at.user = claims_of("x@bacgiang.gov.vn") | claims
    if page != "overview":
        at.switch_page(script(page))
    return at.run()


@pytest.mark.parametrize(
    ("role", "claims"),
    [
        ("", {"email": f"{PIECES[1]}@bacgiang.gov.vn", "sub": HOSTILE}),
        ("viewer", {"email": None, "email_verified": None, "sub": HOSTILE, "name": HOSTILE}),
        ("administrator", {"email": f"{HOSTILE}@bacgiang.gov.vn", "email_verified": False, "sub": HOSTILE}),
    ],
)
def test_what_the_provider_says_of_somebody(
    claims: Mapping[str, Any], role: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule(tmp_path, monkeypatch, roles=f'[claim.roles]\n{role} = ["q7"]' if role else "[roles]")
    at = signed_in(
        "administration" if role == "administrator" else "history", **claims, groups=["q7", HOSTILE]
    )
    assert_only_text(at)
    assert seen(at, "q7()")


def test_names_of_tokens_and_whoever_is_in_the_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule(tmp_path, monkeypatch)
    for piece in PIECES:
        tokens.make(store(), piece, Role.VIEWER, LOCAL, 30)
        what = {"what": piece, "why": piece, piece: piece}
        AuditLog(store()).record(Actor(piece, Role.VIEWER, "signed_in"), piece, "refused", what)
    at = open_as(ADMINISTRATOR, "administration")
    assert_only_text(at)
    assert seen(at)
    (name,) = [field for field in at.text_input if field.key.endswith(".name")]
    name.set_value(PIECES[3])
    made: Any = button(at, "Tạo mã")
    at = made.click().run()
    assert_only_text(at)
    assert praised(at)[0].replace("\u200b", "").count(PIECES[3]) == 1


def test_rules_with_such_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = HOSTILE.replace("\\", "").replace("'", "")
    switches = f"'{written}' = 1\nsession_hours = '{written}'"
    rule(tmp_path, monkeypatch, switches)
    assert_only_text(open_page("history"))
    rule(
        tmp_path,
        monkeypatch,
        roles=f"[roles]\nadministrator = ['{ADMINISTRATOR}']\n[claim]\nname = '{written}'",
    )
    assert_only_text(open_as(ADMINISTRATOR, "administration"))


def test_a_proposal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule(tmp_path, monkeypatch, "approval = true")
    at = open_as(ANALYST, "upload")
    content = pci_file({"Bắc Giang": "70"}, {"Ghi chú": HOSTILE})
    at = at.file_uploader[0].upload(f"{HOSTILE}.csv", content).run()
    for field in at.text_input:
        if field.key.startswith("yes."):
            field.set_value(HOSTILE)
    for tick in at.checkbox:
        tick.check()
    sent: Any = button(at, "Gửi đi duyệt")
    assert_only_text(sent.click().run())

    theirs = unfold(open_as(APPROVER, "proposals"))
    assert_only_text(theirs)
    assert seen(theirs)
    (why,) = [field for field in theirs.text_input if field.key.startswith("decide.")]
    why.set_value(HOSTILE)
    declined: Any = button(theirs, "Không duyệt")
    assert_only_text(declined.click().run())
    mine = open_as(ANALYST, "proposals")
    assert_only_text(mine)
    assert sum(said.count("<script>q7()</script>") for said in texts(mine)) == 0  # escaped where it is text
    assert seen(mine)
    assert_only_text(open_as(ADMINISTRATOR, "administration"))


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<p>&lt;script&gt;q7()&lt;/script&gt;</p>", []),
        ("<p><script>q7()</script></p>", ["script"]),
        ('<img alt="q7" src="x">', []),
        ('<img alt="" onerror=q7()>', ["img onerror=q7()"]),
        ('<a href="javascript:q7()">', ["a href=javascript:q7()"]),
    ],
)
def test_the_eye_of_these_tests_sees(markup: str, found: list[str]) -> None:
    assert acting(markup) == found

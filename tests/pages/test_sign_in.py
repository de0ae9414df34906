"""Who sees what: the door, the menu, the words about who is there, and forms that know who acts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from indices.access import sign_ins, tokens
from indices.access.audit import AuditLog
from indices.access.gate import ForbiddenError
from indices.catalogue import load_catalogue
from indices.intake import Answers, take_in
from indices.settings import from_environment
from indices.store import Store
from indices.ui import data, decision_form, permission, visitor
from indices.ui.visitor import Visitor
from tests.pages.conftest import MakeData
from tests.pages.desk_files import pci_file
from tests.pages.people import ADMINISTRATOR, ANALYST, APPROVER, STRANGER, VIEWER, claims_of, open_as, rule
from tests.pages.shown import alerts, assert_calm, open_page, rows, texts
from tests.pages.test_history import fill, praised
from tests.pages.test_language import english_in
from tests.pages.test_upload import button

SHARED = ["Đưa số liệu vào", "Chờ duyệt", "Quản trị"]


@pytest.fixture(autouse=True)
def small_store(make_data: MakeData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own for each test: version 1 is PCI 2022."""
    rule(tmp_path, monkeypatch)
    return make_data("pci/2022")


def store() -> Store:
    return Store.open(from_environment().store)


def log() -> list[tuple[str, str, str]]:
    """The audit log, oldest first: who, what, outcome."""
    found = AuditLog(store()).entries().iloc[::-1]
    return list(zip(found["actor"], found["action"], found["outcome"], strict=True))


def menu(at: AppTest) -> list[str]:
    """Those links of the menu that not everybody has."""
    return [one.proto.label for one in at.get("page_link") if one.proto.label in SHARED]


def heading(at: AppTest) -> str:
    (found,) = [part.value for part in at.html if 'class="headline"' in part.value]
    return str(found).split('<h1 class="headline">')[1].split("</h1>")[0]


@pytest.mark.parametrize(
    ("who", "age", "said"),
    [
        (None, 60, "Hãy đăng nhập để xem"),
        (STRANGER, 60, "Tài khoản này chưa được cấp quyền"),
        (VIEWER, 12 * 3600 + 5, "Phiên đăng nhập đã hết hạn"),
    ],
)
def test_who_may_not_view_stands_before_the_door(who: str | None, age: float, said: str) -> None:
    at = open_as(who, "history", age=age)
    assert (heading(at), alerts(at)) == (said, [])
    assert "Bắc Giang" not in "\n".join(texts(at))
    assert [one.label for one in at.button] == ["Đăng xuất" if who == STRANGER else "Đăng nhập"]
    assert [word for piece in texts(at) for word in english_in(piece)] == []
    turned_away = [entry for entry in log() if entry[2] == "refused"]
    assert turned_away == ([(STRANGER, "view", "refused")] if who == STRANGER else [])


@pytest.mark.parametrize(
    ("who", "links"),
    [
        (VIEWER, []),
        (ANALYST, ["Đưa số liệu vào", "Chờ duyệt"]),
        (APPROVER, ["Đưa số liệu vào", "Chờ duyệt"]),
        (ADMINISTRATOR, SHARED),
    ],
)
def test_the_menu_names_what_a_role_may_do(
    who: str, links: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule(tmp_path, monkeypatch, "approval = true")
    at = open_as(who, "history")
    assert_calm(at)
    assert menu(at) == links
    assert f"Đang đăng nhập: {who}" in texts(at)
    assert log() == [(who, "sign_in", "done")]
    at.run()
    assert len(log()) == 1


def test_alone_on_this_machine_nobody_signs_in() -> None:
    at = open_page("history")
    assert menu(at) == ["Đưa số liệu vào"]
    said = "Một người dùng, ngay trên máy này: không cần đăng nhập, được làm mọi việc."
    assert said in texts(at)
    assert [one.label for one in at.button] == []
    assert log() == []


def test_open_to_all_who_may_only_view(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule(tmp_path, monkeypatch, "public_viewing = true")
    at = open_as(None, "history")
    assert_calm(at)
    assert "Chưa đăng nhập: chỉ xem." in texts(at)
    assert [one.label for one in at.button] == ["Đăng nhập"]
    at = open_as(None, "upload")
    assert [one.value for one in at.info] == ["Việc này dành cho chuyên viên trở lên. Hãy đăng nhập trước."]


def test_nobody_is_above_the_administrator() -> None:
    at = open_as(APPROVER, "administration")
    assert [one.value for one in at.info] == [
        "Việc này dành cho người quản trị; bạn đang có quyền người duyệt."
    ]


def test_rules_that_cannot_be_read_leave_viewing_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = rule(tmp_path, monkeypatch)
    file.write_text("[roles\n", encoding="utf-8")
    at = open_page("upload")
    (warned,) = [one.value for one in at.warning]
    assert warned.startswith("Tệp phân quyền đang có lỗi")
    assert list(at.file_uploader) == []


def test_a_change_bears_the_name_of_who_signed_in() -> None:
    at = open_as(ANALYST, "history", index="pci", edition="2022")
    assert [field.label for field in at.text_input if ".by." in field.key] == []
    at = fill(at, "correct.PCI.2022.", "Đính chính", value="73,05", source="https://pcivietnam.vn")
    assert_calm(at)
    assert praised(at) == ["Đã đính chính từ 72,8 thành 73,05: phiên bản mới 2."]
    assert store().history().iloc[0]["added_by"] == ANALYST
    assert log()[1:] == [(ANALYST, "change", "done")]


def test_a_role_taken_away_counts_at_the_press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = open_as(ANALYST, "history", index="pci", edition="2022")
    rule(tmp_path, monkeypatch, roles=f'[roles]\nviewer = ["{ANALYST}"]')
    at = fill(at, "withdraw", "Rút phiên bản")
    (said,) = alerts(at)
    assert "Việc này dành cho chuyên viên trở lên; bạn đang có quyền người xem." in said
    assert log()[1:] == [(ANALYST, "change", "refused")]
    assert len(store().current()) == 1


def test_signing_out_ends_the_sign_in_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_ins, "_over", set())
    at, other = open_as(ANALYST, "history"), open_as(ANALYST, "history", index="pci", edition="2022")
    button(at, "Đăng xuất").click().run()
    assert log() == [(ANALYST, "sign_in", "done"), (ANALYST, "sign_out", "done")]

    monkeypatch.setattr(sign_ins, "_over", set())  # as another server, which was not told
    assert heading(open_as(ANALYST, "history")) == "Đã đăng xuất"
    monkeypatch.setattr(sign_ins, "_over", set())
    fill(other, "withdraw", "Rút phiên bản")
    assert len(store().current()) == 1
    assert log()[-1] == ("", "change", "refused")


def test_an_open_page_at_another_server_is_closed_by_its_next_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_ins, "_over", set())
    at, other = open_as(ANALYST, "history"), open_as(ANALYST, "history")
    button(at, "Đăng xuất").click().run()
    monkeypatch.setattr(sign_ins, "_over", set())  # as another server, which was not told
    monkeypatch.setattr(visitor, "_elsewhere", sign_ins.Elsewhere())
    assert heading(other.run()) == "Đã đăng xuất"
    assert "Bắc Giang" not in "\n".join(texts(other))


def test_a_file_asked_for_after_signing_out_at_another_server_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sign_ins, "_over", set())
    asking = Visitor("signed", claims_of(VIEWER))
    data.begin_run()
    monkeypatch.setattr(permission, "visitor_now", lambda: asking)
    give = permission.exported("all.csv", lambda: b"12345")
    assert give() == b"12345"
    assert log() == [(VIEWER, "export", "done")]
    sign_ins.end(store(), asking.actor(), claims_of(VIEWER))
    monkeypatch.setattr(sign_ins, "_over", set())
    with pytest.raises(ForbiddenError):
        give()
    assert log()[2:] == [("", "export", "refused")]


def test_a_file_that_could_not_be_made_is_written_down_with_the_number_of_its_failure(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> bytes:
        raise ValueError("a name of somebody")

    data.begin_run()
    with monkeypatch.context() as asking, pytest.raises(ValueError, match="somebody"):
        asking.setattr(permission, "visitor_now", lambda: Visitor("signed", claims_of(VIEWER)))
        permission.exported("deck.pptx", broken)()
    assert log() == [(VIEWER, "export", "failed")]
    told = AuditLog(store()).entries()["what"][0]
    (logged,) = [one.message for one in caplog.records if one.message.startswith("deck.pptx failure ")]
    assert json.loads(told) == {"what": "deck.pptx", "failure": logged.split()[-1]}

    page = open_as(ADMINISTRATOR, "administration", audit_outcome="failed")
    about = [line[-3:] for line in rows(page, "Kết quả")]
    assert about == [["tải về", "không thành", f"deck.pptx · mã lỗi {logged.split()[-1]}"]]


def test_the_administrator_makes_and_revokes_a_token_and_reads_the_log() -> None:
    at = open_as(ADMINISTRATOR, "administration")
    assert_calm(at)
    assert ["chuyên viên", ANALYST] in rows(at, "Ai")
    (name,) = [field for field in at.text_input if field.key.endswith(".name")]
    name.set_value("Power BI")
    at = button(at, "Tạo mã").click().run()
    (shown,) = [one.value for one in at.code]
    actor = tokens.actor_of(store(), shown)
    assert actor is not None
    assert (actor.name, actor.role) == ("Power BI", "viewer")
    at = at.run()
    assert list(at.code) == []
    assert "ppi_" not in "\n".join(texts(at))

    at = button(at, "Thu hồi").click().run()
    assert praised(at) == ["Đã thu hồi mã số 1."]
    assert tokens.actor_of(store(), shown) is None
    about = [line[-3:] for line in rows(at, "Kết quả")]
    assert ["thu hồi mã truy cập", "đã làm", "mã số 1 · Power BI"] in about
    assert [word for piece in texts(at) for word in english_in(piece) if "Power" not in piece] == []


def test_a_file_goes_to_a_second_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule(tmp_path, monkeypatch, "approval = true")
    at = open_as(ANALYST, "upload")
    at = at.file_uploader[0].upload("pci_2022.csv", pci_file({"Bắc Giang": "70"})).run()
    for field in at.text_input:
        if field.key.startswith("yes."):
            field.set_value("https://pcivietnam.vn")
    for tick in at.checkbox:
        tick.check()
    at = button(at, "Gửi đi duyệt").click().run()
    assert_calm(at)
    assert len(store().history()) == 1

    mine = open_as(ANALYST, "proposals")
    assert [one.label for one in mine.button] == ["Rút lại đề nghị", "Đăng xuất"]
    theirs = open_as(APPROVER, "proposals")
    assert "Con số: thêm 0 ô, đổi 1 ô, bỏ 177 ô." in texts(theirs)
    no = button(theirs, "Không duyệt").click().run()
    assert alerts(no) == ["Hãy ghi vì sao không duyệt."]
    with monkeypatch.context() as meanwhile:  # the catalogue changed: the file is read as something else now
        unfit = take_in("pci_2022.csv", b"x", load_catalogue(from_environment().catalogue), Answers())
        meanwhile.setattr(decision_form, "with_source", lambda *_: unfit)
        no = button(no, "Duyệt và đưa vào").click().run()
    assert (alerts(no)[0][:40], len(store().history())) == ("Số liệu vừa được người khác đổi. Hãy xem", 1)
    yes = button(no, "Duyệt và đưa vào").click().run()
    assert_calm(yes)
    assert praised(yes) == ["Đã duyệt đề nghị số 1: phiên bản mới 2."]
    newest = store().history().iloc[0]
    assert (newest["added_by"], newest["version"]) == (ANALYST, 2)
    assert log()[-1] == (APPROVER, "approve", "done")

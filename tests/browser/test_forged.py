"""What may not be done is refused and written down: by pages, by messages no page sent, by the endpoints."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from indices.access import tokens
from indices.access.actor import commanding
from indices.access.roles import Role
from tests.browser.forging import Drawn, pressed, session, typed
from tests.browser.signing_in import (
    ADMINISTRATOR,
    ANALYST,
    APPROVER,
    STRANGER,
    UNVERIFIED,
    VIEWER,
    Served,
    not_signed_in,
    served,
    signed_in,
)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")  # the provider's own

HISTORY = ("history", "index=pci&edition=2022")
NO_RIGHTS = "Chưa làm việc này."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for this file: nothing that is tried here changes its figures but what says so."""
    with served(tmp_path_factory.mktemp("forged")) as found:
        yield found


@pytest.fixture(scope="module")
def correction(server: Served) -> list[WidgetState]:
    """The message of an analyst's own page that corrects a figure, never sent by that page."""
    with session(server.url, signed_in(server.url, ANALYST)) as window:
        drawn = window.run(*HISTORY)
        form = "correct.PCI.2022.0.vi"
        return [
            typed(drawn.widget(f"{form}.value"), "71,5"),
            typed(drawn.widget(f"{form}.source"), "https://pcivietnam.vn"),
            typed(drawn.widget("correct.PCI.2022.why"), "Gõ nhầm"),
            pressed(drawn.widget(f"FormSubmitter:{form}")),
        ]


def sent_by(server: Served, cookies: dict[str, str], states: list[WidgetState]) -> Drawn:
    """What a window drew that first looks at the history and then sends `states`."""
    with session(server.url, cookies) as window:
        window.run(*HISTORY)
        return window.run(*HISTORY, states)


def n_versions(server: Served) -> int:
    return len(server.store.history("PCI", "2022"))


@pytest.mark.parametrize("who", [VIEWER, STRANGER, UNVERIFIED, None])
def test_a_forged_correction_is_refused_and_written_down(
    server: Served, correction: list[WidgetState], who: str | None
) -> None:
    cookies = signed_in(server.url, who) if who else not_signed_in(server.url)
    before = len(server.refused())
    drawn = sent_by(server, cookies, correction)
    assert NO_RIGHTS in drawn.texts()
    assert n_versions(server) == 1
    actor, action = server.refused()[-1]
    # An address that the provider has not verified is nobody's name: the log has the provider's own code.
    assert (actor, action) == (who or "", "change")
    assert len(server.refused()) - before == (2 if who in (STRANGER, UNVERIFIED) else 1)


def test_every_button_that_acts_is_refused_to_a_viewer(server: Served) -> None:
    keys = {
        "yes.1.vi-Đưa vào": "upload",
        "restore.form.0-Khôi phục": "change",
        "withdraw.form.0-Rút phiên bản": "change",
        "decide.1.vi-Duyệt và đưa vào": "approve",
        "token.0.vi-Tạo mã": "administer",
        "revoke.0.vi-Thu hồi": "administer",
    }
    before = len(server.refused())
    states = [pressed(f"$$ID-{number:032x}-FormSubmitter:{key}") for number, key in enumerate(keys)]
    sent_by(server, signed_in(server.url, VIEWER), states)
    found = server.refused()[before:]
    assert sorted(found) == sorted((VIEWER, action) for action in keys.values())


@pytest.mark.parametrize(
    ("who", "page"),
    [(VIEWER, "upload"), (VIEWER, "proposals"), (ANALYST, "administration"), (APPROVER, "administration")],
)
def test_a_page_draws_no_control_that_its_visitor_may_not_use(server: Served, who: str, page: str) -> None:
    with session(server.url, signed_in(server.url, who)) as window:
        drawn = window.run(page)
    assert "Việc này dành cho" in drawn.texts()
    assert [key for key in drawn.widgets() if "FormSubmitter" in key or "upload.file" in key] == []


@pytest.mark.parametrize("who", [STRANGER, None])
def test_who_may_not_view_sees_no_figure_on_any_page(server: Served, who: str | None) -> None:
    cookies = signed_in(server.url, who) if who else not_signed_in(server.url)
    for page in ("", "history", "data", "upload", "administration"):
        with session(server.url, cookies) as window:
            drawn = window.run(page)
        kinds = {element.WhichOneof("type") for element in drawn.elements}
        assert "Bắc Giang" not in drawn.texts()
        assert kinds <= {"html", "button", "button_group", "markdown"}


def test_a_role_taken_away_counts_before_the_next_press(
    server: Served, correction: list[WidgetState]
) -> None:
    with session(server.url, signed_in(server.url, ANALYST)) as window:
        window.run(*HISTORY)
        server.rule(text="[roles]\nviewer = ['*@bacgiang.gov.vn']\n")
        try:
            drawn = window.run(*HISTORY, correction)
        finally:
            server.rule()
    assert NO_RIGHTS in drawn.texts()
    assert (n_versions(server), server.refused()[-1]) == (1, (ANALYST, "change"))


def test_a_sign_in_that_has_expired_counts_no_more(server: Served, correction: list[WidgetState]) -> None:
    with session(server.url, signed_in(server.url, ANALYST)) as window:
        window.run(*HISTORY)
        server.rule(hours=0.0001)
        try:
            drawn = window.run(*HISTORY, correction)
        finally:
            server.rule()
    assert "Phiên đăng nhập đã hết hạn" in drawn.texts()
    assert (n_versions(server), server.refused()[-1]) == (1, ("", "change"))


def test_cookies_kept_after_signing_out_are_worthless(server: Served, correction: list[WidgetState]) -> None:
    kept = signed_in(server.url, ANALYST)
    with session(server.url, kept) as other_window, session(server.url, kept) as window:
        other_window.run(*HISTORY)
        out = window.run(*HISTORY).widget("sign_out.")
        window.run(*HISTORY, [pressed(out)])
        assert server.audit("sign_out")["actor"].iloc[0] == ANALYST
        drawn = other_window.run(*HISTORY, correction)
        assert "Đã đăng xuất" in drawn.texts()
    assert "Đã đăng xuất" in sent_by(server, kept, correction).texts()
    assert (n_versions(server), server.refused()[-1]) == (1, ("", "change"))


def test_cookies_that_somebody_changed_are_no_sign_in(server: Served, correction: list[WidgetState]) -> None:
    whole = signed_in(server.url, ANALYST)
    other = {**whole, "_streamlit_user": whole["_streamlit_user"][:-2] + "xx"}
    assert "Hãy đăng nhập để xem" in sent_by(server, other, correction).texts()
    assert httpx2.get(f"{server.url}/api/v1/status", cookies=other, timeout=60).status_code == 401
    assert n_versions(server) == 1
    # Two runs of the page and one request: by pages and by endpoints it is written down once a minute.
    found = server.audit("sign_in")
    refused = found[found["outcome"] == "refused"]
    assert list(refused["what"]) == ['{"why": "bad_cookie"}'] * 2
    assert set(refused["actor"]) == {""}


@pytest.mark.parametrize("kind", ["clear_cache", "debug_shutdown_runtime"])
def test_messages_of_the_frameworks_developers_do_nothing(server: Served, kind: str) -> None:
    message = BackMsg(**{kind: True})
    with session(server.url, signed_in(server.url, VIEWER)) as window:
        before = window.run(*HISTORY).texts()
        window.send(message)
        assert window.run(*HISTORY).texts() == before
    counted = httpx2.get(f"{server.url}/api/metrics", timeout=60).text
    assert 'indices_refused_total{limit="message"}' in counted


@pytest.mark.parametrize("path", ["gap?index=pci&province=bac-giang", "deck.pptx?province=bac-giang"])
def test_the_endpoints_refuse_too(server: Served, path: str) -> None:
    store, by = server.store, commanding("test")
    url = f"{server.url}/api/v1/{path}"
    revoked = tokens.make(store, f"revoked {path[:3]}", Role.VIEWER, by, 1)
    tokens.revoke(store, int(tokens.known_tokens(store)["token"].max()), by)
    asked = {
        "nobody": ({}, {}),
        "stranger": ({}, signed_in(server.url, STRANGER)),
        "no token": ({"Authorization": "Bearer ppi_" + "a" * 43}, {}),
        "revoked": ({"Authorization": f"Bearer {revoked}"}, {}),
    }
    before = len(server.refused())
    answered = {}
    for name, (headers, cookies) in asked.items():
        answered[name] = httpx2.get(url, headers=headers, cookies=cookies, timeout=60).status_code
    assert answered == {"nobody": 401, "stranger": 403, "no token": 401, "revoked": 401}
    assert (STRANGER, "view") in server.refused()[before:]


def test_the_same_message_works_for_whom_it_is_meant(server: Served, correction: list[WidgetState]) -> None:
    """Last in this file: what was refused above fails for want of a right, not of a good message."""
    drawn = sent_by(server, signed_in(server.url, ADMINISTRATOR), correction)
    assert "Đã đính chính từ 72,8 thành 71,5" in drawn.texts().replace("\\", "")
    assert n_versions(server) == 2
    assert server.store.history("PCI", "2022").iloc[0]["added_by"] == ADMINISTRATOR
    done = server.audit("change").iloc[0]
    assert (done["actor"], done["outcome"], done["how"]) == (ADMINISTRATOR, "done", "signed_in")

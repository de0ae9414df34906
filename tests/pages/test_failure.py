"""A page that fails tells so in the reader's language, without a trace of the program."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def page_that_failed() -> None:
    from indices.ui.failure import tell_failure

    assert tell_failure(ValueError("secret detail")) is True


@pytest.mark.parametrize(
    ("language", "begins"), [("vi", "Trang này gặp lỗi"), ("en", "This page met an unexpected fault")]
)
def test_failure_is_told_with_a_number_the_log_has(language, begins, caplog):
    app = AppTest.from_function(page_that_failed)
    app.session_state["address.codes"] = {"lang": language}
    app.run()
    assert not app.exception
    (shown,) = app.error
    assert shown.value.startswith(begins)
    assert "secret" not in shown.value
    (logged,) = [record for record in caplog.records if record.message.startswith("Page failure")]
    assert logged.message.split()[-1] in shown.value


def page_whose_store_went_away() -> None:
    from indices.store import StoreUnavailableError
    from indices.ui.failure import tell_failure

    assert tell_failure(StoreUnavailableError("postgresql://server/db", "secret detail", "away")) is True


@pytest.mark.parametrize(
    ("language", "begins"),
    [
        ("vi", "Nơi lưu số liệu vừa không trả lời, nên chưa hiện được trang này."),
        ("en", "The place where figures are kept has just not answered, so this page cannot be shown yet."),
    ],
)
def test_a_store_that_goes_away_under_a_page_is_no_unexpected_fault(language: str, begins: str) -> None:
    app = AppTest.from_function(page_whose_store_went_away)
    app.session_state["address.codes"] = {"lang": language}
    app.run()
    (shown,) = app.error
    assert shown.value.startswith(begins)
    assert "secret" not in shown.value
    assert "server/db" not in shown.value

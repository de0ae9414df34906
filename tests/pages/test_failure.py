"""A page that fails tells so in the reader's language, without a trace of the program."""

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

"""What is worked out before the first reader is what the first reader is shown."""

from typing import Any

import pytest

from indices.ui import overview, warm
from tests.pages.shown import assert_calm, open_page, texts


def nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: Any) -> Any:
        raise AssertionError("made during a reader's run")

    for name in ("_glance", "_detail"):
        monkeypatch.setattr(overview, name, refuse)


def test_the_first_reader_finds_the_overview_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    warm.warm()
    nothing_is_made(monkeypatch)
    at = open_page("overview")
    assert_calm(at)
    assert any("Bắc Giang: 4/6 chỉ số trong nhóm 15" in said for said in texts(at))


def test_every_other_province_is_ready_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert next(warm.warm_rest()) == "An Giang"
    nothing_is_made(monkeypatch)
    at = open_page("overview", province="an-giang")
    assert_calm(at)
    assert any("An Giang: " in said for said in texts(at))


def test_a_target_nobody_chose_beforehand_is_made_then(monkeypatch: pytest.MonkeyPatch) -> None:
    warm.warm()
    nothing_is_made(monkeypatch)
    at = open_page("overview", target="10")
    assert len(at.exception) == 1  # the other two tests can fail

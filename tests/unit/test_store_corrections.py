"""Declared corrections: a version with a document, whatever it corrects, and what does not fit."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from indices.store import (
    CorrectionError,
    Store,
)
from tests.unit.conftest import values
from tests.unit.stored import FIRST, add
from tests.unit.stored import store as store


def correct(store: Store, **changed: object):
    given = {
        "index": "X",
        "edition": "2020",
        "province": "A",
        "component": "overall",
        "field": "score",
        "old": 90.0,
        "new": 91.25,
    }
    told = {"by": "An", "reason": "typing error", "source": "notice-7"}
    given, told = ({name: changed.get(name, value) for name, value in part.items()} for part in (given, told))
    return store.correct(*given.values(), **told)


def test_a_declared_correction_is_a_version_with_a_document(store: Store):
    add(store, FIRST)
    version = correct(store, reason="gõ nhầm")
    assert values(store.table(), "province", "score", "rank", "basis", "source", "note") == [
        ("A", 91.25, 1, "published", "notice-7", "score: 90 → 91.25. gõ nhầm"),
        ("B", 80.0, None, "published", "s", ""),
    ]
    content = store.content(version.version)
    assert hashlib.sha256(content).hexdigest() == version.sha256
    assert json.loads(content.decode("utf-8")) == {
        "what": {"index": "X", "edition": "2020", "province": "A", "component": "overall", "field": "score"},
        "from": 90,
        "to": 91.25,
        "why": "gõ nhầm",
        "source": "notice-7",
        "by": "An",
    }
    newest = store.history().iloc[0]
    assert (newest["version"], newest["file_name"]) == (version.version, "X-2020-correction.json")
    assert (newest["added_by"], newest["reason"], newest["origin"]) == ("An", "gõ nhầm", "upload")
    assert json.loads(newest["report"]) == {"corrects": 1}
    # And back.
    assert values(store.difference(1, version.version), "field", "old", "new", "old_text", "new_text") == [
        ("score", 90.0, 91.25, None, None),
        ("source", None, None, "s", "notice-7"),
        ("note", None, None, "", "score: 90 → 91.25. gõ nhầm"),
    ]
    store.withdraw(version.version, by="An", reason="")
    assert store.table().equals(FIRST)


def test_a_bundled_figure_is_corrected_by_an_upload_and_a_note_is_kept(store: Store):
    add(store, FIRST.assign(note="percent"), "bundled")
    correct(store, field="rank", old=1, new=2)
    assert values(store.table(), "province", "rank", "note") == [
        ("A", 2, "percent; rank: 1 → 2. typing error"),
        ("B", None, "percent"),
    ]


def test_a_missing_figure_is_filled_in_and_one_taken_out(store: Store):
    add(store, FIRST)
    correct(store, province="B", field="rank", old=None, new=2)
    correct(store, province="A", field="score", old=90, new=None)
    assert values(store.table(), "province", "score", "rank", "note") == [
        ("A", None, 1, "score: 90 → –. typing error"),
        ("B", 80.0, 2, "rank: – → 2. typing error"),
    ]


@pytest.mark.parametrize(
    ("changed", "code", "held"),
    [
        ({"old": 89.0}, "other_value", 90.0),
        ({"old": None}, "other_value", 90.0),
        ({"province": "B", "field": "rank", "old": 2, "new": 1}, "other_value", None),
        ({"new": 90.0}, "no_change", 90.0),
        ({"province": "C"}, "no_figure", None),
        ({"component": "part"}, "no_figure", None),
        ({"edition": "2021"}, "nothing_held", None),
        ({"index": "Y"}, "nothing_held", None),
        ({"new": float("inf")}, "wrong_figure", None),
        ({"field": "rank", "old": 1, "new": 1.5}, "wrong_figure", None),
        ({"field": "rank", "old": 1, "new": 0}, "wrong_figure", None),
        ({"field": "note"}, "wrong_field", None),
        ({"field": "version"}, "wrong_field", None),
    ],
)
def test_a_correction_that_does_not_fit(store: Store, changed: dict, code: str, held: float | None):
    add(store, FIRST)
    with pytest.raises(CorrectionError) as caught:
        correct(store, **changed)
    assert (caught.value.code, caught.value.held) == (code, held)
    assert isinstance(caught.value, ValueError)
    assert store.state() == "1.0"


def test_of_two_corrections_of_a_figure_at_once_one_goes_in(store: Store):
    add(store, FIRST)

    def work(n: int) -> str:
        try:
            correct(store, new=100.0 + n)
        except CorrectionError as fault:
            return fault.code
        return "done"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(work, range(4))) == ["done", *["other_value"] * 3]
    assert store.state() == "2.0"

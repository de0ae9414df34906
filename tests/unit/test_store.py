"""The store: what is current, what stays in the history, and what a failing addition leaves (nothing)."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pyarrow as pa
import pytest

from indices.store import (
    AlreadyHeldError,
    Store,
    StoreUnavailableError,
    UnknownVersionError,
)
from indices.store.tables import figures as figure_rows
from indices.tidy import TIDY_DTYPES, as_tidy, tidy_from_columns
from tests.unit.conftest import figures, values
from tests.unit.stored import FIRST, SECOND, THIRD, add, held
from tests.unit.stored import store as store


def test_an_empty_store(store: Store):
    assert store.current() == {}
    assert store.state() == "0.0"
    assert store.history().empty
    assert store.table().empty
    assert dict(store.table().dtypes) == TIDY_DTYPES


def test_a_table_comes_back_as_it_went_in(store: Store):
    version = add(store)
    pd.testing.assert_frame_equal(store.table(), FIRST)
    assert dict(store.table().dtypes) == TIDY_DTYPES
    assert store.current() == {("X", "2020"): version}
    pd.testing.assert_frame_equal(store.version_table(version), FIRST)


def test_a_plain_pandas_table_is_stored_alike(store: Store):
    plain = pd.DataFrame(FIRST.to_dict("records")).assign(rank=[1.0, float("nan")])
    add(store, plain)
    assert held(store) == [("2020", "A", 90.0, 1), ("2020", "B", 80.0, None)]


def test_the_file_is_kept_byte_for_byte(store: Store):
    content = "\ufefftỉnh;điểm\r\n".encode() + bytes(range(256))
    version = store.add(FIRST, origin="upload", by="An", reason="", file_name="x.csv", content=content)
    assert store.content(version.version) == content
    assert version.sha256 == hashlib.sha256(content).hexdigest()


def test_history_tells_who_when_why_newest_first(store: Store):
    before = pd.Timestamp.now(tz="UTC")
    one, two = add(store), add(store, SECOND)
    found = store.history("X", "2020")
    assert values(found, "version", "origin", "added_by", "reason", "file_name") == [
        (two, "upload", "An", "yearly table", "2020.csv"),
        (one, "upload", "An", "yearly table", "2020.csv"),
    ]
    assert "content" not in found
    assert before <= found["added_at"].min() <= pd.Timestamp.now(tz="UTC")
    assert found["withdrawn_at"].isna().all()
    assert store.history("Y").empty
    assert store.history("X", "2019").empty


def test_the_newest_upload_is_current(store: Store):
    add(store, FIRST)
    add(store, SECOND)
    assert held(store) == [("2020", "A", 91.0, 1), ("2020", "B", 85.0, 2)]


def test_an_upload_beats_a_bundled_version_of_any_age(store: Store):
    upload = add(store, FIRST)
    add(store, SECOND, "bundled", b"second")
    assert store.current() == {("X", "2020"): upload}


def test_the_newest_bundled_version_is_current_without_uploads(store: Store):
    add(store, FIRST, "bundled", b"first")
    newer = add(store, SECOND, "bundled", b"second")
    assert store.current() == {("X", "2020"): newer}
    assert store.bundled_hashes() == {("X", "2020"): hashlib.sha256(b"second").hexdigest()}


def test_the_same_bundled_file_twice_is_refused(store: Store):
    add(store, FIRST, "bundled", b"first")
    with pytest.raises(AlreadyHeldError):
        add(store, FIRST, "bundled", b"first")
    assert store.state() == "1.0"


def test_withdrawing_brings_back_what_was_before(store: Store):
    bundled = add(store, FIRST, "bundled")
    older, newer = add(store, THIRD), add(store, SECOND)
    store.withdraw(newer, by="Bình", reason="wrong year")
    assert store.current() == {("X", "2020"): older}
    store.withdraw(older, by="Bình", reason="wrong year")
    assert store.current() == {("X", "2020"): bundled}
    store.withdraw(bundled, by="Bình", reason="wrong year")
    assert store.table().empty
    # Nothing is deleted.
    assert len(store.history()) == 3
    assert values(store.history(), "withdrawn_by") == [("Bình",)] * 3
    assert store.history()["withdrawn_at"].notna().all()
    pd.testing.assert_frame_equal(store.version_table(newer), SECOND)


def test_withdrawing_twice_changes_nothing(store: Store):
    version = add(store)
    store.withdraw(version, by="Bình", reason="first")
    state = store.state()
    store.withdraw(version, by="Chi", reason="second")
    assert store.state() == state
    assert values(store.history(), "version", "withdrawn_by") == [(version, "Bình")]


def test_restoring_is_a_new_version_with_the_old_rows_and_file(store: Store):
    old = add(store, FIRST, content=b"first")
    add(store, SECOND, content=b"second")
    new = store.restore(old, by="Bình", reason="the old table was right")
    assert store.current() == {("X", "2020"): new.version}
    pd.testing.assert_frame_equal(store.table(), FIRST)
    assert store.content(new.version) == b"first"
    assert values(store.history(), "version", "restores", "added_by")[0] == (new.version, old, "Bình")
    assert len(store.history()) == 3


def test_every_change_changes_the_state(store: Store):
    states = [store.state()]
    version = add(store)
    states.append(store.state())
    store.withdraw(version, by="", reason="")
    states.append(store.state())
    store.restore(version, by="", reason="")
    states.append(store.state())
    assert len(set(states)) == 4


def test_a_failing_addition_leaves_nothing(store: Store):
    add(store)
    state = store.state()
    twice = pd.concat([SECOND, SECOND], ignore_index=True)
    with pytest.raises(StoreUnavailableError):
        add(store, twice)
    assert store.state() == state
    assert len(store.history()) == 1
    with store.database.engine.connect() as connection:
        assert len(connection.execute(figure_rows.select()).all()) == len(FIRST)


@pytest.mark.parametrize("editions", [[], ["2020", "2021"]])
def test_a_version_is_of_one_edition(store: Store, editions: list[str]):
    tables = [FIRST.assign(edition=edition) for edition in editions] or [FIRST.iloc[:0]]
    with pytest.raises(ValueError, match=f"not {len(editions)}"):
        add(store, as_tidy(pd.concat(tables)))
    assert store.state() == "0.0"


def test_an_unknown_version(store: Store):
    for ask in (
        store.content,
        store.version_table,
        lambda version: store.restore(version, by="", reason=""),
        lambda version: store.withdraw(version, by="", reason=""),
    ):
        with pytest.raises(UnknownVersionError):
            ask(7)


def test_threads_may_read_and_add_at_once(store: Store):
    def work(n: int) -> int:
        for _ in range(5):
            store.table()
        return add(store, figures(f"edition province score\n2020 A {n}"), content=b"%d" % n)

    with ThreadPoolExecutor(8) as pool:
        versions = list(pool.map(work, range(8)))
    assert len(set(versions)) == 8
    assert store.current() == {("X", "2020"): max(versions)}
    assert held(store) == [("2020", "A", float(versions.index(max(versions))), None)]


def test_a_score_that_is_no_number_is_a_missing_one(store: Store):
    nan = FIRST.copy()
    nan["score"] = pd.array(pa.array([90.0, float("nan")]), dtype=TIDY_DTYPES["score"])
    add(store, nan)
    assert held(store) == [("2020", "A", 90.0, 1), ("2020", "B", None, None)]
    with pytest.raises(AlreadyHeldError):
        add(store, figures("edition province score rank\n2020 A 90 1\n2020 B - -"))


def test_text_of_every_kind_comes_back(store: Store):
    notes = [
        "a\tb\nc\\d",
        '"x",;|',
        "\\N",
        "",
        "Thừa Thiên - Huế\u0301",
        "\\.",
        "\n\\.\n",
        "'); DROP TABLE versions;--",
    ]
    table = pd.concat([FIRST.iloc[:1].assign(province=f"P{at}", note=note) for at, note in enumerate(notes)])
    table = as_tidy(table)
    add(store, table)
    assert store.table()["note"].tolist() == notes
    with pytest.raises(AlreadyHeldError):
        add(store, table)


def test_provinces_come_in_order_of_code_points(store: Store):
    names = ["Đồng Nai", "An Giang", "Ấn", "an giang", "Cà Mau", "Zz"]
    add(store, as_tidy(pd.concat([FIRST.iloc[:1].assign(province=name) for name in names])))
    assert store.table()["province"].tolist() == ["An Giang", "Cà Mau", "Zz", "an giang", "Đồng Nai", "Ấn"]


def test_more_rows_than_go_at_a_time(store: Store):
    n = 45_000
    rows = {
        "province": [f"P{at:05d}" for at in range(n)],
        "score": [None if at % 7 == 0 else at / 8 for at in range(n)],
        "rank": list(range(n)),
        "note": [f"note {at}" for at in range(n)],
    }
    same = {
        "index": "X",
        "edition": "2020",
        "component": "overall",
        "n_ranked": n,
        "basis": "b",
        "source": "s",
    }
    table = tidy_from_columns({**rows, **{name: [value] * n for name, value in same.items()}})
    add(store, table)
    pd.testing.assert_frame_equal(store.table(), table)
    with pytest.raises(AlreadyHeldError):
        add(store, table.iloc[::-1])

"""The store: what is current, what stays in the history, and what a failing addition leaves (nothing)."""

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from indices.store import (
    AlreadyHeldError,
    CorrectionError,
    Store,
    StoreUnavailableError,
    UnknownVersionError,
)
from indices.store.engine import server_engine
from indices.store.tables import figures as figure_rows
from indices.store.tables import files as file_rows
from indices.store.tables import metadata
from indices.store.tables import versions as version_rows
from indices.tidy import TIDY_DTYPES, as_tidy, tidy_from_columns
from tests.unit.conftest import figures, values

SERVER = os.environ.get("INDICES_TEST_POSTGRES_URL", "")
FIRST = figures("edition province score rank\n2020 A 90 1\n2020 B 80 -")
SECOND = figures("edition province score rank\n2020 A 91 1\n2020 B 85 2")
NEXT = figures("edition province score rank\n2021 A 70 1")
LATER = figures("edition province score rank\n2022 A 60 1")
THIRD = figures("edition province score rank\n2020 A 92 1\n2020 B 85 2")


@pytest.fixture(params=["file", "memory", "postgresql"])
def store(request, tmp_path: Path):
    if request.param == "file":
        yield Store.open(tmp_path / "new" / "folder")
    elif request.param == "memory":
        yield Store.in_memory()
    elif SERVER:
        engine = server_engine(SERVER)
        metadata.drop_all(engine)
        yield Store.open(tmp_path, SERVER)
        metadata.drop_all(engine)
        engine.dispose()
    elif os.environ.get("INDICES_REQUIRE_POSTGRES") == "1":
        pytest.fail("INDICES_TEST_POSTGRES_URL is not set")
    else:
        pytest.skip("no PostgreSQL server named by INDICES_TEST_POSTGRES_URL")


def add(store: Store, table: pd.DataFrame = FIRST, origin: str = "upload", content: bytes = b"first") -> int:
    return store.add(
        table, origin=origin, by="An", reason="yearly table", file_name="2020.csv", content=content
    ).version


def held(store: Store) -> list[tuple]:
    return values(store.table(), "edition", "province", "score", "rank")


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


def test_a_file_of_several_editions_is_kept_once(store: Store):
    content = "ba năm trong một tệp".encode() * 1000
    made = store.add_all([FIRST, NEXT], by="An", reason="panel", file_name="panel.csv", content=content)
    assert [(v.version, v.index, v.edition, v.origin) for v in made] == [
        (1, "X", "2020", "upload"),
        (2, "X", "2021", "upload"),
    ]
    assert {v.sha256 for v in made} == {hashlib.sha256(content).hexdigest()}
    assert [store.content(v.version) for v in made] == [content, content]
    with store.database.engine.connect() as connection:
        kept = connection.execute(file_rows.select()).all()
        assert [(row.sha256, row.content) for row in kept] == [(made[0].sha256, content)]
        assert {row.content for row in connection.execute(version_rows.select())} == {b""}
    # Restored or added again for another edition: still the one copy.
    store.restore(1, by="An", reason="")
    store.add_all([LATER], by="An", reason="", file_name="panel.csv", content=content)
    with store.database.engine.connect() as connection:
        assert len(connection.execute(file_rows.select()).all()) == 1
    assert store.content(4) == content


def test_tables_of_several_editions_go_in_all_or_none(store: Store):
    add(store, FIRST)
    twice = pd.concat([NEXT, NEXT], ignore_index=True)
    with pytest.raises(StoreUnavailableError):
        store.add_all([SECOND, twice], by="An", reason="", file_name="x.csv", content=b"two")
    assert store.state() == "1.0"
    assert held(store) == [("2020", "A", 90.0, 1), ("2020", "B", 80.0, None)]
    with store.database.engine.connect() as connection:
        assert len(connection.execute(file_rows.select()).all()) == 1


@pytest.mark.parametrize(
    "tables", [[], [FIRST, SECOND], [FIRST, NEXT.iloc[:0]]], ids=["none", "same", "empty"]
)
def test_what_cannot_be_added_together(store: Store, tables: list[pd.DataFrame]):
    with pytest.raises(ValueError, match=r"nothing to add|two tables of one edition|not 0"):
        store.add_all(tables, by="An", reason="", file_name="x.csv", content=b"")
    assert store.state() == "0.0"


def test_what_is_held_already_is_left_out_and_refused_where_it_is_all(store: Store):
    version = add(store, FIRST)
    same = FIRST.iloc[::-1].reset_index(drop=True)
    with pytest.raises(AlreadyHeldError) as caught:
        add(store, same, content=b"saved again")
    assert (caught.value.index, caught.value.edition, caught.value.version) == ("X", "2020", version)
    made = store.add_all([same, NEXT], by="An", reason="", file_name="x.csv", content=b"two")
    assert [v.edition for v in made] == ["2021"]
    assert len(store.history()) == 2


@pytest.mark.parametrize("column", ["score", "rank", "n_ranked", "basis", "source", "note"])
def test_a_difference_in_any_column_is_a_change(store: Store, column: str):
    add(store, FIRST)
    other = FIRST.copy()
    other.loc[1, column] = {"score": 80.5, "rank": 2, "n_ranked": 63, "note": "so"}.get(column, "inferred")
    assert add(store, other) > 0
    assert store.version_table(1).equals(FIRST)
    assert store.table().equals(other)


def test_held_already_is_what_is_current_not_what_once_was(store: Store):
    first, second = add(store, FIRST), add(store, SECOND)
    third = add(store, FIRST)
    assert store.current() == {("X", "2020"): third}
    store.withdraw(third, by="An", reason="")
    store.withdraw(second, by="An", reason="")
    with pytest.raises(AlreadyHeldError) as caught:
        add(store, FIRST)
    assert caught.value.version == first


def test_an_upload_like_the_bundled_table_is_held_already(store: Store):
    bundled = add(store, FIRST, "bundled", b"bundled")
    with pytest.raises(AlreadyHeldError) as caught:
        add(store, FIRST, content=b"typed")
    assert caught.value.version == bundled


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


def test_a_second_store_on_the_same_file_sees_the_same(tmp_path: Path):
    version = add(Store.open(tmp_path))
    assert Store.open(tmp_path).current() == {("X", "2020"): version}


def test_a_folder_that_cannot_be_made(tmp_path: Path):
    (tmp_path / "file").write_text("")
    place = tmp_path / "file" / "store"
    with pytest.raises(StoreUnavailableError) as caught:
        Store.open(place)
    assert caught.value.place == str(place)
    assert caught.value.reason


def test_a_file_that_is_no_database(tmp_path: Path):
    (tmp_path / "indices.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreUnavailableError) as caught:
        Store.open(tmp_path)
    assert str(tmp_path) in caught.value.place


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:secret@127.0.0.1/db",
        "foo://u:secret@127.0.0.1/db",
        "postgresql://u:secret@127.0.0.1:1/db",
        "postgresql://127.0.0.1:1/db?user=u&password=secret&sslpassword=secret",
        "u:secret",
    ],
)
def test_a_server_that_cannot_be_used_is_named_without_its_password(tmp_path: Path, url: str):
    with pytest.raises(StoreUnavailableError) as caught:
        Store.open(tmp_path, url)
    assert caught.value.place
    assert "secret" not in caught.value.place + caught.value.reason

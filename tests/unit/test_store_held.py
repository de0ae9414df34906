"""Files of several editions: what goes in together, and what is held already and left out."""

import hashlib

import pandas as pd
import pytest

from indices.store import (
    AlreadyHeldError,
    Store,
    StoreUnavailableError,
)
from indices.store.tables import files as file_rows
from indices.store.tables import versions as version_rows
from tests.unit.stored import FIRST, LATER, NEXT, SECOND, add, held
from tests.unit.stored import store as store


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

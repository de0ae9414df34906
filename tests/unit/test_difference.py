"""What differs between two tidy tables, cell by cell."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indices.store import Store, UnknownVersionError, difference
from indices.tidy import COLUMNS, KEY, empty_tidy, tidy_from_columns
from tests.unit.conftest import figures, values

OLD = figures("""
edition province component score rank n_ranked
2020    A        overall   90    1    3
2020    A        part      9     -    -
2020    B        overall   80    2    3
2020    C        overall   -     3    3
""")
CELL = ("province", "component", "field", "kind", "old", "new")
WORDS = ("province", "component", "field", "kind", "old_text", "new_text")
DTYPES = {
    **dict.fromkeys(("index", "edition", "province", "component", "field", "kind"), "string[pyarrow]"),
    **dict.fromkeys(("old", "new"), "double[pyarrow]"),
    **dict.fromkeys(("old_text", "new_text"), "string[pyarrow]"),
}


def changed(table: pd.DataFrame, row: int, **cells: object) -> pd.DataFrame:
    """`table` with cells of one row changed."""
    other = table.copy()
    for name, value in cells.items():
        other.loc[row, name] = value
    return other


def typed(found: pd.DataFrame) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in found.dtypes.items()}


def test_equal_tables_have_none_whatever_the_order_of_their_rows():
    for other in (OLD, OLD.iloc[::-1].reset_index(drop=True), pd.DataFrame(OLD.to_dict("records"))):
        found = difference(OLD, other)
        assert found.empty
        assert typed(found) == DTYPES
    assert difference(empty_tidy(), empty_tidy()).empty


def test_a_changed_figure():
    found = difference(OLD, changed(OLD, 0, score=91.5))
    assert values(found, "index", "edition", *CELL) == [
        ("X", "2020", "A", "overall", "score", "changed", 90.0, 91.5)
    ]
    assert typed(found) == DTYPES


def test_a_figure_added_to_a_row_or_taken_out_of_it():
    found = difference(OLD, changed(changed(OLD, 3, score=70.0), 2, rank=None))
    assert values(found, *CELL) == [
        ("B", "overall", "rank", "removed", 2.0, None),
        ("C", "overall", "score", "added", None, 70.0),
    ]


def test_rows_added_and_removed_give_their_figures():
    new = figures("edition province component score rank\n2020 A part 9 -\n2020 D overall 60 4")
    found = difference(OLD.iloc[:2], new)
    assert values(found, *CELL) == [
        ("A", "overall", "score", "removed", 90.0, None),
        ("A", "overall", "rank", "removed", 1.0, None),
        ("A", "overall", "n_ranked", "removed", 3.0, None),
        ("D", "overall", "score", "added", None, 60.0),
        ("D", "overall", "rank", "added", None, 4.0),
    ]
    assert found["old_text"].isna().all()


def test_words_alone():
    new = changed(changed(OLD, 1, source="t", note="again"), 2, basis="inferred")
    found = difference(OLD, new)
    assert values(found, *WORDS) == [
        ("A", "part", "source", "changed", "s", "t"),
        ("A", "part", "note", "changed", "", "again"),
        ("B", "overall", "basis", "changed", "published", "inferred"),
    ]
    assert found[["old", "new"]].isna().all(axis=None)


def test_a_figure_and_its_words_are_cells_of_their_own():
    found = difference(OLD, changed(OLD, 0, rank=2, source="t"))
    assert values(found, "field", "kind", "old", "new", "old_text", "new_text") == [
        ("rank", "changed", 1.0, 2.0, None, None),
        ("source", "changed", None, None, "s", "t"),
    ]


def test_a_row_without_figures_is_seen_by_its_basis():
    empty = figures("edition province component score\n2020 A overall -")
    assert values(difference(empty.iloc[:0], empty), *WORDS) == [
        ("A", "overall", "basis", "added", None, "published")
    ]
    assert values(difference(empty, empty.iloc[:0]), *WORDS) == [
        ("A", "overall", "basis", "removed", "published", None)
    ]


def test_in_order_of_edition_province_component_and_field():
    new = pd.concat([OLD.assign(edition="2021"), OLD.assign(edition="2019")]).iloc[::-1]
    found = difference(OLD.iloc[:0], new)
    assert values(found, "edition", "province", "component", "field")[:7] == [
        ("2019", "A", "overall", "score"),
        ("2019", "A", "overall", "rank"),
        ("2019", "A", "overall", "n_ranked"),
        ("2019", "A", "part", "score"),
        ("2019", "B", "overall", "score"),
        ("2019", "B", "overall", "rank"),
        ("2019", "B", "overall", "n_ranked"),
    ]
    assert len(found) == 18


def test_a_change_undone_is_the_difference_turned_round():
    new = changed(changed(OLD, 0, score=1.0), 3, score=5.0)
    there, back = difference(OLD, new), difference(new, OLD)
    assert values(there, "province", "old", "new") == values(back, "province", "new", "old")
    assert there["kind"].tolist() == ["changed", "added"]
    assert back["kind"].tolist() == ["changed", "removed"]


def test_between_two_versions_of_a_store():
    store = Store.in_memory()
    told = {"by": "An", "reason": "", "file_name": "x.csv"}
    one = store.add(OLD, origin="upload", content=b"1", **told).version
    two = store.add(changed(OLD, 0, score=91.0), origin="upload", content=b"2", **told).version
    assert values(store.difference(one, two), *CELL) == [("A", "overall", "score", "changed", 90.0, 91.0)]
    assert store.difference(two, two).empty
    with pytest.raises(UnknownVersionError):
        store.difference(one, 7)


FIGURES, WORDS_OF_ROW = ("score", "rank", "n_ranked"), ("basis", "source", "note")
ROW = st.fixed_dictionaries(
    {
        "score": st.none() | st.sampled_from([1.0, 2.0]),
        "rank": st.none() | st.sampled_from([1, 2]),
        "n_ranked": st.none() | st.just(63),
        **{name: st.sampled_from(["", "s"]) for name in WORDS_OF_ROW},
    }
)
ROWS = st.dictionaries(st.tuples(st.just("X"), *[st.sampled_from(["a", "b"])] * 3), ROW, max_size=6)


def made(rows: dict[tuple, dict]) -> pd.DataFrame:
    full = [dict(zip(KEY, key, strict=True)) | row for key, row in rows.items()]
    return tidy_from_columns({name: [row[name] for row in full] for name in COLUMNS})


def cells(rows: dict[tuple, dict], keys: set[tuple], fields: tuple[str, ...]) -> dict:
    found = {(*key, field): rows[key][field] for key in keys for field in fields}
    return {at: value for at, value in found.items() if value is not None}


@given(ROWS, ROWS)
@settings(max_examples=200, deadline=None)
def test_what_differs_is_what_leads_from_one_table_to_the_other(old: dict, new: dict):
    found = difference(made(old), made(new))
    both = set(old) & set(new)
    before, after = ({**cells(t, set(t), FIGURES), **cells(t, both, WORDS_OF_ROW)} for t in (old, new))
    only = set(old) ^ set(new)
    for row in values(found, *KEY, "field", "kind", "old", "new", "old_text", "new_text"):
        at, kind, (was, will, was_text, will_text) = row[:5], row[5], row[6:]
        if at[:4] in only and at[4] == "basis":  # a row that has no figure
            assert not cells({**old, **new}, {at[:4]}, FIGURES)
            only.remove(at[:4])
            continue
        was, will = (was_text, will_text) if at[4] in WORDS_OF_ROW else (was, will)
        assert before.pop(at, None) == was
        assert was != will
        assert kind == ("added" if was is None else "removed" if will is None else "changed")
        if will is not None:
            before[at] = will
    assert before == after
    assert all(cells({**old, **new}, {key}, FIGURES) for key in only)
    assert found.empty == (old == new)

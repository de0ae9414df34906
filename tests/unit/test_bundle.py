"""Published files into the store: once per content, whole or not at all, by several servers at once."""

import multiprocessing
import shutil
from pathlib import Path

import pytest

from indices.catalogue import Catalogue, load_catalogue
from indices.loaders.published import read_published
from indices.settings import Settings
from indices.store import Store, bring_in, open_held
from tests.unit.conftest import DATA, values

HEADER = "province,component,score,rank,n_ranked,basis,source,note\n"
SOURCE = "notice-2020-07"
BG = f"Bắc Giang,overall,70,9,63,published,{SOURCE},\n"
HN = f"Hà Nội,overall,80,1,63,published,{SOURCE},\n"


@pytest.fixture
def published(tmp_path: Path) -> Path:
    folder = tmp_path / "published"
    (folder / "pci").mkdir(parents=True)
    write(folder, BG + HN)
    return folder


def write(folder: Path, rows: str, name: str = "pci/2019.csv") -> None:
    (folder / name).write_text(HEADER + rows, encoding="utf-8")


def found(problems) -> list[tuple]:
    return [(p.code, p.file, p.row, p.column, p.value) for p in problems]


def test_once_per_content(published: Path, bundled: Catalogue):
    store = Store.in_memory()
    assert bring_in(published, bundled, store) == []
    state = store.state()
    assert bring_in(published, bundled, store) == []
    assert store.state() == state == "1.0"
    assert values(store.table(), "index", "edition", "province", "score", "rank") == [
        ("PCI", "2019", "Bắc Giang", 70.0, 9),
        ("PCI", "2019", "Hà Nội", 80.0, 1),
    ]
    assert values(store.history(), "origin", "file_name") == [("bundled", "2019.csv")]
    assert store.content(1) == (published / "pci/2019.csv").read_bytes()


def test_a_changed_file_is_a_new_version_and_a_reverted_one_current_again(
    published: Path, bundled: Catalogue
):
    store = Store.in_memory()
    for rows, score, n_versions in ((BG, 70.0, 1), (BG.replace("70", "71"), 71.0, 2), (BG, 70.0, 3)):
        write(published, rows)
        assert bring_in(published, bundled, store) == []
        assert store.table()["score"].tolist() == [score]
        assert len(store.history()) == n_versions


def test_a_file_with_an_unknown_province_is_left_out_and_the_earlier_version_stays(
    published: Path, bundled: Catalogue
):
    store = Store.in_memory()
    bring_in(published, bundled, store)
    write(published, BG.replace("70", "71") + HN.replace("Hà Nội", "Ha Nội"[:-1] + "x"))
    problems = bring_in(published, bundled, store)
    assert found(problems) == [("unknown_province", "pci/2019.csv", 3, "province", "Ha Nộx")]
    assert problems[0].slots == {"frame": "63", "suggestion": "Hà Nội"}
    assert store.state() == "1.0"
    assert store.table()["score"].tolist() == [70.0, 80.0]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (BG.replace("overall", "nobody"), ("unknown_component", 2, "component", "nobody")),
        (BG.replace("70", "7o"), ("not_a_number", 2, "score", "7o")),
        (BG.replace("70", "inf"), ("not_a_number", 2, "score", "inf")),
        (BG.replace("70", '"70,5"'), ("not_a_number", 2, "score", "70,5")),
        (BG.replace("70", "100.1"), ("score_out_of_scale", 2, "score", "100.1")),
        (BG.replace("70", "-1"), ("score_out_of_scale", 2, "score", "-1")),
        (BG.replace("9,63", "9.5,63"), ("not_a_whole_number", 2, "rank", "9.5")),
        (BG.replace("9,63", "64,63"), ("rank_out_of_field", 2, "rank", "64")),
        (BG.replace("9,63", "0,63"), ("rank_out_of_field", 2, "rank", "0")),
        (BG.replace("9,63", "9,630"), ("rank_out_of_field", 2, "n_ranked", "630")),
        (BG.replace("published", "guess"), ("not_allowed", 2, "basis", "guess")),
        (BG.replace(SOURCE, "hearsay"), ("unknown_source", 2, "source", "hearsay")),
        (HN + BG + BG, ("duplicate_key", 4, "component", "overall")),
        # The same province in two spellings; a blank line counts as a spreadsheet counts it.
        (BG + "\n" + BG.replace("Bắc Giang", "BAC GIANG"), ("duplicate_key", 4, "component", "overall")),
        (BG + "Hà Nội,overall,80\n", ("wrong_cell_count", 3, None, None)),
    ],
)
def test_what_keeps_a_file_out(published: Path, bundled: Catalogue, rows: str, expected: tuple):
    write(published, rows)
    table, problems = read_published(published / "pci/2019.csv", bundled)
    code, row, column, value = expected
    assert found(problems) == [(code, "pci/2019.csv", row, column, value)]
    assert table.empty


def test_a_score_of_rounded_thirds_may_pass_the_end_of_the_scale_by_its_rounding(published, bundled):
    write(published, BG.replace("70", "100.00005"))
    table, problems = read_published(published / "pci/2019.csv", bundled)
    assert (table["score"].tolist(), problems) == ([100.00005], [])


def test_every_problem_at_once(published: Path, bundled: Catalogue):
    write(published, BG.replace("70", "7o").replace(SOURCE, "x") + HN.replace("80", "800"))
    problems = read_published(published / "pci/2019.csv", bundled)[1]
    assert [(p.code, p.row) for p in problems] == [
        ("not_a_number", 2),
        ("unknown_source", 2),
        ("score_out_of_scale", 3),
    ]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("xyz/2019.csv", HEADER + BG, ("unknown_index", None, None, "xyz")),
        ("pci/1999.csv", HEADER + BG, ("unknown_edition", None, None, "1999")),
        ("pci/2019.csv", "", ("file_empty", None, None, None)),
        ("pci/2019.csv", HEADER, ("file_empty", None, None, None)),
        ("pci/2019.csv", HEADER.replace("rank,", "place,", 1) + BG, ("column_missing", 1, "rank", None)),
    ],
)
def test_files_that_say_nothing(published: Path, bundled: Catalogue, name, content, expected):
    (published / name).parent.mkdir(exist_ok=True)
    (published / name).write_text(content, encoding="utf-8")
    code, row, column, value = expected
    problems = read_published(published / name, bundled)[1]
    assert found(problems) == [(code, name, row, column, value)]


def test_an_unreadable_file_keeps_nobody_else_out(published: Path, bundled: Catalogue):
    (published / "pci/2018.csv").write_bytes("tỉnh".encode("utf-16"))
    (published / "pci/2020.csv").mkdir()
    store = Store.in_memory()
    problems = bring_in(published, bundled, store)
    assert [(p.code, p.file) for p in problems] == [
        ("file_unreadable", "pci/2018.csv"),
        ("file_unreadable", "pci/2020.csv"),
    ]
    assert store.current() == {("PCI", "2019"): 1}


def test_a_file_saved_by_excel_with_bom_and_crlf(published: Path, bundled: Catalogue):
    (published / "pci/2019.csv").write_bytes(("\ufeff" + HEADER + BG).replace("\n", "\r\n").encode())
    table, problems = read_published(published / "pci/2019.csv", bundled)
    assert problems == []
    assert values(table, "province", "score", "note") == [("Bắc Giang", 70.0, "")]


def test_lines_of_separators_at_the_end_are_no_rows(published: Path, bundled: Catalogue):
    write(published, BG + ",,,,,,,\n,,,,,,,\n")
    table, problems = read_published(published / "pci/2019.csv", bundled)
    assert (len(table), problems) == (1, [])


def test_no_folder_no_editions(tmp_path: Path, bundled: Catalogue):
    store = Store.in_memory()
    assert bring_in(tmp_path / "nowhere", bundled, store) == []
    assert store.state() == "0.0"


def _start(published: Path, folder: Path, barrier) -> None:
    catalogue = load_catalogue(DATA / "catalogue")
    barrier.wait(60)
    # Making the file is a part of starting: of two that make it at once, both must get through.
    store = Store.open(folder)
    assert bring_in(published, catalogue, store) == []


def test_two_servers_starting_together_add_each_file_once(tmp_path: Path):
    names = [f"pci/{year}.csv" for year in range(2015, 2023)]
    for name in names:
        (tmp_path / "published" / "pci").mkdir(parents=True, exist_ok=True)
        shutil.copy(DATA / "published" / name, tmp_path / "published" / name)
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(2)
    servers = [
        spawn.Process(target=_start, args=(tmp_path / "published", tmp_path / "store", barrier))
        for _ in range(2)
    ]
    for server in servers:
        server.start()
    for server in servers:
        server.join(120)
    assert [server.exitcode for server in servers] == [0, 0]
    history = Store.open(tmp_path / "store").history()
    assert sorted(history["file_name"]) == [Path(name).name for name in names]


def test_opening_falls_back_to_memory_and_says_where(tmp_path: Path, published: Path):
    (tmp_path / "catalogue").symlink_to(DATA / "catalogue")
    (tmp_path / "file").write_text("")
    held = open_held(Settings(tmp_path, tmp_path / "file" / "store", ""))
    assert held.unwritable is not None
    assert held.unwritable.place == str(tmp_path / "file" / "store")
    assert held.store.current() == {("PCI", "2019"): 1}
    assert held.problems == ()


def test_opening_tells_problems_of_catalogue_and_files(tmp_path: Path, published: Path):
    shutil.copytree(DATA / "catalogue", tmp_path / "catalogue")
    (tmp_path / "catalogue" / "events.csv").unlink()
    write(published, BG.replace("70", "7o"), "pci/2018.csv")
    held = open_held(Settings(tmp_path, tmp_path / "store", ""))
    assert held.unwritable is None
    assert [(p.code, p.file) for p in held.problems] == [
        ("file_missing", "events.csv"),
        ("not_a_number", "pci/2018.csv"),
    ]
    assert held.store.current() == {("PCI", "2019"): 1}

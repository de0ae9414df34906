"""The catalogue: the bundled one is sound, and every fault of a broken one is named where it stands."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from indices.catalogue import Catalogue, load_catalogue
from indices.i18n import LANGUAGES, problem_text
from tests.unit.conftest import DATA

Row = dict[str, str]


def test_the_bundled_catalogue_is_sound(bundled: Catalogue):
    assert bundled.problems == ()
    assert list(bundled.indices) == ["PAR", "PCI", "PAPI", "SIPAS", "ICT", "DTI"]
    assert (len(bundled.editions), len(bundled.components), len(bundled.weights)) == (75, 116, 45)


def change(folder: Path, file: str, edit: Callable[[list[Row]], object]) -> Catalogue:
    """The bundled catalogue with the rows of one file edited, read from a copy."""
    copy = folder / "catalogue"
    shutil.copytree(DATA / "catalogue", copy)
    with (copy / file).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    header = list(rows[0])
    edit(rows)
    written = io.StringIO()
    writer = csv.DictWriter(written, header, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    (copy / file).write_text(written.getvalue(), encoding="utf-8")
    return load_catalogue(copy)


def found(catalogue: Catalogue) -> list[tuple]:
    for problem in catalogue.problems:  # every finding has a sentence in both languages
        assert all(problem_text(problem, language) for language in LANGUAGES)
    return [(p.code, p.file, p.row, p.column, p.value) for p in catalogue.problems]


@pytest.mark.parametrize(
    ("file", "at", "cells", "expected"),
    [
        ("components.csv", 3, {"index": "XYZ"}, ("unknown_index", "index", "XYZ")),
        ("components.csv", 3, {"parent": "nobody"}, ("unknown_component", "parent", "nobody")),
        ("scales.csv", 2, {"component": "nobody"}, ("unknown_component", "component", "nobody")),
        ("breaks.csv", 2, {"scope": "nobody"}, ("unknown_component", "scope", "nobody")),
        ("breaks.csv", 2, {"edition": "1999"}, ("outside_life", "edition", "1999")),
        ("editions.csv", 2, {"edition": "1999"}, ("outside_life", "edition", "1999")),
        ("editions.csv", 3, {"index": "DTI", "edition": "2020"}, ("duplicate_key", "edition", "2020")),
        ("editions.csv", 2, {"frame": "62"}, ("not_allowed", "frame", "62")),
        ("editions.csv", 2, {"n_ranked": "6o"}, ("not_a_whole_number", "n_ranked", "6o")),
        ("editions.csv", 2, {"n_ranked": "63.5"}, ("not_a_whole_number", "n_ranked", "63.5")),
        ("methods.csv", 2, {"scale_max": "many"}, ("not_a_number", "scale_max", "many")),
        ("methods.csv", 2, {"scale_max": "nan"}, ("not_a_number", "scale_max", "nan")),
        ("methods.csv", 3, {"first_edition": "2005"}, ("overlapping_period", "first_edition", "2005")),
        ("targets.csv", 2, {"kind": "wish"}, ("not_allowed", "kind", "wish")),
        ("targets.csv", 2, {"source": "hearsay"}, ("unknown_source", "source", "hearsay")),
        ("events.csv", 2, {"source": "hearsay"}, ("unknown_source", "source", "hearsay")),
        ("events.csv", 2, {"indices": "PCI|XYZ"}, ("unknown_index", "indices", "XYZ")),
        ("events.csv", 2, {"date": "03/06/2020"}, ("not_a_date", "date", "03/06/2020")),
        ("conflicts.csv", 2, {"index": "XYZ"}, ("unknown_index", "index", "XYZ")),
    ],
)
def test_one_wrong_cell_is_one_problem_and_the_line_is_left_out(tmp_path, bundled, file, at, cells, expected):
    catalogue = change(tmp_path, file, lambda rows: rows[at - 2].update(cells))
    code, column, value = expected
    assert found(catalogue) == [(code, file, at, column, value)]
    kind = file.removesuffix(".csv")
    assert len(getattr(catalogue, kind)) == len(getattr(bundled, kind)) - 1


def test_unknown_successor_takes_the_index_out(tmp_path):
    catalogue = change(tmp_path, "indices.csv", lambda rows: rows[4].update(successor="XYZ"))
    assert found(catalogue)[0] == ("unknown_index", "indices.csv", 6, "successor", "XYZ")
    assert list(catalogue.indices) == ["PAR", "PCI", "PAPI", "SIPAS", "DTI"]
    # What belongs to the index follows it out, each line named.
    assert {code for code, *_ in found(catalogue)} == {"unknown_index", "unknown_component"}
    assert catalogue.editions_of("ICT") == ()


def test_weights_of_a_period_that_do_not_add_to_100(tmp_path):
    catalogue = change(tmp_path, "weights.csv", lambda rows: rows[1].update(weight_percent="15"))
    assert found(catalogue) == [("weights_not_100", "weights.csv", 2, "weight_percent", "110")]
    assert catalogue.problems[0].slots == {"index": "PCI", "period": "2006"}


def test_unknown_component_in_weights_also_leaves_its_period_short(tmp_path):
    catalogue = change(tmp_path, "weights.csv", lambda rows: rows[1].update(component="nobody"))
    assert found(catalogue) == [
        ("unknown_component", "weights.csv", 3, "component", "nobody"),
        ("weights_not_100", "weights.csv", 2, "weight_percent", "95"),
    ]


def test_component_twice_in_one_year(tmp_path):
    catalogue = change(tmp_path, "components.csv", lambda rows: rows.append(dict(rows[0])))
    code = catalogue.components[0].component
    assert found(catalogue) == [("overlapping_period", "components.csv", 118, "first_edition", code)]


def test_missing_column_leaves_the_file_out(tmp_path):
    shutil.copytree(DATA / "catalogue", tmp_path / "catalogue")
    (tmp_path / "catalogue" / "targets.csv").write_text("index,kind\nPCI,rank\n", encoding="utf-8")
    catalogue = load_catalogue(tmp_path / "catalogue")
    missing = ["first_edition", "last_edition", "value", "n_reference", "document_vi", "issued_on", "source"]
    assert found(catalogue) == [("column_missing", "targets.csv", 1, column, None) for column in missing]
    assert catalogue.targets == ()
    assert len(catalogue.editions) == 75


def test_missing_file(tmp_path):
    shutil.copytree(DATA / "catalogue", tmp_path / "catalogue")
    (tmp_path / "catalogue" / "events.csv").unlink()
    catalogue = load_catalogue(tmp_path / "catalogue")
    assert found(catalogue) == [("file_missing", "events.csv", None, None, None)]
    assert catalogue.events == ()
    assert list(catalogue.indices) == ["PAR", "PCI", "PAPI", "SIPAS", "ICT", "DTI"]


def test_wrong_cell_count(tmp_path):
    shutil.copytree(DATA / "catalogue", tmp_path / "catalogue")
    file = tmp_path / "catalogue" / "scales.csv"
    file.write_text(file.read_text(encoding="utf-8") + "PAR,apparatus,2030,2030\n", encoding="utf-8")
    catalogue = load_catalogue(tmp_path / "catalogue")
    assert found(catalogue) == [("wrong_cell_count", "scales.csv", 31, None, None)]
    assert catalogue.problems[0].slots == {"expected": "5", "found": "4"}
    assert len(catalogue.scales) == 29


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\xd8", b'date,kind\n"' + b"x" * 200_000])
def test_unreadable_file(tmp_path, content):
    shutil.copytree(DATA / "catalogue", tmp_path / "catalogue")
    (tmp_path / "catalogue" / "events.csv").write_bytes(content)
    catalogue = load_catalogue(tmp_path / "catalogue")
    assert found(catalogue) == [("file_unreadable", "events.csv", None, None, None)]


def test_an_empty_folder_is_named_file_by_file(tmp_path):
    catalogue = load_catalogue(tmp_path)
    assert {code for code, *_ in found(catalogue)} == {"file_missing"}
    assert len(catalogue.problems) == 14
    assert catalogue.indices == {}


def test_a_line_separator_inside_a_cell_is_part_of_the_cell(tmp_path):
    catalogue = change(tmp_path, "sources.csv", lambda rows: rows[0].update(title="one\u2028two"))
    assert catalogue.problems == ()
    assert next(iter(catalogue.sources.values())).title == "one\u2028two"


def test_what_holds_in_a_year(bundled: Catalogue):
    assert bundled.scale_max("PAR", "apparatus", 2017) == 11
    assert bundled.scale_max("PAR", "apparatus", 2018) == 12
    assert bundled.scale_max("PCI", "overall", 2019) == 100
    method = bundled.method("PCI", 2007)
    assert method is not None
    assert method.first_edition == 2006
    edition = bundled.edition("DTI", "2024-34")
    assert edition is not None
    assert (edition.year, edition.frame, edition.province_frame) == (2024, 34, 34)
    assert bundled.edition("DTI", "1999") is None
    pci = bundled.edition("PCI", "2005")
    assert pci is not None
    assert (pci.frame, pci.province_frame) == (63, 64)

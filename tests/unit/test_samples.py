"""Files in the shapes of publishers' own are read as the figures they were made from."""

import csv
from collections import defaultdict
from functools import cache

import pytest

from indices.catalogue import Catalogue
from indices.intake import Answers, Intake, take_in
from indices.tidy import tidy_rows
from tests.samples import make
from tests.samples.figures import CATALOGUE, Figures, published

with (make.FOLDER / "expected.csv").open(encoding="utf-8", newline="") as _file:
    EXPECTED = list(csv.DictReader(_file))
SAMPLES = {sample.file: sample for sample in make.samples()}
FILES = list(SAMPLES)


@cache
def taken(file: str) -> Intake:
    """A sample as it lies in the folder, taken in with nothing said but the sheets to read."""
    sample = SAMPLES[file]
    answers = Answers(sheets=sample.sheets, source="sample")
    return take_in(file, (make.FOLDER / file).read_bytes(), CATALOGUE, answers)


def read(intake: Intake, index: str, edition: str) -> Figures:
    """The tidy table of an edition by province and component; rows without a figure left out."""
    rows = tidy_rows(intake.tables[index, edition], ["province", "component", "score", "rank"])
    return {(row[0], row[1]): (row[2], row[3]) for row in rows if row[2] is not None or row[3] is not None}


def test_every_sample_is_listed_and_lies_in_the_folder():
    listed = {row["file"] for row in EXPECTED}
    assert listed == set(FILES)
    assert len(FILES) == 21
    assert {(row["file"], row["index"], row["edition"]) for row in EXPECTED} == {
        (file, *key) for file, sample in SAMPLES.items() for key in sample.editions
    }
    sizes = {file: (make.FOLDER / file).stat().st_size for file in FILES}
    assert max(sizes.values()) < 64_000, sizes


@pytest.mark.parametrize("file", FILES)
def test_a_sample_gives_its_editions_without_error(file: str):
    intake = taken(file)
    errors = [(p.code, p.sheet, p.row, p.column, p.value, dict(p.slots)) for p in intake.report.errors]
    assert errors == []
    assert intake.questions == ()
    assert set(intake.tables) == set(SAMPLES[file].editions)


@pytest.mark.parametrize("file", FILES)
def test_every_figure_is_read_as_it_was_written(file: str):
    sample, wrong = SAMPLES[file], defaultdict(list)
    for (index, edition), figures in sample.editions.items():
        found = read(taken(file), index, edition)
        for key in figures.keys() | found.keys():
            (score, rank), (got, place) = figures.get(key, (None, None)), found.get(key, (None, None))
            near = (
                score == got
                if score is None or got is None
                else abs(score - got) <= 0.51 * 10**-sample.digits
            )
            if not near or rank != place:
                wrong[index, edition].append((*key, (score, rank), (got, place)))
    assert {key: (len(lines), sorted(lines)[:5]) for key, lines in wrong.items()} == {}


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row['file']}-{row['edition']}")
def test_numbers_and_cells_stated_by_hand(row: dict[str, str], bundled: Catalogue):
    found = read(taken(row["file"]), row["index"], row["edition"])
    assert len({province for province, _ in found}) == int(row["n_provinces"])
    n_figures = sum((score is not None) + (rank is not None) for score, rank in found.values())
    assert n_figures == int(row["n_figures"])
    for spot in row["spots"].split("; "):
        province, component, score, rank = spot.split(":")
        got, place = found[province, component]
        assert got == (pytest.approx(float(score), abs=1e-6) if score else None), spot
        assert place == (int(rank) if rank else None), spot


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: f"{row['file']}-{row['edition']}")
def test_what_is_published_is_read_as_published(row: dict[str, str]):
    """Samples are made up in part; what they take from data/published must come out unchanged."""
    found = read(taken(row["file"]), row["index"], row["edition"])
    half = 0.51 * 10 ** -SAMPLES[row["file"]].digits
    held = published(row["index"], row["edition"])
    compared = 0
    for key in held.keys() & found.keys():
        (score, rank), (got, place) = held[key], found[key]
        if score is not None and got is not None:
            compared += 1
            assert abs(score - got) <= half, key
        if rank is not None and place is not None:
            compared += 1
            assert rank == place, key
    assert compared >= 8

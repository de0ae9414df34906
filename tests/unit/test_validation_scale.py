"""A score out of its scale is told whatever else the column holds."""

from pathlib import Path

import pytest

from indices.catalogue import load_catalogue
from indices.i18n import problem_sentence
from indices.intake import take_in

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize("other", ["64,7", "KCDL", ""])
def test_a_score_out_of_scale_beside_a_cell_without_data(other):
    text = f"Tỉnh;Điểm PCI 2021\nHà Nội;172,5\nBắc Giang;{other}\nHải Phòng;70,6\nHuế;69,2\n"
    report = take_in("x.csv", text.encode(), load_catalogue(DATA / "catalogue")).report
    (problem,) = report.errors
    assert (problem.code, problem.row, problem.slots["scale"]) == ("score_out_of_scale", 2, "100")


def test_numbers_of_ours_are_written_as_the_reader_writes_them():
    text = "Tỉnh;Điểm PCI 2021\nHà Nội;66.444\n"
    report = take_in("x.csv", text.encode(), load_catalogue(DATA / "catalogue")).report
    (problem,) = report.errors
    assert problem_sentence(problem, "vi").startswith("«66.444» có thể là 66,444 hoặc 66444;")
    assert problem_sentence(problem, "en").startswith("“66.444” may be 66.444 or 66444;")

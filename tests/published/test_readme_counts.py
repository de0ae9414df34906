"""The numbers that data/README.md states are those of the files."""

import re

import pandas as pd
import pytest

from tests.published.conftest import DATA, read

FOCAL = "Bắc Giang"


@pytest.fixture(scope="module")
def text() -> str:
    return (DATA / "README.md").read_text(encoding="utf-8")


def table(text: str, heading: str) -> pd.DataFrame:
    """The first table under a heading, its cells as text without backticks."""
    lines = text.split(f"\n{heading}\n", 1)[1].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().strip("`") for cell in line.strip("|").split("|")])
    return pd.DataFrame(rows[2:], columns=rows[0])


def counts(rows: pd.DataFrame) -> dict[str, int]:
    """What the tables count in some rows of the published files."""
    whole = rows[rows["component"] == "overall"]
    return {
        "rows": len(rows),
        "scores": int(whole["score"].notna().sum()),
        "ranks": int(whole["rank"].notna().sum()),
        "component scores": int(rows["score"].notna().sum() - whole["score"].notna().sum()),
    }


def test_completeness(text: str, figures: pd.DataFrame, catalogue):
    stated = table(text, "## Completeness").set_index("index")
    assert list(stated.index) == ["PAR", "PCI", "PAPI", "SIPAS", "ICT", "DTI", "all"]
    editions = catalogue["editions"]
    for index, row in stated.iterrows():
        rows = figures if index == "all" else figures[figures["index"] == index]
        focal = rows[(rows["province"] == FOCAL) & (rows["component"] == "overall")]
        focal = focal[focal["score"].notna() | focal["rank"].notna()]
        here = editions if index == "all" else editions[editions["index"] == index]
        counted = counts(rows) | {
            "files": rows["file"].nunique(),
            "complete editions": int((here["status"] == "complete").sum()),
            "editions with Bắc Giang": len(focal),
            "sources": rows["source"].nunique() if index != "all" else len(catalogue["sources"]),
        }
        assert {column: int(row[column]) for column in stated.columns} == {
            column: counted[column] for column in stated.columns
        }, index


def test_every_edition(text: str, figures: pd.DataFrame, catalogue):
    stated = table(text, "### Every edition").set_index(["index", "edition"])
    editions = catalogue["editions"].set_index(["index", "edition"])
    assert set(stated.index) == set(editions.index)
    assert len(stated) == 75
    for (index, edition), row in stated.iterrows():
        rows = figures[(figures["index"] == index) & (figures["edition"] == edition)]
        focal = rows[(rows["province"] == FOCAL) & (rows["component"] == "overall")]
        held = [column for column in ("score", "rank") if focal[column].notna().any()]
        counted = {name: str(number) for name, number in counts(rows).items() if name != "rows"} | {
            "provinces ranked": editions.at[(index, edition), "n_ranked"] or "–",
            "Bắc Giang": ", ".join(held) or "–",
            "status": editions.at[(index, edition), "status"],
        }
        assert row.to_dict() == counted, (index, edition)


def test_basis(text: str, figures: pd.DataFrame):
    stated = table(text, "### Basis").set_index("basis")["rows"].astype(int)
    assert stated.to_dict() == figures["basis"].value_counts().to_dict()


def test_sources(text: str, figures: pd.DataFrame, catalogue):
    stated = table(text, "## Sources").set_index("kind").astype(int)
    kinds = catalogue["sources"].set_index("source")["kind"]
    assert stated["sources"].to_dict() == kinds.value_counts().to_dict()
    assert stated["rows"].to_dict() == figures["source"].map(kinds).value_counts().to_dict()


def test_conflicts(text: str, catalogue):
    stated = table(text, "## Contradictions between sources").set_index("index")["cases"].astype(int)
    assert stated.to_dict() == catalogue["conflicts"]["index"].value_counts().to_dict()


def test_publishers(text: str, catalogue):
    stated = table(text, "## Terms of use")
    sites = {code: row.site for row in stated.itertuples() for code in row.index.split(", ")}
    indices = catalogue["indices"]
    assert sites == dict(zip(indices["index"], indices["website"], strict=True))
    for name in indices["publisher_vi"]:
        assert name in text


def test_every_catalogue_file_with_its_number_of_rows(text: str, catalogue):
    stated = {name: int(rows) for name, rows in re.findall(r"\*\*`(\w+)\.csv`\*\* \((\d+) rows\)", text)}
    assert stated == {name: len(rows) for name, rows in catalogue.items()}


def test_every_column_is_explained(text: str):
    explained = set(re.findall(r"`(\w+)`", text))
    paths = [
        *(DATA / "catalogue").glob("*.csv"),
        *(DATA / "uncertainty").glob("*.csv"),
        *(DATA / "geo").glob("*.csv"),
    ]
    missing = {
        (path.name, column) for path in paths for column in read(path).columns if column not in explained
    }
    assert missing == set()
    assert {"province", "component", "score", "rank", "n_ranked", "basis", "source", "note"} <= explained

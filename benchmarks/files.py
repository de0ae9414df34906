"""Time of a deck of ten slides, of the workbook and of the report, once the answers are known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from benchmarks.goals import Measure
from benchmarks.seconds import median_seconds
from indices.catalogue import FOCAL_PROVINCE, STANDING_TARGET, load_catalogue
from indices.export.book import book_bytes
from indices.export.book_answers import book_answers
from indices.export.brief import brief_bytes
from indices.export.slides import deck_bytes
from indices.export.story import told
from indices.export.story_answers import answers
from indices.loaders.published import published_files, read_published
from indices.settings import ROOT

RUNS = 5


def measure_files(_: Path) -> list[Measure]:
    """Deck, workbook and report of the focal province."""
    catalogue = load_catalogue(ROOT / "data" / "catalogue")
    files = published_files(ROOT / "data" / "published")
    figures = pd.concat([read_published(file, catalogue)[0] for file in files], ignore_index=True)
    asked = (figures, catalogue, FOCAL_PROVINCE, STANDING_TARGET)
    day = date(2026, 1, 1)
    found = answers(*asked)
    story, further = told(found, "vi", made_on=day), book_answers(*asked, base=found)
    return [
        Measure("answers of a briefing", median_seconds(lambda: answers(*asked), RUNS), "s"),
        Measure(
            f"deck of {len(story.slides) + 1} slides, story told and written",
            median_seconds(lambda: deck_bytes(told(found, "vi", made_on=day)), RUNS),
            "s",
            1.5,
        ),
        Measure("report", median_seconds(lambda: brief_bytes(story), RUNS), "s", 1),
        Measure(
            "further answers of the workbook",
            median_seconds(lambda: book_answers(*asked, base=found), RUNS),
            "s",
        ),
        Measure("workbook", median_seconds(lambda: book_bytes(further, "vi", made_on=day), RUNS), "s", 1),
    ]

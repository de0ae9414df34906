"""Time of every answer: for one province, for all 63 one after the other, and with 2,000 draws.

Worked out from the bundled figures, without a store and without anything kept between two calls but
what the pages keep as well (the panel of yearly gains and the backtest, which are measured by
themselves). A median of several runs; with goals in milliseconds, and as a ratio to one reading of
the same index (`places`), so that a slow machine can be told from a slow answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.goals import Measure
from benchmarks.seconds import median_seconds
from indices import analysis
from indices.analysis.backtest import backtest
from indices.analysis.certainty import certainty, certainty_field
from indices.analysis.directive import before_after
from indices.analysis.gap import gap
from indices.analysis.learn_from import learn_from
from indices.analysis.outlook import outlook
from indices.analysis.peers import peers
from indices.analysis.profile import profile
from indices.analysis.rank_change import rank_change
from indices.analysis.reach import reach
from indices.analysis.refusal import Refusal
from indices.analysis.reweight import reweight
from indices.analysis.scenario import scenario
from indices.analysis.score_change import score_change
from indices.analysis.strengths import strengths
from indices.analysis.yearly_gains import yearly_gains
from indices.catalogue import FOCAL_PROVINCE, STANDING_TARGET, load_catalogue
from indices.loaders.published import published_files, read_published
from indices.settings import ROOT

ONE_MILLISECONDS, ALL_SECONDS, DRAWS_SECONDS = 50, 1.5, 1.0
Answer = Callable[[str], Any]
"""An answer for one province."""


def measure_answers(_: Path) -> list[Measure]:
    """Every answer for one province and for all of them."""
    catalogue = load_catalogue(ROOT / "data" / "catalogue")
    files = published_files(ROOT / "data" / "published")
    figures = pd.concat([read_published(file, catalogue)[0] for file in files], ignore_index=True)
    of = {index: figures[figures["index"] == index] for index in catalogue.indices}
    target = STANDING_TARGET
    papi = (of["PAPI"], catalogue, "PAPI", "2024")
    pci = (of["PCI"], catalogue, "PCI", "2021")
    gains = yearly_gains(of["PCI"], catalogue, "PCI")
    tested = backtest(figures, catalogue, target)
    answers: dict[str, Answer] = {
        "gap, PAPI to sub-dimensions": lambda name: gap(*papi, name, target),
        "why: places": lambda name: rank_change(*pci, name),
        "why: score by component": lambda name: score_change(*pci, name),
        "reweight, PCI 2022": lambda name: reweight(of["PCI"], catalogue, "PCI", "2022", name),
        "strengths": lambda name: strengths(*pci, name, target),
        "whom to learn from": lambda name: learn_from(*pci, name, target),
        "nearest in profile": lambda name: profile(*pci, name),
        "peers": lambda name: peers(*pci, name, target, "region"),
        "scenario": lambda name: scenario(*pci, name, {"land_access": 8.0}, target),
        "least that reaches the target": lambda name: reach(*pci, name, target, gains),
        "certainty, weights, 2,000 draws": lambda name: certainty(*pci, name, target, "weights"),
        "certainty, errors, 2,000 draws": lambda name: certainty(
            of["PAPI"], catalogue, "PAPI", "2023", name, target, "sampling"
        ),
        "outlook": lambda name: outlook(of["PCI"], catalogue, "PCI", name, target, tested),
        "before and after the order": lambda name: before_after(figures, catalogue, name, target),
    }
    reading = median_seconds(lambda: analysis.places(of["PCI"], catalogue, "PCI"))
    provinces = [spec.name_vi for spec in catalogue.provinces.frame(63)]
    measures = [Measure("reading one index (places)", reading * 1000, "ms")]
    for name, answer in answers.items():
        answered = sum(not isinstance(answer(province), Refusal) for province in provinces)
        one = median_seconds(lambda answer=answer: answer(FOCAL_PROVINCE))  # type: ignore[misc]  # bound at each turn
        began = time.perf_counter()
        for province in provinces:
            answer(province)
        every = time.perf_counter() - began
        measures.append(Measure(f"{name}: one province", one * 1000, "ms", ONE_MILLISECONDS))
        measures.append(Measure(f"{name}: as a ratio", one * 1000, "ms", against=reading * 1000))
        measures.append(Measure(f"{name}: 63 ({answered} answered)", every, "s", ALL_SECONDS))
    field = median_seconds(
        lambda: certainty_field(of["PAPI"], catalogue, "PAPI", "2023", target, "sampling"), runs=3
    )
    measures.append(Measure("certainty of the whole field, 2,000 draws", field, "s", DRAWS_SECONDS))
    measures.append(
        Measure(
            "panel of yearly gains",
            median_seconds(lambda: yearly_gains(of["PCI"], catalogue, "PCI"), runs=3) * 1000,
            "ms",
        )
    )
    measures.append(
        Measure(
            "backtest of the outlook", median_seconds(lambda: backtest(figures, catalogue, target), 3), "s"
        )
    )
    return measures

"""Writes the samples: `python -m tests.samples.make`."""

from __future__ import annotations

from pathlib import Path

from tests.samples import digital, ministry, papi, pci, pci_old
from tests.samples.figures import n_figures
from tests.samples.sample import Sample

FOLDER = Path(__file__).parent
MAKERS = (
    pci.pci_workbook_2021,
    pci.pci_site_2021,
    pci.pci_excel_csv,
    pci.pci_windows_1258,
    pci.pci_unicode_text,
    pci.pci_panel,
    pci.pci_matrix,
    pci_old.pci_pairs_2016,
    pci_old.pci_pairs_2010,
    pci_old.pci_2006,
    papi.papi_to_2017,
    papi.papi_turned,
    papi.papi_ods,
    ministry.decision_annex,
    ministry.par_areas,
    ministry.sipas_tidy,
    digital.ict_index,
    digital.dti_page_ranks,
    digital.dti_page_pillars,
    digital.dti_page_details,
    digital.dti_34,
)


def samples() -> list[Sample]:
    """All samples, made anew."""
    return [maker() for maker in MAKERS]


def main() -> None:
    """Writes every sample and the numbers of provinces and figures each edition of it holds."""
    for made in samples():
        (FOLDER / made.file).write_bytes(made.content)
        for (index, edition), figures in made.editions.items():
            held = {province for province, _ in figures}
            print(f"{made.file},{index},{edition},{len(held)},{n_figures(figures)}")


if __name__ == "__main__":
    main()

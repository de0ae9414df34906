"""Files for a meeting and pictures of charts: the writers of `indices.export`, imported when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from indices.analysis.as_of import as_of, known_by
from indices.analysis.refusal import Refusal
from indices.export.content import Story
from indices.export.plain import plain
from indices.i18n import Language
from indices.i18n.formats import VIETNAM
from indices.serving.api.caching import Answer
from indices.serving.api.formats import MEDIA, json_bytes
from indices.serving.api.parameters import in_order
from indices.serving.api.question import Question, explained_edition
from indices.serving.api.wrong import WrongRequestError

_OFFICE = "application/vnd.openxmlformats-officedocument"
PICTURE_FAILED = "picture_failed"
PICTURES = {"png": "image/png", "svg": "image/svg+xml"}
OF_CHART = ("lang", "index", "edition", "province", "target", "since", "size")
_OF_FILE = ("lang", "province", "target", "indices", "year")


@dataclass(frozen=True)
class Export:
    """A file: `/api/v1/<name>`, its type, the parameters it heeds, and what writes it."""

    name: str
    media: str
    takes: tuple[str, ...]
    make: Callable[[Question], bytes]

    @property
    def parameters(self) -> tuple[str, ...]:
        """Its parameters in the order in which they are read."""
        return in_order(self.takes)


def _story(asked: Question) -> Story:
    from indices.export.story import story

    return story(
        asked.moment.figures,
        asked.catalogue,
        asked.province,
        asked.target_rank,
        asked.language,
        indices=asked.indices,
        sections=asked.sections,
        year=asked.year,
        made_on=today(),
    )


def _deck(asked: Question) -> bytes:
    from indices.export.slides import deck_bytes

    return deck_bytes(_story(asked)).content


def _brief(asked: Question) -> bytes:
    from indices.export.brief import brief_bytes
    from indices.export.brief_pictures import drawn_pictures

    figures, catalogue = asked.moment.figures, asked.catalogue
    if asked.year is not None:
        figures, catalogue = as_of(figures, catalogue, asked.year), known_by(catalogue, asked.year)
    pictures = drawn_pictures(figures, catalogue, asked.province, asked.target_rank, asked.language)
    return brief_bytes(_story(asked), pictures=pictures)


def _workbook(asked: Question) -> bytes:
    from indices.export.book import workbook

    return workbook(
        asked.moment.figures,
        asked.catalogue,
        asked.province,
        asked.target_rank,
        asked.language,
        indices=asked.indices,
        year=asked.year,
        made_on=today(),
    )


EXPORTS: Mapping[str, Export] = {
    one.name: one
    for one in (
        Export("deck.pptx", f"{_OFFICE}.presentationml.presentation", (*_OF_FILE, "sections"), _deck),
        Export("brief.docx", f"{_OFFICE}.wordprocessingml.document", (*_OF_FILE, "sections"), _brief),
        Export("workbook.xlsx", f"{_OFFICE}.spreadsheetml.sheet", _OF_FILE, _workbook),
    )
}
"""Files by the name in their address."""


def charts() -> tuple[str, ...]:
    """Pictures by the name in their address: every chart in every format."""
    from indices.export.chart_list import CHARTS

    return tuple(f"{name}.{form}" for name in CHARTS for form in PICTURES)


def needs_index(chart: str) -> bool:
    """Whether a chart is one of an index."""
    from indices.export.chart_list import CHARTS

    return CHARTS[chart].of_index


def known_chart(name: str, language: Language) -> tuple[str, str]:
    """Chart and format of "gap.svg". Raises WrongRequestError where there is none of that name."""
    if name not in charts():
        raise WrongRequestError(404, "unknown_chart", language, {"value": name}, allowed=charts())
    chart, _, form = name.rpartition(".")
    return chart, form


def file_of(export: Export, asked: Question, day: date) -> Answer:
    """A file for a meeting, by a name of codes."""
    stem, _, ending = export.name.rpartition(".")
    headers = {"Content-Disposition": f'attachment; filename="{stem}-{asked.slug}-{day:%Y-%m}.{ending}"'}
    return Answer(200, export.media, export.make(asked), headers)


def drawn(chart: str, form: str, asked: Question) -> Answer:
    """A chart as a picture; 409 with the reason where the figures or this machine do not allow it."""
    found = picture_of(chart, asked, form)
    if isinstance(found, Refusal):
        failed = found.code if found.code == PICTURE_FAILED else ""
        return Answer(409, MEDIA["json"], json_bytes(plain(found, asked.language)), failed=failed)
    return Answer(200, PICTURES[form], found)


def picture_of(chart: str, asked: Question, form: str) -> bytes | Refusal:
    """The bytes of a chart with its day, or why there are none."""
    from indices.export.chart_list import CHARTS, named_chart
    from indices.export.images import picture
    from indices.export.picture_sizes import dated

    index, edition = asked.index or next(iter(asked.catalogue.indices)), asked.edition
    if CHARTS[chart].of_since and not edition:  # as the page about changes begins
        edition = explained_edition(asked.moment, index, asked.province)
    figure = named_chart(
        chart,
        asked.moment.figures,
        asked.catalogue,
        index,
        edition or None,
        asked.province,
        asked.target_rank,
        asked.language,
        since=asked.since,
    )
    if isinstance(figure, Refusal):
        return figure
    return picture(dated(figure, today(), asked.language), asked.size, "svg" if form == "svg" else "png")


def today() -> date:
    """The day it is in Vietnam: files and pictures carry it."""
    return datetime.now(VIETNAM).date()

"""The master a deck stands on: ours, or an office's own with its layouts found by their placeholders."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn

from indices.export.master_file import checked_master
from indices.export.own_master import own_master
from indices.problem import Problem

STRANGE = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    NotImplementedError,
    etree.LxmlError,
)
"""What python-pptx raises at files that are not as they should be."""
KINDS = ("title", "body", "plain")
"""Layouts a deck needs: title and subtitle; title and text or content; title alone."""
_TITLES, _TEXTS, _EDGES = ("title", "ctrTitle"), ("obj", "body"), ("dt", "ftr", "sldNum")
_FONTS = {
    "calibri": 0.92,
    "verdana": 1.2,
    "tahoma": 1.05,
    "montserrat": 1.15,
    "open sans": 1.08,
    "segoe ui": 1.03,
}
"""How wide some fonts run beside Arial."""


@dataclass(frozen=True, eq=False)
class Master:
    """An empty deck and its layouts by kind (None: it has none of that kind); `problems` say which."""

    deck: Any
    layouts: dict[str, Any]
    problems: tuple[Problem, ...]

    @cached_property
    def factor(self) -> float:
        """How wide its font for texts runs beside Arial."""
        face = _minor_font(self.deck.slide_master).lower()
        return next((factor for name, factor in _FONTS.items() if face.startswith(name)), 1.0)

    def layout(self, *kinds: str) -> Any:
        """The layout of the first of `kinds` that there is, else any."""
        found = (self.layouts[kind] for kind in kinds if self.layouts[kind] is not None)
        return next(found, None) or _every_layout(self.deck)[0]


def opened(content: bytes | None) -> Master:
    """The master in `content`, its slides taken out; ours where there is none or it cannot be used.

    What is wrong with it, and which kinds of layout it lacks, are `problems` (codes with sentences in
    every language); a deck can be made all the same.
    """
    if content is None:
        return _ours(())
    checked = checked_master(content)
    if isinstance(checked, Problem):
        return _ours((checked,))
    try:
        deck = Presentation(io.BytesIO(checked))
        _without_slides(deck)
        layouts = {kind: _layout(deck, kind) for kind in KINDS}
        usable = bool(_every_layout(deck)) and bool(deck.slide_width and deck.slide_height)
        for sheet in deck.slide_masters:
            sheet.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        # A part that is named but cannot be read shows only when the file is written.
        deck.save(io.BytesIO())
    except STRANGE:
        return _ours((Problem("master_damaged", ""),))
    if not usable:
        return _ours((Problem("master_no_layouts", ""),))
    missing = tuple(_MISSING[kind]() for kind in KINDS if layouts[kind] is None)
    return Master(deck, layouts, missing)


_MISSING: dict[str, Callable[[], Problem]] = {
    "title": lambda: Problem("master_no_title", "", severity="warning"),
    "body": lambda: Problem("master_no_body", "", severity="warning"),
    "plain": lambda: Problem("master_no_plain", "", severity="warning"),
}


def _ours(problems: Sequence[Problem]) -> Master:
    deck = Presentation(io.BytesIO(own_master()))
    _without_slides(deck)
    return Master(deck, {kind: _layout(deck, kind) for kind in KINDS}, tuple(problems))


def placeholder_kind(shape: Any) -> str:
    """The kind of a placeholder as the file names it ("title", "body", "obj", "sldNum", …)."""
    return str(shape._element.xpath(".//p:nvPr/p:ph")[0].get("type", "obj"))


def _layout(deck: Any, kind: str) -> Any:
    """The layout that suits a kind best: of those that have what it needs the one with least besides."""
    fitting = []
    for at, layout in enumerate(_every_layout(deck)):
        kinds = [placeholder_kind(shape) for shape in layout.placeholders]
        held = [one for one in kinds if one not in _EDGES]
        if _suits(kind, held, layout):
            fitting.append((len(held), "obj" not in held, at, layout))
    return min(fitting, key=lambda one: one[:3])[3] if fitting else None


def _suits(kind: str, held: list[str], layout: Any) -> bool:
    titled = any(one in held for one in _TITLES)
    if not titled:
        return False
    if kind == "title":
        return "subTitle" in held or held == ["ctrTitle"]
    if kind == "plain":
        return len(held) == 1 and held != ["ctrTitle"]
    said = str(layout._element.get("type", ""))
    upright = not layout._element.xpath('.//p:ph[@orient="vert"]')
    return upright and said != "secHead" and "subTitle" not in held and any(one in held for one in _TEXTS)


def _every_layout(deck: Any) -> list[Any]:
    return [layout for master in deck.slide_masters for layout in master.slide_layouts]


def _without_slides(deck: Any) -> None:
    """Take out every slide, and what tells of slides: sections, shows, the file's small picture."""
    package = deck.part.package
    for key, rel in list(package._rels.items()):
        if rel.reltype in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES):
            package.drop_rel(key)
    root = deck.part._element
    listed = root.find(qn("p:sldIdLst"))
    for slide in list(listed) if listed is not None else []:
        deck.part.drop_rel(slide.get(qn("r:id")))
        listed.remove(slide)
    for shows in root.findall(qn("p:custShowLst")):
        root.remove(shows)
    for extension in root.xpath("./p:extLst/p:ext[.//*[local-name()='sectionLst']]"):
        extension.getparent().remove(extension)
    for link in [key for key, rel in deck.part.rels.items() if rel.reltype == RELATIONSHIP_TYPE.SLIDE]:
        deck.part.drop_rel(link)


def _minor_font(master: Any) -> str:
    """The face of the theme's font for texts, "" where it cannot be read."""
    try:
        theme = etree.fromstring(master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)
    except (KeyError, etree.LxmlError):
        return ""
    found = theme.find(f".//{qn('a:minorFont')}/{qn('a:latin')}")
    return "" if found is None else str(found.get("typeface", ""))

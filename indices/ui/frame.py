"""What every page begins with: title, menu, language, province, target, and notices about the data."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from indices.access.roles import Action
from indices.catalogue import FOCAL_PROVINCE, STANDING_TARGET, Catalogue
from indices.charts.theme import Theme, theme
from indices.export.reader import Reader
from indices.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, as_language, problem_text, text
from indices.narrative.store import unwritable_sentence
from indices.ui import data, permission, sign_in, state, style
from indices.ui.picture_choice import picture_choice
from indices.ui.plain import plain as plain  # part of this module's interface

R = TypeVar("R")

MENU = {
    "overview": "dashboard.py",
    "index_detail": "pages/index_detail.py",
    "components": "pages/components.py",
    "compare": "pages/compare.py",
    "gap": "pages/gap.py",
    "why": "pages/why.py",
    "outlook": "pages/outlook.py",
    "directive": "pages/directive.py",
    "export": "pages/export.py",
    "data": "pages/data.py",
    "upload": "pages/upload.py",
    "proposals": "pages/proposals.py",
    "history": "pages/history.py",
    "method": "pages/method.py",
    "administration": "pages/administration.py",
}
TARGETS = ("5", "10", "15", "20", "30")
SHOWN_PROBLEMS = 5
"""Findings about the data written out on a page; the rest is counted and listed by the command line."""


@dataclass(frozen=True, slots=True)
class Page(Reader):
    """A page in the making: its language, the province in focus, the target, and where notices go."""

    name: str
    language: Language
    province: str
    target_rank: int
    theme: Theme
    catalogue: Catalogue
    notices: Any

    def kept(self, name: str, build: Callable[[], R], *codes: Hashable) -> R:
        """What `build` makes for this page's province, target, language and looks, made once."""
        looks = (self.language, self.theme.name, self.province, self.target_rank)
        return data.kept((name, *looks, *codes), build)

    def refuse(self, choice: str, unknown: str) -> None:
        """Tell that the address holds a code nobody knows."""
        self.notices.warning(self.text("frame.unknown_code", choice=choice, code=plain(unknown[:60])))

    def address(self, **more: str) -> dict[str, str]:
        """The choices that every page shares, as the address writes them."""
        province = self.catalogue.provinces.get(self.province).slug
        shared = {"lang": self.language, "province": province, "target": str(self.target_rank)}
        return {**shared, **more}


def begin(name: str) -> Page:
    """Set up the page `name` of MENU: everything that is the same on every page."""
    state.adopt_address(name)
    chosen = state.chosen_now("lang", "any") or state.code("lang")
    language = as_language(str(chosen)) or DEFAULT_LANGUAGE
    st.set_page_config(
        page_title=f"{text(f'menu.{name}', language)} · {text('frame.product', language)}",
        page_icon=str(Path(__file__).parent / "icon.png"),
        layout="wide",
    )
    looks = theme(st.context.theme.type)
    st.html(style.sheet(looks))
    held = data.begin_run()
    top = st.container(key="notices")
    draft = Page(name, language, FOCAL_PROVINCE, STANDING_TARGET, looks, held.catalogue, top)
    if not sign_in.meet(draft):
        sign_in.door_view(_speaking(draft))
        st.stop()
    if not held.catalogue.indices or not held.catalogue.provinces.frame(63):
        _tell_problems(draft, held)
        top.error(draft.text("frame.no_catalogue"))
        st.stop()
    with st.sidebar:
        page = _sidebar(draft)
    _tell_problems(page, held)
    sign_in.tell_faulty_rules(page)
    return page


def _speaking(draft: Page) -> Page:
    """The page in the language chosen by the control that this draws."""
    options: dict[str, str] = {code: text("frame.language_name", code) for code in LANGUAGES}
    chosen = state.choose(
        st.segmented_control,
        "lang",
        options,
        default=DEFAULT_LANGUAGE,
        language="any",
        refuse=draft.refuse,
        label=draft.text("frame.language"),
        required=True,
    )
    return replace(draft, language=as_language(chosen) or draft.language)


def _sidebar(draft: Page) -> Page:
    st.html(f'<p class="brand">{draft.text("frame.product")}</p>')
    menu = st.container(gap="xxsmall", key="menu")
    draft = _speaking(draft)
    provinces = draft.catalogue.provinces
    slugs = {spec.slug: provinces.name(spec.name_vi, draft.language) for spec in provinces.frame(63)}
    focal = provinces.by_slug(
        state.choose(
            st.selectbox,
            "province",
            dict(sorted(slugs.items(), key=lambda item: item[0])),
            default=_default_slug(draft),
            language=draft.language,
            refuse=draft.refuse,
            label=draft.text("frame.province"),
        )
    )
    target = state.choose(
        st.selectbox,
        "target",
        {rank: draft.text("frame.target_option", rank=rank) for rank in TARGETS},
        default=str(STANDING_TARGET),
        language=draft.language,
        refuse=draft.refuse,
        label=draft.text("frame.target"),
        help=draft.text("frame.target_help"),
    )
    province = focal.name_vi if focal else FOCAL_PROVINCE
    page = replace(draft, province=province, target_rank=int(target))
    with menu:
        for name, script in MENU.items():
            if _listed(name):
                st.page_link(script, label=page.text(f"menu.{name}"), query_params=page.address())
    picture_choice(page)
    sign_in.who_view(page)
    return page


def _listed(name: str) -> bool:
    """Whether the menu names a page: not those on which this visitor could do nothing."""
    if name == "administration":  # whoever uses the program alone has nobody to administer
        return permission.people_sign_in() and permission.may(Action.ADMINISTER)
    if name == "proposals":
        return permission.second_person() and permission.may(Action.UPLOAD)
    return name != "upload" or permission.may(Action.UPLOAD)


def _default_slug(draft: Page) -> str:
    frame = draft.catalogue.provinces.frame(63)
    default = next((spec for spec in frame if spec.name_vi == FOCAL_PROVINCE), frame[0])
    return default.slug


def _tell_problems(page: Page, held: data.Held) -> None:
    if said := unwritable_sentence(held, page.language):
        page.notices.warning(plain(said))
    if held.problems:
        told = [problem_text(problem, page.language) for problem in held.problems[:SHOWN_PROBLEMS]]
        more = len(held.problems) - len(told)
        lines = [
            page.text("frame.data_problems", n=len(held.problems)),
            *(f"- {plain(line)}" for line in told),
        ]
        if more:
            lines.append(page.text("frame.more_problems", n=more))
        page.notices.error("\n".join(lines))

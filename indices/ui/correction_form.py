"""A declared correction of one figure: what is held, what it should be, why, and where that is written."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indices.access.roles import Action
from indices.analysis.cells import number
from indices.numbers import read_number
from indices.store import CorrectionError
from indices.tidy import OVERALL
from indices.ui import data, show, state
from indices.ui.changes_table import component_name, figure
from indices.ui.frame import Page, plain
from indices.ui.history_forms import act, done, signed
from indices.ui.permission import allowed, may

FIELDS = ("score", "rank")


def correction_view(page: Page, index: str, edition: str) -> None:
    """The form of a correction, below a fold: it is rarely needed."""
    figures = data.figures_of(index)
    figures = figures[figures["edition"] == edition]
    if figures.empty:
        return
    if not may(Action.CHANGE):  # told once, beside the version
        return
    show.section(page.text("history.correction"), page.text("history.correction_how"))
    if not allowed(page, Action.CHANGE):
        return
    with st.container(border=True, key="correction"):
        province, component, field = _figure_choice(page, index, edition, figures)
        here = figures[(figures["province"] == province) & (figures["component"] == component)]
        held = number(here[field].iloc[0]) if len(here) else None
        st.html(f'<p class="fact">{page.text("history.held_value", value=_shown(page, held, field))}</p>')
        _form(page, index, edition, (province, component, field), held)


def _figure_choice(page: Page, index: str, edition: str, figures: pd.DataFrame) -> tuple[str, str, str]:
    spec = page.catalogue.edition(index, edition)
    frame = spec.province_frame if spec else 63
    names = page.catalogue.provinces
    provinces = sorted(set(figures["province"]), key=lambda name: names.get(name, frame).slug)
    focal = page.province if page.province in provinces else provinces[0]
    codes = dict.fromkeys([OVERALL, *figures["component"]])
    components = {code: component_name(page, index, edition, code) for code in codes}
    with st.container(horizontal=True, vertical_alignment="bottom", key="correction-choice"):
        province = st.selectbox(
            page.text("columns.province"),
            provinces,
            index=provinces.index(focal),
            format_func=lambda name: page.called(name, frame),
            key=state.widget_key(f"correct.province.{index}.{edition}", page.language),
            width=220,
        )
        component = st.selectbox(
            page.text("columns.component"),
            list(components),
            format_func=lambda code: components.get(code, code),
            key=state.widget_key(f"correct.component.{index}.{edition}", page.language),
            width=360,
        )
        field = st.segmented_control(
            page.text("history.field"),
            list(FIELDS),
            default=FIELDS[0],
            required=True,
            format_func=lambda name: page.word("upload.role", name),
            key=state.widget_key(f"correct.field.{index}.{edition}", page.language),
        )
    return str(province), str(component), str(field)


def _form(page: Page, index: str, edition: str, figure: tuple[str, str, str], held: float | None) -> None:
    province, component, field = figure
    name = f"correct.{index}.{edition}"
    key = f"{name}.{done().number}.{page.language}"
    with st.form(f"{key}.form", border=False, enter_to_submit=False):
        left, right = st.columns(2)
        typed = left.text_input(page.text("history.new_value"), key=f"{key}.value", max_chars=40)
        source = right.text_input(page.text("upload.source"), key=f"{key}.source", max_chars=500)
        by, reason = signed(page, name, "history.why_correct")
        if not st.form_submit_button(page.text("history.button_correct")):
            return
    source = (source or "").strip()
    new, wrong = _read(page, str(typed or ""), field)
    wrong = wrong or _bounds(page, index, edition, component, field, new)
    if wrong:
        st.error(wrong)
    elif not by or not reason or not source:
        st.error(page.text("upload.name_and_reason_and_source"))
    else:

        def change() -> str:
            old = int(held) if held is not None and field == "rank" else held
            version = data.held().store.correct(
                index, edition, province, component, field, old, new, by=by, reason=reason, source=source
            )
            values = {"old": _shown(page, held, field), "new": _shown(page, new, field)}
            return page.text("history.corrected", version=version.version, **values)

        try:
            what = {"index": index, "edition": edition, "province": province, "component": component}
            act(page, "correct", change, field=field, **what)
        except CorrectionError as refused:
            st.error(page.text(f"history.refused_{refused.code}"))


def _read(page: Page, typed: str, field: str) -> tuple[float | int | None, str]:
    """The figure typed (None: to be left empty, by a dash), and why it cannot be used."""
    if not typed.strip():
        return None, page.text("history.no_value")
    found = read_number(typed)
    if found.why == "missing":
        return None, ""
    whole = found.value is not None and found.value.is_integer()
    if found.value is None or found.of is not None or found.percent or (field == "rank" and not whole):
        return None, page.text(f"history.bad_{field}", value=plain(typed.strip()[:40]))
    return (int(found.value) if field == "rank" else found.value), ""


def _shown(page: Page, value: float | None, field: str) -> str:
    return page.text("history.empty_value") if value is None else figure(page, value, field)


def _bounds(page: Page, index: str, edition: str, component: str, field: str, new: float | None) -> str:
    """Why a figure cannot be one of this component, or ""."""
    spec = page.catalogue.edition(index, edition)
    if new is None or spec is None:
        return ""
    if field == "rank":
        n = spec.n_ranked or spec.frame
        return "" if 1 <= new <= n else page.text("history.out_of_field", n=n)
    scale = page.catalogue.scale_max(index, component, spec.year)
    if scale is None or 0 <= new <= scale:
        return ""
    return page.text("history.out_of_scale", scale=figure(page, scale, field))

"""The boxes of a scenario: one a component with its published score, and the buttons that fill them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from indices.analysis.cells import records
from indices.analysis.reach import Reach, Realistic
from indices.analysis.refusal import Refusal
from indices.analysis.sipas_share import SIPAS, SIPAS_PART
from indices.i18n import points, score
from indices.narrative.scenario import usual_sentence
from indices.ui import scenario_data, state
from indices.ui.frame import Page, plain
from indices.ui.scenario_data import Inputs

CODE = "sc"
"""The scenario's name in the address."""
_SAME = 1e-6
"""Points within which a box counts as unchanged: stepping up and down again leaves a remainder."""


def changes_held(page: Page, found: Inputs) -> dict[str, float]:
    """The changes in the address; what cannot be is told and left out of it."""
    state.belongs(CODE, found.of)
    code = state.code(CODE)
    if not code:
        return {}
    changes, unknown = scenario_data.read(code, found)
    for piece in unknown:
        page.notices.warning(page.text("scenario.clipped", given=plain(piece[:60])))
    if unknown:
        state.hold(CODE, scenario_data.written(changes) or None)
    return changes


def fill_buttons(
    page: Page, place: DeltaGenerator, found: Inputs, least: Reach | Refusal, changed: bool
) -> None:
    """Buttons that fill in the two least scenarios, and one that takes every change back."""
    tables = {}
    if isinstance(least, Reach) and not least.met:
        tables["fewest"] = None if isinstance(least.fewest, Refusal) else least.fewest
        tables["realistic"] = least.realistic.changes if isinstance(least.realistic, Realistic) else None
    with place:
        for name, table in tables.items():
            code = None
            if table is not None:
                code = scenario_data.written(scenario_data.least_changes(table, found))
            st.button(
                page.text(f"scenario.fill_{name}"),
                key=state.widget_key(f"sc-{name}", page.language),
                help=page.text(f"scenario.fill_help_{name}"),
                disabled=code is None,
                on_click=state.put,
                args=(CODE, code),
            )
        st.button(
            page.text("scenario.reset"),
            key=state.widget_key("sc-reset", page.language),
            disabled=not changed,
            on_click=state.put,
            args=(CODE, None),
        )


def score_boxes(
    page: Page, found: Inputs, names: Mapping[str, str], least: Reach | Refusal, held: Mapping[str, float]
) -> dict[str, float]:
    """A box for every component, filled with `held` or the published score; the changes they now hold.

    The box of SIPAS and that of its part in PAR move together.
    """
    usual = {}
    if isinstance(least, Reach):
        rows = records(least.usual, ["component", "n", "low", "median", "high"])
        usual = {row["component"]: row for row in rows}
    now = {**found.published, **held, **_linked(found, held)}
    values = {}
    for part, name in names.items():
        if part in found.made.parts:
            values[part] = _box(page, found, part, name, now, usual.get(part))
        if part == SIPAS_PART and found.share is not None:
            values[SIPAS] = _sipas_box(page, found, now)
    published = found.published
    changes = {
        part: value
        for part, value in values.items()
        if value is not None and abs(value - published[part]) > _SAME
    }
    if SIPAS in changes:
        changes.pop(SIPAS_PART, None)
    return changes


def _linked(found: Inputs, held: Mapping[str, float]) -> dict[str, float]:
    """SIPAS that follows from a changed part of PAR, or the part that follows from a changed SIPAS."""
    if found.share is None or found.sipas is None:
        return {}
    part, worth = found.made.parts[SIPAS_PART], found.share.worth
    if SIPAS in held:
        moved = part + (held[SIPAS] - found.sipas) * worth
        return {SIPAS_PART: min(max(moved, 0.0), found.share.maximum)}
    if SIPAS_PART in held:
        return {SIPAS: min(max(found.sipas + (held[SIPAS_PART] - part) / worth, 0.0), 100.0)}
    return {}


def _box(
    page: Page,
    found: Inputs,
    part: str,
    name: str,
    now: Mapping[str, float],
    usual: Mapping[str, Any] | None,
) -> float | None:
    """The box of one component; one whose scale is not known stands still."""
    before, end = found.made.parts[part], found.made.scale_max.get(part)
    digits = points(end)
    published = score(before, page.language, digits)
    if end is None:
        st.number_input(
            page.text("scenario.input_no_scale", name=name, published=published),
            value=before,
            format=f"%.{digits}f",
            disabled=True,
            key=_key(page, found, part),
            help=page.text("scenario.input_fixed", edition=found.edition),
        )
        return None
    scale = score(end, page.language, 0 if end == int(end) else 1)
    worth = score(found.made.worth(part, 1), page.language, 2)
    said = page.text("scenario.input_help", published=published, scale=scale, worth=worth)
    if usual is not None:
        said = f"{said} {usual_sentence(usual, end, page.language)}".rstrip()
    return _number(
        page,
        found,
        part,
        page.text("scenario.input", name=name, published=published, scale=scale),
        now[part],
        end,
        said,
    )


def _sipas_box(page: Page, found: Inputs, now: Mapping[str, float]) -> float | None:
    share, before = found.share, found.sipas
    assert share is not None
    assert before is not None
    said = page.text(
        "scenario.sipas_help",
        maximum=score(share.maximum, page.language, 0),
        worth=score(share.worth, page.language, 2),
        n=share.n,
        miss=score(share.largest_miss, page.language, 3),
    )
    label = page.text("scenario.sipas", published=score(before, page.language))
    return _number(page, found, SIPAS, label, now[SIPAS], 100.0, said)


def _number(page: Page, found: Inputs, part: str, label: str, value: float, end: float, said: str) -> float:
    key = _key(page, found, part)
    if key not in st.session_state:
        st.session_state[key] = value
    linked = found.share is not None and part in (SIPAS, SIPAS_PART)
    return float(
        st.number_input(
            label,
            min_value=0.0,
            max_value=end,
            step=0.01 if end <= 1 else 0.1,
            format=f"%.{points(end)}f",
            key=key,
            help=said,
            on_change=_follow if linked else None,
            args=(page, found, part) if linked else None,
        )
    )


def _follow(page: Page, found: Inputs, part: str) -> None:
    """Let the other of SIPAS and its part in PAR follow the one that was changed."""
    moved = _linked(found, {part: float(st.session_state[_key(page, found, part)])})
    for other, value in moved.items():
        st.session_state[_key(page, found, other)] = value


def _key(page: Page, found: Inputs, part: str) -> str:
    return state.widget_key(f"sc-box-{part}.{found.of}", page.language)

"""The team's capacity, edited as a table: a row a skill, a column a quarter, and the budget below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from hashlib import sha256

import pandas as pd
import streamlit as st

from lib.database import connect
from lib.database.roadmaps import MAX_NAME, SAID, Team
from lib.decide.roadmap.model import MAX_QUARTERS
from lib.decide.roadmap.planning import Sketch, kept_basis, save_team
from lib.decide.roadmap.proposing import SKILLS, skill_said
from lib.decide.roadmap.quarters import counted, following, kept, onwards, said
from lib.errors import InputError
from lib.i18n import N_, _
from lib.shell import errors, html, session
from lib.shell.marks import basis_markup
from lib.shell.roadmap.words import STATE


def draw(found: Sketch, currency: str) -> None:
    """Horizon, people and money; saved together."""
    team = found.roadmap.team
    html.draw(basis_markup(kept_basis(team.basis)))
    # What another person saved meanwhile must not be put back by widgets of an older state.
    tag = sha256(repr(team).encode()).hexdigest()[:8]
    left, right = st.columns(2)
    offered = _firsts(team.first)
    spoken = {quarter: said(quarter) for quarter in offered}
    first = left.selectbox(
        _("First quarter"),
        offered,
        index=offered.index(team.first),
        format_func=spoken.__getitem__,
        key=STATE.widget(f"first_{tag}"),
    )
    count = right.number_input(_("Quarters"), 1, MAX_QUARTERS, len(team.budget), key=STATE.widget(f"quarters_{tag}"))
    names = [said(quarter) for quarter in onwards(first, int(count))]
    edited = st.data_editor(
        people_frame(team, names),
        key=STATE.widget(f"people_{tag}_{count}_{first}"),
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        column_config={
            _("Skill"): st.column_config.TextColumn(required=True, max_chars=MAX_NAME),
            **{name: st.column_config.NumberColumn(min_value=0.0, step=0.5, format="localized") for name in names},
        },
    )
    money = st.data_editor(
        budget_frame(team, names, currency),
        key=STATE.widget(f"budget_{tag}_{count}_{first}"),
        hide_index=True,
        width="stretch",
        disabled=[_("Budget")],
        column_config={
            name: st.column_config.NumberColumn(min_value=0.0, step=1_000.0, format="localized") for name in names
        },
    )
    if st.button(_("Save the team"), type="primary", key="roadmap_save_team"):
        with errors.shown(), connect() as database:
            budget = tuple(amounts(money.iloc[0], names))
            save_team(database, session.actor(), Team(first, people_of(edited, names), budget, SAID))
            st.rerun()


def people_frame(team: Team, names: Sequence[str]) -> pd.DataFrame:
    """The team as a table; quarters beyond those known repeat the last."""
    rows = [[skill_said(skill), *_stretched(line, len(names))] for skill, line in team.people.items()]
    return pd.DataFrame(rows, columns=[_("Skill"), *names])


def budget_frame(team: Team, names: Sequence[str], currency: str) -> pd.DataFrame:
    """The money as a table of one row."""
    return pd.DataFrame([[currency, *_stretched(team.budget, len(names))]], columns=[_("Budget"), *names])


def people_of(edited: pd.DataFrame, names: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """Person-weeks by skill of an edited table; an empty cell is none, an empty row is left out.

    Raises:
        InputError: a row with weeks has no name, or two have the same.
    """
    ours = {skill_said(skill).casefold(): skill for skill in SKILLS}
    found: dict[str, tuple[float, ...]] = {}
    for _at, row in edited.iterrows():
        name = "" if pd.isna(row[_("Skill")]) else " ".join(str(row[_("Skill")]).split())
        weeks = tuple(amounts(row, names))
        if not name and not any(weeks):
            continue
        skill = ours.get(name.casefold(), name)
        if skill.casefold() in {known.casefold() for known in found}:
            raise InputError(N_("Two skills have the same name. Give each its own, or join their weeks."))
        found[skill] = weeks
    return found


def amounts(row: pd.Series[float], names: Sequence[str]) -> list[float]:
    """The numbers of an edited row."""
    return [0.0 if pd.isna(row[name]) else float(row[name]) for name in names]


def _stretched(line: Sequence[float], count: int) -> list[float]:
    last = line[-1] if line else 0.0
    return [*line[:count], *([last] * (count - len(line)))]


def _firsts(first: str) -> list[str]:
    """The kept first quarter and those around now."""
    now = counted(following(dt.datetime.now(tz=dt.UTC).date())) - 1
    return sorted({first, *(kept(now + ahead) for ahead in range(6))})

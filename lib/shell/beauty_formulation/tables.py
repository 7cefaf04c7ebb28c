"""The two tables of a project and what a person set for it; all of it is there again after a refresh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.database import connect
from lib.database.page_states import remember, remembered
from lib.errors import ToileError
from lib.files.kept import reopen
from lib.i18n import N_, _, list_of, ngettext
from lib.merchandising.beauty_formulation import rounds
from lib.merchandising.beauty_formulation.columns import INGREDIENT_COLUMNS, trial_columns
from lib.merchandising.beauty_formulation.data import TrialParser, ingredients_from, refuse_unusable, strangers
from lib.merchandising.beauty_formulation.model import LEAVE_ON, Ingredient, Target, Trial, fingerprint
from lib.merchandising.beauty_formulation.samples import DATA, Settings, of_sample, settings_of, to_begin_with
from lib.merchandising.beauty_formulation.space import space_of
from lib.shell import session
from lib.shell.beauty_formulation import reading_said
from lib.shell.text import plain
from lib.shell.upload_slot import SAMPLE, UploadResult
from lib.shell.uploads import Sample, upload_table

SLUG = rounds.USE_CASE
SAMPLES = (
    Sample(DATA / "cream_ingredients.csv", "cream", N_("Day cream ({n} ingredients)")),
    Sample(DATA / "gel_ingredients.csv", "gel", N_("Shower gel ({n} ingredients)")),
)
OPEN = f"{SLUG}_data_open"


@dataclass(frozen=True)
class Project:
    """Everything that a plan is made from. ``table`` is the ingredient table's fingerprint."""

    ingredients: tuple[Ingredient, ...]
    trials: tuple[Trial, ...]  # of the table, and those entered since
    settings: Settings
    table: str
    sample: str  # 'cream', 'gel' or ''
    data_set: str | None
    suggestion: tuple[Target, ...] = ()  # targets to begin with, of a table of one's own


def project() -> Project | None:
    """The tables in use, or None until there are any.

    Raises:
        InputError: the ingredient table makes no sense as a whole.
    """
    with st.expander(_("Data: ingredients and past trials"), icon=":material/table_rows:", key=OPEN, on_change="rerun"):
        left, right = st.columns(2, gap="large")
        with left:
            ingredients = upload_table(
                "ingredients", SLUG, "ingredients", INGREDIENT_COLUMNS, SAMPLES, ingredients_from, _("Ingredient table")
            )
        if not ingredients.ready:
            return None
        refuse_unusable(ingredients.items)
        with right:
            trials = _trials(ingredients)
    table = fingerprint(ingredients.items)
    sample = ingredients.name.split("_")[0] if ingredients.origin == SAMPLE else ""
    with connect() as database:
        later = rounds.entered(database, session.actor(), table)
    together = rounds.together(trials.items if trials.ready else (), later)
    settings = _settings(table, sample, ingredients.items, together)
    if ingredients.origin != SAMPLE:
        reading_said.say(ingredients.items, len(ingredients.problems), settings.product)
    suggestion = () if sample else to_begin_with(ingredients.items, together).targets
    data_set = trials.data_set or ingredients.data_set
    return Project(ingredients.items, together, settings, table, sample, data_set, suggestion)


def _trials(ingredients: UploadResult[Ingredient]) -> UploadResult[Trial]:
    """The trials of this ingredient table; of a table of one's own there need be none yet."""
    items = ingredients.items
    sample = ingredients.name.split("_")[0] if ingredients.origin == SAMPLE else ""
    columns = trial_columns(items, _example(items))
    found = upload_table(
        f"trials_{fingerprint(items)}",
        SLUG,
        f"{sample}_trials" if sample else "trials",
        columns,
        DATA / f"{sample or 'cream'}_trials.csv",
        TrialParser(tuple(one.inci for one in items)),
        _("Past trials"),
        begin_with=SAMPLE if sample else "own",
    )
    if not found.ready and not sample:
        st.caption(_("Without past trials the plan begins with formulas that are spread over what your limits allow."))
    _unread(found, items)
    return found


def _example(ingredients: Sequence[Ingredient]) -> tuple[float, ...]:
    """A formula that the limits allow, for the template; empty where there is none (that is said elsewhere)."""
    try:
        centre = space_of(ingredients, LEAVE_ON).parts[0].centre
    except ToileError:
        return ()
    return tuple(round(float(share), 2) for share in centre)


def _unread(found: UploadResult[Trial], ingredients: Sequence[Ingredient]) -> None:
    """Name the columns of a person's file that hold numbers and are no ingredient of the table."""
    if found.data_set is None:
        return
    columns = trial_columns(ingredients)
    kept = st.session_state.get(f"{SLUG}_unread")
    if kept is None or kept[0] != (found.data_set, fingerprint(ingredients)):
        with connect() as database:
            _set, intake = reopen(
                database, session.actor(), found.data_set, columns, TrialParser(tuple(one.inci for one in ingredients))
            )
        mapped = [source for source in intake.mapping.sources().values() if source]
        names = strangers(intake.table.columns, mapped, intake.table.rows)
        kept = ((found.data_set, fingerprint(ingredients)), names)
        st.session_state[f"{SLUG}_unread"] = kept
    if kept[1]:
        st.warning(
            plain(
                ngettext(
                    "{names}: this column of numbers was not read, since the ingredient table has no such name. Add "
                    "it to "
                    "the ingredient table, or rename the column.",
                    "{names}: these columns of numbers were not read, since the ingredient table has no such names. "
                    "Add "
                    "them to the ingredient table, or rename the columns.",
                    len(kept[1]),
                    names=list_of(kept[1]),
                )
            )
        )


def _settings(table: str, sample: str, ingredients: Sequence[Ingredient], trials: Sequence[Trial]) -> Settings:
    with connect() as database:
        kept: dict[str, Any] | None = remembered(database, session.actor(), f"{SLUG}/{table}").get("settings")
    if kept is not None:
        return settings_of(kept)
    return of_sample(sample) if sample else to_begin_with(ingredients, trials)


def keep(table: str, settings: Settings, changed: Settings) -> Settings:
    """Remember what the person set for this table."""
    if changed != settings:
        with connect() as database:
            remember(database, session.actor(), f"{SLUG}/{table}", {"settings": changed.as_json()})
    return changed

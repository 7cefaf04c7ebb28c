"""A selection as a recorded run: made at the button, made again after each correction, found again after a refresh."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from lib.catalogue import UseCase
from lib.commerce.stylist.profile import Answer, Corrections
from lib.commerce.stylist.reading_all import Read
from lib.commerce.stylist.samples import House
from lib.commerce.stylist.selection import METHOD, VERSION, Ground, Selection, Who, recorded_form, select
from lib.i18n import _
from lib.shell import session
from lib.shell.stylist.state import keep_who, of_who
from lib.shell.stylist.tables import Given
from lib.tasks.recorded import recorded

CORRECTION = "stylist_correction"
SEED = 0


def corrections_of(kept: dict[str, Any]) -> Corrections:
    """What the stylist changed, from what is kept."""
    return Corrections(
        pinned={(aspect, value): int(sign) for aspect, value, sign in kept["pinned"]},
        removed=frozenset((comment, aspect, value) for comment, aspect, value in kept["removed"]),
        weights={aspect: float(weight) for aspect, weight in kept["weights"].items()},
        answers=tuple(
            Answer(
                row["sku"],
                int(row["sign"]),
                row["why"],
                tuple((a, v) for a, v in row["values"]),
                tuple(row["features"]),
            )
            for row in kept["answers"]
        ),
    )


def prepare(case: UseCase, given: Given, house: House, read: Read, ground: Ground, who: Who) -> Selection:
    """Make the selection and write it down, with its drawings.

    Raises:
        InputError: the client didn't agree: nothing is read and nothing recorded but that.
    """
    kept = of_who(given.source, who.id)
    corrections = {name: kept[name] for name in ("pinned", "removed", "weights", "answers")}
    actor = session.actor()
    with (
        st.spinner(_("Reading, drawing, looking through the stock")),
        recorded(
            actor,
            use_case=case.slug,
            kind="analysis",
            method=METHOD,
            method_version=VERSION,
            inputs={**given.arguments, "who": who.id, "corrections": corrections},
            language=session.language(),
            seed=SEED,
            data_set=given.comments.data_set,
            parent=kept["run"] or None,
        ) as run,
    ):
        found = select(house, read, ground, who, corrections_of(kept), SEED)
        run.output = recorded_form(found)
        for target, picture in found.drawings.items():
            run.keep(f"target-{target}.png", picture, "image/png")
    keep_who(given.source, who.id, run=run.id)
    _cache(given, who, corrections, found)
    return found


def last(given: Given, house: House, read: Read, ground: Ground, who: Who) -> Selection | None:
    """The selection that was made before, as its corrections stand; None before the first."""
    kept = of_who(given.source, who.id)
    if not kept["run"]:
        return None
    corrections = {name: kept[name] for name in ("pinned", "removed", "weights", "answers")}
    place, fingerprint = _place(), _fingerprint(given, who, corrections)
    held = st.session_state.get(place)
    if held is None or held[0] != fingerprint:
        with st.spinner(_("Reading, drawing, looking through the stock")):
            found = select(house, read, ground, who, corrections_of(kept), SEED)
        st.session_state[place] = held = (fingerprint, found)
    selection: Selection = held[1]
    return selection


def _cache(given: Given, who: Who, corrections: dict[str, Any], found: Selection) -> None:
    st.session_state[_place()] = (_fingerprint(given, who, corrections), found)


def _place() -> str:
    actor = session.actor()
    return f"stylist_selection_{actor.workspace}_{actor.person}"


def _fingerprint(given: Given, who: Who, corrections: dict[str, Any]) -> str:
    return f"{given.source} {who.id} {json.dumps(corrections, sort_keys=True)}"


def correct(case: UseCase, given: Given, who: Who, said: dict[str, Any], **changes: Any) -> None:
    """Keep a correction, write it down as a run, and let the selection be made again at the next look.

    ``said``: what was corrected, for the record.
    """
    kept = of_who(given.source, who.id)
    with recorded(
        session.actor(),
        use_case=case.slug,
        kind="analysis",
        method=CORRECTION,
        method_version=VERSION,
        inputs={"who": who.id, "source": given.source, **said},
        parent=kept["run"] or None,
        data_set=given.comments.data_set,
    ) as run:
        run.output = dict(changes)
    keep_who(given.source, who.id, **changes)
    st.session_state["stylist_again"] = True

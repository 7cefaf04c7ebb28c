"""A selection as a recorded run: made at the button, made again after each correction, found again after a refresh."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from lib.catalogue import UseCase
from lib.commerce.stylist.profile import Answer, Corrections
from lib.commerce.stylist.samples import House
from lib.commerce.stylist.selection import METHOD, VERSION, Selection, Who, recorded_form, select
from lib.shell import session
from lib.shell.stylist import working
from lib.shell.stylist.state import keep_who, of_who
from lib.shell.stylist.tables import Given, Ready
from lib.tasks.recorded import Recorded, recorded

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


def selection_of(case: UseCase, given: Given, house: House, ready: Ready, who: Who, asked: bool) -> Selection | None:
    """The selection as its corrections stand; None before the first, and while it is being made.

    ``asked``: make it and write it down as a run, with its drawings; else what was made before is worked out again.

    Raises:
        InputError: the client didn't agree: nothing is read and nothing recorded but that.
    """
    kept = of_who(given.source, who.id)
    corrections = {name: kept[name] for name in ("pinned", "removed", "weights", "answers")}
    fingerprint = f"{given.source} {who.id} {json.dumps(corrections, sort_keys=True)}"
    held = st.session_state.get(_place())
    make = f"make {fingerprint}"
    if asked or working.going(make):
        record = _record(case, given, who, corrections, kept["run"])
        made = working.result(make, lambda progress: _recorded(record, house, ready, who, corrections, progress))
        if made is None:
            return None
        run, found = made
        keep_who(given.source, who.id, run=run)
    elif held is not None and held[0] == fingerprint:
        selection: Selection = held[1]
        return selection
    elif kept["run"]:
        looked = working.result(
            f"look {fingerprint}", lambda progress: _select(house, ready, who, corrections, progress)
        )
        if looked is None:
            return None
        found = looked
    else:
        return None
    st.session_state[_place()] = (fingerprint, found)
    return found


def _record(case: UseCase, given: Given, who: Who, corrections: dict[str, Any], parent: str) -> Recorded:
    return recorded(
        session.actor(),
        use_case=case.slug,
        kind="analysis",
        method=METHOD,
        method_version=VERSION,
        inputs={**given.arguments, "who": who.id, "corrections": corrections},
        language=session.language(),
        seed=SEED,
        data_set=given.comments.data_set,
        parent=parent or None,
    )


def _recorded(
    record: Recorded, house: House, ready: Ready, who: Who, corrections: dict[str, Any], progress: working.Progress
) -> tuple[str, Selection]:
    with record as run:
        found = _select(house, ready, who, corrections, progress)
        run.output = recorded_form(found)
        for target, picture in found.drawings.items():
            run.keep(f"target-{target}.png", picture, "image/png")
    return run.id, found


def _select(house: House, ready: Ready, who: Who, corrections: dict[str, Any], progress: working.Progress) -> Selection:
    read = ready.read_for(house, who)
    return select(house, read, ready.ground, who, corrections_of(corrections), SEED, progress)


def _place() -> str:
    actor = session.actor()
    return f"stylist_selection_{actor.workspace}_{actor.person}"


def correct(case: UseCase, given: Given, selection: Selection, said: dict[str, Any], **changes: Any) -> None:
    """Keep a correction, write it down as a run, and let the selection be made again at the next look.

    ``said``: what was corrected, for the record.
    """
    who, before = selection.who, [one.piece.sku for one in selection.pieces()]
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
    keep_who(given.source, who.id, before=before, **changes)
    st.session_state["stylist_again"] = True

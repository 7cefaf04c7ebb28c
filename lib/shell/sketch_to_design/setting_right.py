"""What was read in a sketch, and the ways to set it right: turn it, say what it is, leave parts without cloth."""

from __future__ import annotations

import hashlib
from typing import Any

import streamlit as st

from lib.atelier.garments import KINDS
from lib.i18n import N_, _, ngettext, translate
from lib.merchandising.sketch_to_design import sketched
from lib.merchandising.sketch_to_design.correcting import AS_READ, BACKS, CLOSURES, NECKLINES, Correction, told_in_one
from lib.merchandising.sketch_to_design.names import part_name, piece_name, value_name
from lib.merchandising.sketch_to_design.numbered import numbered
from lib.shell import session
from lib.shell.sketch_to_design.state import keep, state, widget
from lib.shell.text import plain
from lib.vision.sketches import ROLES, Guess, Sketch
from lib.vision.sketches.correcting import labels_at, places, turned_place
from lib.vision.sketches.reading import ON_ITS_HEAD

FIELDS = ("kind", "neckline", "closure", "back")
MOST_KEPT = 20  # corrections of so many sketches are remembered


def correction_of(name: str) -> Correction:
    """What this person set right in a sketch; nothing where they didn't."""
    rows = state().get("corrections", {})
    return Correction.model_validate(rows[name]) if name in rows else AS_READ


def _remember(name: str, correction: Correction) -> None:
    rows = {other: row for other, row in state().get("corrections", {}).items() if other != name}
    rows = dict(list(rows.items())[-MOST_KEPT:])
    if correction != AS_READ:
        rows[name] = correction.model_dump(mode="json")
    keep(corrections=rows)


def _turn(name: str, degrees: int) -> None:
    """Turn a sketch on, with the places in it that were left out."""
    before = correction_of(name)
    left_out = tuple(turned_place(place, degrees) for place in before.left_out)
    angle: Any = (before.turn + degrees) % 360
    _remember(name, before.model_copy(update={"turn": angle, "left_out": left_out}))


def _forget(name: str) -> None:
    """Let the reading stand again, in the fields too."""
    _remember(name, AS_READ)
    for part in (*FIELDS, *(f"left_out_{turn}" for turn in (0, 90, 180, 270))):
        st.session_state.pop(_key(name, part), None)


def _insist(name: str) -> None:
    _remember(name, correction_of(name).model_copy(update={"insisted": True}))


def insist(name: str) -> None:
    """A button by which a person says that a refused picture is a sketch."""
    st.button(
        _("It is a sketch all the same"),
        key=_key(name, "insist"),
        icon=":material/draw:",
        on_click=_insist,
        args=(name,),
    )


def turns(name: str, on_its_head: bool = False) -> None:
    """Two buttons that turn the sketch by a quarter, and one that turns it over where it stands on its head."""
    ways = [
        (_("Turn left"), ":material/rotate_left:", 270),
        (_("Turn right"), ":material/rotate_right:", 90),
    ]
    ways += [(_("Turn it over"), ":material/sync:", 180)] if on_its_head else []
    with st.container(horizontal=True):
        for title, icon, degrees in ways:
            st.button(
                title,
                key=_key(name, f"turn_{degrees}"),
                icon=icon,
                on_click=_turn,
                args=(name, degrees),
                type="tertiary",
            )


def draw(name: str, base: Sketch) -> Correction:
    """Show what was read in a sketch and let a person set it right; what they say.

    Args:
        name: of the sketch, under which it is remembered.
        base: as it was read, turned as they said.
    """
    before = correction_of(name)
    out = labels_at(base, before.left_out)
    st.image(numbered(base, out) if out else base.page, width="stretch")
    turns(name, on_its_head=any(note.message == ON_ITS_HEAD for note in base.notes))
    _found(base)
    with st.expander(
        _("Set right what was read"), icon=":material/edit:", expanded=base.figure or bool(told_in_one(before))
    ):
        after = _asked(name, base, before)
    if after != before:
        _remember(name, after)
        st.rerun()
    if said := told_in_one(after):
        st.caption(plain(_("Set by hand: {what}", what=said)))
        st.button(
            _("Back to what was read"),
            key=_key(name, "back_to_read"),
            icon=":material/undo:",
            type="tertiary",
            on_click=_forget,
            args=(name,),
        )
    return after


def _found(base: Sketch) -> None:
    """What was found in the sketch."""
    kind, cut = sketched.kind_of(base), sketched.cut_read(base)
    regions = len([part for part in base.parts if part.role != "button"])
    said = [piece_name(kind)] if kind else []
    said += [value_name(value) for value in cut.values()]
    said.append(ngettext("{n} region found.", "{n} regions found.", regions))
    st.caption(plain(" · ".join(said)))
    for note in base.notes:
        st.caption(plain(note.text()))


def _asked(name: str, base: Sketch, before: Correction) -> Correction:
    """The fields, each empty where the reading stands."""
    front = base.garments[0]
    kinds = {kind: piece_name(kind) for kind in KINDS}
    kind = _choice(name, "kind", part_name("kind"), before.kind, kinds, front.kind)
    necklines = {value: value_name(value) for value in NECKLINES}
    neckline = _choice(name, "neckline", _("Neckline or collar"), before.neckline, necklines, front.neckline)
    closures = {value: value_name(value) for value in CLOSURES}
    closure = _choice(name, "closure", part_name("closure"), before.closure, closures, front.closure)
    back: Any = before.back
    if len(base.garments) == 2:
        views = {view: translate(title) for view, title in BACKS.items()}
        back = _choice(name, "back", _("The two drawings"), before.back, views, Guess())
    return Correction(
        turn=before.turn,
        insisted=before.insisted,
        kind=kind,
        back=back,
        neckline=neckline,
        closure=closure,
        left_out=_left_out(name, base, before),
    )


def _choice(name: str, part: str, title: str, before: str, values: dict[str, str], read: Guess) -> str:
    key = _key(name, part)
    choices = ["", *values]
    if st.session_state.get(key) not in choices:
        st.session_state[key] = before if before in choices else ""
    as_read = _("as read")
    if read.value in values:
        sure = part == "kind" or read.confidence >= sketched.LIKELY
        said = N_("as read: {value}") if sure else N_("unsure: {value}?")
        as_read = translate(said, value=values[read.value])
    return str(st.selectbox(title, choices, format_func={"": as_read, **values}.__getitem__, key=key) or "")


def _left_out(name: str, base: Sketch, before: Correction) -> tuple[tuple[float, float], ...]:
    """Parts without cloth, chosen by their number on the picture."""
    st.image(numbered(base, labels_at(base, before.left_out)), width="stretch")
    digits = len(str(len(base.parts)))
    titles = {part.label: f"{part.label:0{digits}} · {translate(ROLES[part.role])}" for part in base.parts}
    key = _key(name, f"left_out_{before.turn}")
    if key not in st.session_state:
        st.session_state[key] = list(labels_at(base, before.left_out))
    chosen = st.multiselect(
        _("Leave these parts without cloth"),
        list(titles),
        format_func=titles.__getitem__,
        key=key,
        help=_("By their number on the picture: skin, hair, a stand, a scribble. Their lines stay."),
    )
    if set(chosen) == set(labels_at(base, before.left_out)):
        return before.left_out
    return places(base, chosen)


def _key(name: str, part: str) -> str:
    """A widget's key: apart for each sketch and language."""
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    return widget(f"right_{part}_{digest}_{session.language()}")

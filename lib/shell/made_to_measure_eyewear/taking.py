"""How a photo was taken: what gives it its scale, which lens took it, where the card was held."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib.errors import InputError
from lib.i18n import N_, _, number, translate
from lib.merchandising.made_to_measure_eyewear.measuring import (
    CARD_PLACES,
    LENSES,
    TOLD_SPREAD,
    Lens,
    Scale,
    measure,
)
from lib.shell.made_to_measure_eyewear.choices import keep, restored
from lib.shell.made_to_measure_eyewear.person import PHOTO, Sitter, unplaced
from lib.vision.faces import CARD_POINTS

CARD_TITLES = {
    "forehead": N_("flat against the forehead"),
    "eyes": N_("beside an eye, at its depth"),
    "nose": N_("against the tip of the nose"),
}
LENS_TITLES = {
    "main": N_("A telephone’s main camera"),
    "selfie": N_("A telephone’s selfie camera"),
    "webcam": N_("A webcam"),
    "portrait": N_("A portrait lens, or zoomed in twice"),
    "unknown": N_("I don’t know"),
}
TOLD = "told"


def how_taken(sitter: Sitter) -> str:
    """The scale ('card' or 'iris'), and how the picture was taken; sets ``film``, ``spread`` and ``card_at``."""
    name = f"scale_{sitter.key}"
    scale = keep(
        name,
        str(
            st.segmented_control(
                _("Scale"),
                ["card", "iris"],
                format_func={"card": _("Bank card"), "iris": _("Iris")}.__getitem__,
                key=restored(name, ("card", "iris"), "card" if sitter.card else "iris"),
                required=True,
                help=_(
                    "A card is 85.60 mm wide everywhere. Irises are 11.7 mm on average and differ between people, so "
                    "without a card the result is drawn towards the mean adult’s face."
                ),
            )
        ),
    )
    if scale == "card" and not sitter.card and not set(CARD_POINTS) & sitter.moved:
        st.caption(_("No card was found in the picture. Put the four points on its corners."))
    if sitter.origin == PHOTO:
        if scale == "card":
            sitter.card_at = _card_place()
        _lens(sitter, scale)
    return scale


def _card_place() -> str:
    key = restored("card_at", CARD_PLACES, "forehead")
    titles = {place: translate(CARD_TITLES[place]) for place in CARD_PLACES}
    chosen = st.selectbox(_("The card was held"), list(titles), format_func=titles.__getitem__, key=key)
    return keep("card_at", str(chosen))


def _lens(sitter: Sitter, scale: str) -> None:
    """Which lens: asked beside the photo with what each answer does to the errors, told by its file where it can be."""
    titles = {name: translate(title) for name, title in LENS_TITLES.items()}
    lenses = dict(LENSES)
    if sitter.told is not None:
        lenses = {TOLD: Lens(sitter.told, TOLD_SPREAD), **lenses}
        titles[TOLD] = _("The photo’s file says: {mm} mm", mm=number(sitter.told, 0))
    name = f"lens_{sitter.key}"
    chosen = keep(
        name,
        str(
            st.radio(
                _("What took the photo?"),
                list(lenses),
                format_func=titles.__getitem__,
                captions=_errors(sitter, scale, list(lenses.values())),
                key=restored(name, lenses, TOLD if TOLD in lenses else "unknown"),
                help=_(
                    "How near the camera was follows from its lens, and what lies behind the eyes, such as the "
                    "temples, looks smaller the nearer it was. How exact each answer is is our assumption."
                ),
            )
        ),
    )
    sitter.film, sitter.spread = lenses[chosen].film, lenses[chosen].spread


def _errors(sitter: Sitter, scale: str, lenses: Sequence[Lens]) -> list[str] | None:
    """By lens: the errors that the two measures it touches would have; None while the points allow no measurement."""
    assert sitter.pixels is not None
    height, width = sitter.pixels.shape[:2]
    if unplaced(sitter, scale):
        return None
    said = []
    for lens in lenses:
        by: Scale = "card" if scale == "card" else "iris"
        try:
            found = measure(sitter.points, width, height, by, lens.film, sitter.card_at, lens.spread)[0]
        except InputError:  # said where the measurement itself is tried
            return None
        said.append(
            _("then: pupils ± {pd} mm, face ± {width} mm", pd=number(found.pd.error, 1),
              width=number(found.width.error, 1))
        )  # fmt: skip
    return said

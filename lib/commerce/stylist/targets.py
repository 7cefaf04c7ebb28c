"""Target pieces: what a client describes without knowing that it exists, put together from what they like.

Each of two to four pieces leads with something else that was said (the colour that comes up most, the fun colour, the
cloth that is praised, the occasion) and carries the sentences behind each of its attributes. Where nothing was said the
range's usual value stands, and is named as such.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.commerce.stylist.drawing import LENGTHS
from lib.commerce.stylist.features import near_piece, values_of
from lib.commerce.stylist.looks import lab_of
from lib.commerce.stylist.model import Piece, Purchase, Said
from lib.commerce.stylist.pieces import KINDS
from lib.commerce.stylist.profile import NO_CHOICE, Preference, Profile
from lib.errors import NotFound
from lib.i18n import N_
from lib.vocabulary import concept

MOST, FEWEST = 4, 3
THEMES = {
    "most": N_("What comes up most"),
    "fun": N_("The fun colour, the good fit"),
    "cloth": N_("The cloth that is praised"),
    "other": N_("Another colour that comes up"),
    "occasion": N_("For the occasion that is named"),
}
CLOTHES = ("dress", "skirt", "trousers", "shirt", "knit", "coat", "blazer", "jeans", "t_shirt", "jumpsuit")
ATTRIBUTES = ("colour", "fabric", "fit", "length", "pattern")
WOVEN = ("blazer", "coat", "dress", "skirt", "trousers", "shirt", "jumpsuit")
VIVID = 23.5  # chroma in CIELAB from which a colour may be called fun: cream and grey are below
PRINTED = ("most", "other")  # a pattern that is liked stands on these: not on every piece of a wardrobe


@dataclass(frozen=True)
class Reason:
    """Why a target has a value. ``source``: said, bought, pinned, taught (pieces kept or sent back), opposite or usual.

    ``said``: the newest sentences behind it; 'too short' is said of the opposite of what is drawn.
    """

    aspect: str
    value: str
    source: str
    count: int = 0
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Target:
    """A piece that would please, as a ``Piece`` without a reference, with a reason for each value."""

    id: str
    theme: str
    piece: Piece
    reasons: tuple[Reason, ...]

    def reason(self, aspect: str) -> Reason | None:
        """The reason of one attribute."""
        return next((one for one in self.reasons if one.aspect == aspect), None)


def liked(profile: Profile, aspect: str) -> list[Preference]:
    """Values that are liked and that a piece can have, the best founded first."""
    found = [one for one in profile.of(aspect) if one.leaning > 0 and one.value not in NO_CHOICE]
    found = [one for one in found if one.pinned > 0 or one.likes > one.dislikes]
    return sorted(found, key=lambda one: (-one.pinned, one.dislikes - one.likes, one.value))


def targets_for(
    profile: Profile, pieces: Sequence[Piece], purchases: Sequence[Purchase] = (), most: int = MOST
) -> tuple[Target, ...]:
    """Two to four target pieces; fewer, or none, where too little was said to lead with.

    Args:
        pieces: the range from which a target's usual values and cloths come, of the client's department.
        purchases: the client's own, for what was never said.
    """
    kinds = ranked_kinds(profile, pieces, purchases)
    clothes = [kind for kind in kinds if kind in CLOTHES] or kinds
    if not clothes:
        return ()
    made: list[Target] = []
    used: list[str] = []
    colours = liked(profile, "colour")
    vivid = [one for one in colours if one.pinned > 0 or _chroma(one.value) >= VIVID]
    fun = max(vivid, key=lambda one: (one.pinned, _chroma(one.value)), default=None)
    fabrics = [one for one in liked(profile, "fabric") if _is_cloth(one.value)]
    occasions = [one for one in liked(profile, "occasion") if any(one.value in piece.occasions for piece in pieces)]
    leads: list[tuple[str, Preference | None]] = [
        ("most", colours[0] if colours else None),
        ("fun", fun if fun is not None and (not colours or fun.value != colours[0].value) else None),
        ("cloth", fabrics[0] if fabrics else None),
        ("occasion", occasions[0] if occasions else None),
    ]
    led = {lead.value for _theme, lead in leads if lead is not None and lead.aspect == "colour"}
    leads += [("other", one) for one in colours if one.value not in led][:2]
    for theme, lead in leads:
        if lead is None or len(made) >= (FEWEST if theme == "other" else most):
            continue
        kind = _kind_for(lead, clothes, used, pieces)
        if kind:
            used.append(kind)
            made.append(_target(str(len(made) + 1), theme, lead, kind, profile, pieces, purchases, len(made)))
    return tuple(made)


def ranked_kinds(profile: Profile, pieces: Sequence[Piece], purchases: Sequence[Purchase]) -> list[str]:
    """Kinds of piece in the order in which the client may want them; those that they don't wear are left out."""
    by_sku = {piece.sku: piece for piece in pieces}
    bought = Counter(
        by_sku[one.sku].kind for one in purchases if one.sku in by_sku and not one.gift and not one.returned
    )
    there = Counter(piece.kind for piece in pieces if piece.kind)
    said: dict[str, float] = {}
    for one in profile.of("kind"):
        kind = KINDS.get(one.value, one.value)
        said[kind] = said.get(kind, 0.0) + one.likes - one.dislikes + 10 * one.pinned
    all_bought, all_there = max(sum(bought.values()), 1), max(sum(there.values()), 1)
    score = {kind: said.get(kind, 0.0) + 3 * bought[kind] / all_bought + there[kind] / all_there for kind in there}
    wanted = [kind for kind in there if said.get(kind, 0.0) > -0.5 or bought[kind] > 2]
    return sorted(wanted, key=lambda kind: (-score[kind], kind))


def _chroma(colour: str) -> float:
    _light, one, two = lab_of(colour)
    return math.hypot(one, two)


def _is_cloth(value: str) -> bool:
    """Whether a value of the fabric is a cloth and no judgement of one: a cloth can be drawn if nobody sells it."""
    try:
        return concept(value).kind == "material"
    except NotFound:
        return False


def _kind_for(lead: Preference, kinds: Sequence[str], used: Sequence[str], pieces: Sequence[Piece]) -> str:
    """The first kind that comes with what leads, another one for each target while there are some."""
    fitting = [
        kind
        for kind in kinds
        if lead.aspect == "colour"
        or any(piece.kind == kind and near_piece(lead.aspect, lead.value, piece) >= 1 for piece in pieces)
    ]
    if not fitting and lead.aspect == "fabric":  # nothing of the range comes in it, which is what the drawing shows
        fitting = [kind for kind in kinds if kind in WOVEN]
    fresh = [kind for kind in fitting if kind not in used]
    return (fresh or fitting or [""])[0]


def _target(
    number: str,
    theme: str,
    lead: Preference,
    kind: str,
    profile: Profile,
    pieces: Sequence[Piece],
    purchases: Sequence[Purchase],
    turn: int,
) -> Target:
    beside = [piece for piece in pieces if piece.kind == kind]
    if lead.aspect == "occasion":
        beside = [piece for piece in beside if lead.value in piece.occasions] or beside
    reasons = [Reason("kind", kind, *_kind_source(profile, kind, purchases, pieces))]
    for aspect in ATTRIBUTES:
        if aspect == "length" and kind not in LENGTHS:
            continue
        if aspect == "pattern" and theme not in PRINTED:
            continue
        reason = _reason(aspect, lead, kind, profile, beside, purchases, pieces, turn)
        if reason is not None:
            reasons.append(reason)
    if lead.aspect == "occasion":
        reasons.append(_because(lead))
    values = {one.aspect: one.value for one in reasons}
    usual = beside[0] if beside else pieces[0]
    piece = Piece(
        sku=f"target-{number}",
        name=kind,
        kind=kind,
        colour=values.get("colour", ""),
        fabrics=(values["fabric"],) if values.get("fabric") else (),
        fit=values.get("fit", ""),
        length=values.get("length", ""),
        pattern=values.get("pattern", "") if values.get("pattern") != "plain" else "",
        occasions=(values["occasion"],) if "occasion" in values else (),
        department=usual.department,
    )
    return Target(number, theme, piece, tuple(reasons))


def _because(one: Preference) -> Reason:
    if one.pinned or one.said:
        return Reason(one.aspect, one.value, "pinned" if one.pinned else "said", len(one.said), one.said[:4])
    return Reason(one.aspect, one.value, "taught" if one.from_stylist else "opposite")


def _kind_source(
    profile: Profile, kind: str, purchases: Sequence[Purchase], pieces: Sequence[Piece]
) -> tuple[str, int, tuple[Said, ...]]:
    said = [one for one in profile.of("kind") if KINDS.get(one.value, one.value) == kind and one.leaning > 0]
    if said:
        return ("pinned" if said[0].pinned else "said"), sum(len(one.said) for one in said), said[0].said[:4]
    by_sku = {piece.sku: piece for piece in pieces}
    count = sum(by_sku[one.sku].kind == kind for one in purchases if one.sku in by_sku and not one.gift)
    return ("bought", count, ()) if count else ("usual", 0, ())


def _reason(
    aspect: str,
    lead: Preference,
    kind: str,
    profile: Profile,
    beside: Sequence[Piece],
    purchases: Sequence[Purchase],
    pieces: Sequence[Piece],
    turn: int,
) -> Reason | None:
    """One attribute: what leads, what is liked, what was bought, or the range's usual, in this order."""
    if aspect == lead.aspect:
        return _because(lead)
    wanted = liked(profile, aspect)
    if aspect == "length":
        wanted = [one for one in wanted if one.value in LENGTHS.get(kind, {})]
    if aspect in ("fabric", "pattern"):
        wanted = [one for one in wanted if any(one.value in values_of(piece, aspect) for piece in beside)]
    if wanted:
        return _because(wanted[turn % len(wanted)] if aspect == "colour" else wanted[0])
    if aspect == "pattern":
        return None
    disliked = {one.value for one in profile.of(aspect) if one.leaning < 0}
    by_sku = {piece.sku: piece for piece in pieces}
    own = [by_sku[one.sku] for one in purchases if one.sku in by_sku and not one.gift and not one.returned]
    for source, rows in (("bought", own), ("usual", beside)):
        counts = Counter(v for piece in rows for v in values_of(piece, aspect)[-1:] if v not in disliked)
        if aspect == "length":
            counts = Counter({v: n for v, n in counts.items() if v in LENGTHS.get(kind, {})})
        if counts and (aspect != "fabric" or source == "usual"):
            value, count = counts.most_common(1)[0]
            return Reason(aspect, value, source, count if source == "bought" else 0)
    return None


def values_said(target: Target) -> Mapping[str, str]:
    """Aspect to value, as they are drawn."""
    return {one.aspect: one.value for one in target.reasons}

"""A selection for one client: profile, targets with their drawings, the nearest pieces in stock."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lib.commerce.stylist.drawing import on_paper, picture_of
from lib.commerce.stylist.features import FEATURES, Range, Shop, values_of
from lib.commerce.stylist.groundwork import Ground
from lib.commerce.stylist.learning import Weights
from lib.commerce.stylist.model import Comment, LeftOut, Piece, Purchase
from lib.commerce.stylist.nearest import Near, nearest
from lib.commerce.stylist.profile import Answer, Corrections, Profile, profile_of
from lib.commerce.stylist.reading_all import Read, left_out_of
from lib.commerce.stylist.samples import House
from lib.commerce.stylist.targets import Target, targets_for
from lib.errors import InputError
from lib.i18n import N_

METHOD, VERSION = "stylist_selection", "1"
CLIENT, PRODUCT, GROUP, ALL = "client", "product", "group", "all"
NEAR = 3  # pieces shown beside a drawing
NO_CONSENT = N_(
    "This client hasn’t agreed that comments are used for advice, so nothing of theirs was read. Ask for their "
    "consent, or choose another client."
)
NOTHING_SAID = N_(
    "Nothing on taste can be read here, so no piece is drawn. Choose a client or product with more comments, or pin "
    "what you know yourself."
)


CHOOSING, DRAWING = N_("Reading what was said"), N_("Drawing piece {at} of {n}, and looking through the stock")


@dataclass(frozen=True)
class Who:
    """Whose profile it is: a client, a product, a class of products, or everybody."""

    kind: str
    key: str = ""

    @property
    def id(self) -> str:
        """For keys and records."""
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True)
class Selection:
    """Everything that the page shows of one client or product."""

    who: Who
    profile: Profile
    targets: tuple[Target, ...]
    drawings: Mapping[str, bytes]
    near: Mapping[str, tuple[Near, ...]]
    comments: tuple[Comment, ...]
    left_out: tuple[LeftOut, ...]
    weights: Weights
    features: Mapping[str, tuple[float, ...]] = field(default_factory=dict)  # of each near piece, by reference

    def pieces(self) -> tuple[Near, ...]:
        """The nearest pieces over all targets, each once, best first."""
        best: dict[str, Near] = {}
        for found in self.near.values():
            for one in found:
                if one.piece.sku not in best or one.total > best[one.piece.sku].total:
                    best[one.piece.sku] = one
        return tuple(sorted(best.values(), key=lambda one: (-one.total, one.piece.sku)))


def comments_of(house: House, who: Who) -> tuple[Comment, ...]:
    """The comments that a profile is made from."""
    keys: dict[str, Callable[[Comment], bool]] = {
        CLIENT: lambda one: one.client == who.key,
        PRODUCT: lambda one: one.sku == who.key,
        GROUP: lambda one: one.group == who.key,
        ALL: lambda one: True,
    }
    return tuple(one for one in house.comments if keys[who.kind](one))


def select(
    house: House,
    read: Read,
    ground: Ground,
    who: Who,
    corrections: Corrections | None = None,
    seed: int = 0,
    progress: Callable[..., None] = lambda share, message="", **values: None,
) -> Selection:
    """The selection for one client, product, class or everybody.

    Raises:
        InputError: the client didn't agree to the use of comments: nothing was read.
    """
    corrections = corrections or Corrections()
    client = house.clients.get(who.key) if who.kind == CLIENT else None
    if who.kind == CLIENT and house.clients and (client is None or not client.agreed):
        raise InputError(NO_CONSENT)
    progress(0.05, CHOOSING)
    comments = comments_of(house, who)
    said = [one for comment in comments for one in read.said.get(comment.id, ())]
    profile = profile_of(who.id, said, ground.prior, ground.today, corrections, len(comments), len(said))
    purchases = [one for one in house.purchases if one.client == who.key] if client else []
    pieces = _offered(house.pieces, purchases)
    targets = targets_for(profile, pieces, purchases)
    shelf = Range(pieces, Shop.on(house.purchases, ground.today + dt.timedelta(1)))
    by_sku = {piece.sku: piece for piece in house.pieces}
    features = shelf.features(profile, ground.prior, purchases, by_sku)
    weights = taught(ground.weights, corrections.answers, corrections.weights)
    scores = weights.score(features)
    gone = {one.sku for one in purchases} | {one.sku for one in corrections.answers}
    sizes = client.sizes if client else {}
    pictures = {}
    near: dict[str, tuple[Near, ...]] = {}
    for at, target in enumerate(targets):  # a piece stands beside one drawing only
        progress(0.2 + 0.8 * at / len(targets), DRAWING, at=at + 1, n=len(targets))
        pictures[target.id] = picture_of(target.piece, seed)
        shown = {one.piece.sku for found in near.values() for one in found}
        near[target.id] = nearest(
            target, pictures[target.id], pieces, scores, sizes, gone | shown, corrections.weights, NEAR
        )
    drawings = {key: on_paper(picture) for key, picture in pictures.items() if picture is not None}
    kept = {
        one.piece.sku: tuple(float(value) for value in features[shelf.place[one.piece.sku]])
        for found in near.values()
        for one in found
    }
    return Selection(who, profile, targets, drawings, near, comments, tuple(left_out_of(comments, read)), weights, kept)


def _offered(pieces: Sequence[Piece], purchases: Sequence[Purchase]) -> tuple[Piece, ...]:
    """The range of the department in which a client buys for themselves; the whole where that can't be told."""
    by_sku = {piece.sku: piece for piece in pieces}
    bought = {by_sku[one.sku].department for one in purchases if one.sku in by_sku and not one.gift} - {"", "unisex"}
    if len(bought) != 1:
        return tuple(pieces)
    return tuple(piece for piece in pieces if piece.department in (*bought, "", "unisex"))


def taught(weights: Weights, answers: Sequence[Answer], factors: Mapping[str, float] | None = None) -> Weights:
    """A client's weights after what was kept and sent back, oldest first, and the stylist's factors."""
    for answer in answers:
        if len(answer.features) == len(FEATURES):
            weights = weights.answered(answer.features, answer.sign)
    if not factors:
        return weights
    mean = tuple(
        value * factors.get(name.removeprefix("said_"), 1.0) if name.startswith("said_") else value
        for name, value in zip(FEATURES, weights.mean, strict=True)
    )
    return Weights(mean, weights.variance, weights.learned_from)


def answer_of(selection: Selection, sku: str, sign: int, why: str = "") -> Answer:
    """What a piece of the selection teaches when it is kept (1) or sent back (-1)."""
    near = next(one for one in selection.pieces() if one.piece.sku == sku)
    values = tuple(
        (aspect, value)
        for aspect in ("colour", "fabric", "fit", "length", "pattern", "kind")
        for value in values_of(near.piece, aspect)[-1:]
        if value and value != "plain"
    )
    return Answer(sku, sign, why, values, selection.features.get(sku, ()))


def recorded_form(selection: Selection) -> dict[str, Any]:
    """What a run keeps of a selection: values, counts and references, with the comments' references and no names."""
    return {
        "who": selection.who.id,
        "comments": selection.profile.comments,
        "opinions": selection.profile.read,
        "left_out": dict(sorted(Counter(one.why for one in selection.left_out).items())),
        "profile": [
            {
                "aspect": one.aspect, "value": one.value, "mean": round(one.mean, 4), "low": round(one.low, 4),
                "high": round(one.high, 4), "likes": round(one.likes, 3), "dislikes": round(one.dislikes, 3),
                "confidence": one.confidence, "pinned": one.pinned, "behind": [said.comment for said in one.said],
            }
            for one in selection.profile.preferences
        ],
        "targets": [
            {
                "id": target.id, "theme": target.theme,
                "values": [[one.aspect, one.value, one.source, one.count] for one in target.reasons],
                "near": [
                    {"sku": one.piece.sku, "total": round(one.total, 4), "attributes": round(one.attributes, 4),
                     "drawing": round(one.drawing, 4), "client": round(one.client, 4), "sizes": list(one.sizes)}
                    for one in selection.near[target.id]
                ],
            }
            for target in selection.targets
        ],
        "weights": {name: round(float(value), 4) for name, value in zip(FEATURES, selection.weights.mean, strict=True)},
    }  # fmt: skip

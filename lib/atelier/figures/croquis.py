"""A figure: named layers of a drawing, and the landmarks on which garments drape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lib.atelier.drawing import element, title
from lib.atelier.drawing import png as rendered
from lib.atelier.figures import aids, extremities, hair, heads
from lib.atelier.figures.body import Arm, Leg, arm, leg, trunk, trunk_side, widths
from lib.atelier.figures.people import Person
from lib.atelier.figures.poses import Skeleton, skeleton
from lib.atelier.figures.sizes import measures
from lib.atelier.figures.strokes import Array, curve, edge_tone, filled, pen
from lib.atelier.figures.suit import suit
from lib.atelier.figures.tones import Skin, skin
from lib.i18n import N_, _

Point = tuple[float, float]
MARGIN = 9.0
LAYERS: Mapping[str, str] = {
    "ground": N_("Ground"), "seat": N_("Seat"), "hair_behind": N_("Hair behind"), "limbs_behind": N_("Limbs behind"),
    "body": N_("Trunk and legs"), "suit": N_("Bodysuit"), "head": N_("Head"), "face": N_("Face"), "hair": N_("Hair"),
    "legs_in_front": N_("Legs in front"), "limbs_in_front": N_("Limbs in front"), "wheel": N_("Wheel in front"),
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """A drawn person.

    Attributes:
        layers: SVG markup by the layer's key, from back to front.
        landmarks: places in cm; x to the viewer's right, y down, the floor at 0. ``left`` is the person's own.
        box: left, top, width and height of the drawing in cm.
    """

    person: Person
    layers: Mapping[str, tuple[str, ...]]
    landmarks: Mapping[str, Point]
    box: tuple[float, float, float, float]


def figure(person: Person) -> Figure:
    """Draw a person."""
    frame = skeleton(person, measures(person.size, person.stature))
    colours = skin(person.tone)
    arms = {name: arm(frame, name) for name in ("left", "right")}
    legs = {name: leg(frame, name) for name in ("left", "right")}
    layers = _layers(frame, colours, arms, legs)
    marks = landmarks(frame, arms)
    return Figure(person, layers, marks, _box(frame, arms, legs))


def _layers(
    frame: Skeleton, colours: Skin, arms: Mapping[str, Arm], legs: Mapping[str, Leg]
) -> dict[str, tuple[str, ...]]:
    person = frame.person
    behind, front = aids.wheelchair(frame) if person.wheelchair else (aids.stool(frame) if person.seated else [], [])
    hair_behind, hair_front = hair.hair(frame)
    skull, features = heads.face(frame, colours)
    neck = heads.neck(frame, colours, arms["left"].outer, arms["right"].outer)
    drawn_arms = {name: _drawn_arm(frame, name, arms[name], colours) for name in arms}
    drawn_legs = {name: _drawn_leg(frame, name, legs[name], colours) for name in legs}
    order = ("right", "left") if frame.pose.left_leg_first or frame.pose.right_leg.behind else ("left", "right")
    if person.seated:
        order = ("left", "right")
    under = [] if person.seated else [part for name in order for part in drawn_legs[name]]
    over = [part for name in order for part in drawn_legs[name]] if person.seated else []
    body = [*under, *_trunk(frame, colours, arms), *neck]
    made = {
        "ground": _ground(frame), "seat": behind, "hair_behind": hair_behind, "limbs_behind": [], "body": body,
        "suit": suit(frame), "head": skull, "face": features, "hair": hair_front,
        "legs_in_front": over, "limbs_in_front": [*drawn_arms["right"], *drawn_arms["left"]], "wheel": [],
    }  # fmt: skip
    if front:
        made["limbs_in_front"] = drawn_arms["right"]
        made["wheel"] = [*front, *drawn_arms["left"]]
    return {key: tuple(made[key]) for key in LAYERS}


def _ground(frame: Skeleton) -> list[str]:
    """A pale shadow under the feet."""
    turn = np.linspace(0, 2 * np.pi, 48)
    middle = (frame.joints["left_ankle"] + frame.joints["right_ankle"]) / 2
    wide = 24 + abs(float(frame.joints["left_ankle"][0] - frame.joints["right_ankle"][0])) * 0.5
    drawn = []
    for grow, faint in ((1.0, 0.05), (0.82, 0.05), (0.62, 0.05)):
        ring = np.stack([np.cos(turn) * wide * grow + 5, np.sin(turn) * 3.4 * grow + 2.6], -1)
        drawn.append(filled(np.array([middle[0], 0.0]) + ring, "#6b5f55", faint))
    return drawn


def _drawn_leg(frame: Skeleton, name: str, form: Leg, colours: Skin) -> list[str]:
    made = frame.person.prosthesis == f"{name}_leg"
    left = name == "left"
    shade, light = (form.outer, form.inner) if left else (form.inner, form.outer)
    other = form.inner if left else form.outer
    drawn = extremities.foot(frame, name, aids.CARBON if made else colours, not made)
    whole = form.form
    if made:
        n_out, n_in = int(len(form.outer) * 0.62), int(len(form.inner) * 0.62)
        whole = np.vstack([form.outer[:n_out], form.inner[:n_in][::-1]])
        shade, light, other = (
            shade[: int(len(shade) * 0.6)],
            light[: int(len(light) * 0.6)],
            other[: int(len(other) * 0.6)],
        )
    drawn += [filled(whole, colours.base)]
    drawn.append(filled(edge_tone(shade, other, 0.34), colours.shade, 0.42))
    drawn.append(filled(edge_tone(light[8:], other[8:] if not left else shade[8:], 0.20), colours.light, 0.45))
    cut = 0.60 if made else 1.0
    for edge, width, start in ((form.outer, 0.42, 0.15), (form.inner, 0.32, 0.1)):
        line = edge[: int(len(edge) * cut)]
        drawn.append(filled(pen(line, width, start, 0.35, 0.6), colours.line))
    drawn += _knee(frame, name, colours)
    if made:
        drawn += aids.leg_prosthesis(frame, name, form)
    return drawn


def _knee(frame: Skeleton, name: str, colours: Skin) -> list[str]:
    """Two short lines beside the kneecap."""
    knee, side = frame.joints[f"{name}_knee"], 1 if name == "left" else -1
    drawn = []
    for places in (((-2.6, -1.3), (-1.55, 1.7), (-1.0, 3.4)), ((2.6, -1.1), (2.2, 1.7), (1.3, 3.2))):
        mark = curve([knee + np.array([side * across, down]) for across, down in places], 6)
        drawn.append(filled(pen(mark, 0.16), colours.inner, 0.6))
    return drawn


def _drawn_arm(frame: Skeleton, name: str, form: Arm, colours: Skin) -> list[str]:
    made = frame.person.prosthesis == f"{name}_arm"
    outer, inner = form.outer[form.tip :], form.inner
    shade, light = (outer, inner) if name == "left" else (inner, outer)
    drawn = extremities.hand(frame, name, aids.CARBON if made else colours)
    drawn += [filled(form.form, colours.base), filled(edge_tone(shade, light, 0.34), colours.shade, 0.42)]
    drawn.append(filled(edge_tone(light[6:], shade[6:], 0.18), colours.light, 0.45))
    drawn.append(filled(pen(form.outer[form.tip - 6 :], 0.36, 0.1, 0.4, 0.5), colours.line))
    drawn.append(filled(pen(inner[4:], 0.30, 0.05, 0.4, 0.5), colours.line))
    if made:
        drawn += aids.arm_prosthesis(form)
    return drawn


def _trunk(frame: Skeleton, colours: Skin, arms: Mapping[str, Arm]) -> list[str]:
    drawn = [filled(trunk(frame), colours.base)]
    left, right = trunk_side(frame, 1), trunk_side(frame, -1)
    drawn.append(filled(edge_tone(left, right, 0.20), colours.shade, 0.40))
    for edge in (left, right):
        drawn.append(filled(pen(edge, 0.40, 0.1, 0.4, 0.6), colours.line))
    for name in ("left", "right"):
        drawn.append(filled(pen(arms[name].outer[: arms[name].tip + 4], 0.34, 0.3, 0.3, 0.5), colours.line))
        side = 1 if name == "left" else -1
        top = frame.body.height_of("shoulder")
        collar = curve(
            [
                frame.torso_at(top - 2.2, side * 1.7),
                frame.torso_at(top - 0.6, side * 7),
                frame.torso_at(top + 0.6, side * (frame.body.shoulder * 0.78)),
            ],
            8,
        )
        drawn.append(filled(pen(collar, 0.22, 0.5, 0.0, 0.3), colours.inner, 0.7))
    return drawn


def landmarks(frame: Skeleton, arms: Mapping[str, Arm]) -> dict[str, Point]:
    """Named places in centimetres."""
    w, body = widths(frame), frame.body
    places: dict[str, Array] = {name: frame.joints[name] for name in ("crown", "chin", "pit_of_neck")}
    for name, side in (("left", 1), ("right", -1)):
        places[f"{name}_neck"] = frame.torso_at(body.height_of("neck_point") - 1.5, side * 7.0)
        places[f"{name}_shoulder"] = arms[name].outer[arms[name].tip]
        for level in ("underarm", "bust", "under_bust", "waist", "high_hip", "hips"):
            places[f"{name}_{level}"] = frame.torso(level, side * w[level])
        for joint in ("elbow", "wrist", "hand", "knee", "ankle"):
            places[f"{name}_{joint}"] = frame.joints[f"{name}_{joint}"]
    places["crotch"] = frame.torso("crotch", 0.0)
    places["floor"] = np.array([0.0, 0.0])
    return {name: (round(float(p[0]), 2), round(float(p[1]), 2)) for name, p in places.items()}


def _box(frame: Skeleton, arms: Mapping[str, Arm], legs: Mapping[str, Leg]) -> tuple[float, float, float, float]:
    points = np.vstack(
        [*frame.joints.values(), *(form.form for form in arms.values()), *(form.form for form in legs.values())]
    )
    low, high = points.min(axis=0) - MARGIN, points.max(axis=0) + MARGIN
    if frame.person.wheelchair:
        low[0], high[0] = min(low[0], frame.pelvis[0][0] - 48), max(high[0], frame.pelvis[0][0] + 48)
    top = low[1] - 6.0
    return float(low[0]), float(top), float(high[0] - low[0]), float(11.0 - top)


def svg(drawn: Figure, layers: Sequence[str] | None = None) -> str:
    """The figure as SVG in centimetres, one named group a layer; all layers, or those of these keys."""
    x, y, width, height = drawn.box
    groups = []
    for key, parts in drawn.layers.items():
        if parts and (layers is None or key in layers):
            groups.append(element("g", {"id": key}, title(_(LAYERS[key])), *parts))
    frame: dict[str, str | float] = {
        "xmlns": "http://www.w3.org/2000/svg", "width": f"{width:.1f}cm", "height": f"{height:.1f}cm",
        "viewBox": f"{x:.2f} {y:.2f} {width:.2f} {height:.2f}",
    }  # fmt: skip
    return element("svg", frame, *groups)


def png(drawn: Figure, width: int = 800) -> bytes:
    """The figure as a PNG of this width in pixels, on white."""
    return rendered(svg(drawn), width)

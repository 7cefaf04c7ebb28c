"""What is odd about a measurement, to be asked about before it is kept: points that were moved far, odd proportions.

Nobody is refused: faces are what they are. The limits lie beyond what nearly all adults have (means and deviations of
``population``), so that a point in the wrong place is likelier than the face; those of asymmetry and of moves are our
assumptions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from lib.files.tables import Notice
from lib.i18n import N_
from lib.merchandising.made_to_measure_eyewear.measuring import Measured, Sight
from lib.merchandising.made_to_measure_eyewear.population import ADULTS
from lib.vision.faces.pose import Point

RARE = 3.0  # standard deviations from the mean adult
# Of pupillary distance over face width, with the spread that follows where the two go together by r = 0.5.
SHARE, SHARE_DEVIATION = 0.455, 0.027
ASYMMETRY = 5.0  # mm between the two halves
LEVEL = 5.0  # mm that one pupil stands above the other, the head's tilt taken out
MOVED: Mapping[str, float] = {"pupil": 4.0}
MOVED_ELSEWHERE = 10.0

FAR_MOVE = N_("{point}: moved by {mm} mm from where it was found.")
UNEVEN = N_("One pupil is {mm} mm farther from the nose’s middle than the other.")
TILTED = N_("One pupil stands {mm} mm higher than the other.")
RARE_PD = N_("A pupillary distance of {mm} mm is rare among adults.")
RARE_WIDTH = N_("A face {mm} mm wide at the temples is rare among adults.")
RARE_SHARE = N_("The pupils are {share} of the face’s width apart; {usual} is usual.")


@dataclass(frozen=True)
class Doubt:
    """Something to look at again: a code for the run, what is said, and the point's name where it is about one."""

    code: str
    said: Notice
    point: str = ""


def doubts(
    measured: Measured, sight: Sight, points: Mapping[str, Point], found: Mapping[str, Point]
) -> tuple[Doubt, ...]:
    """What is odd about this face, as measured from ``points``.

    Args:
        found: where a model found the points; empty where a person placed them all.
    """
    return (*_moves(sight, points, found), *_asymmetry(measured, sight, points), *_proportions(measured))


def _moves(sight: Sight, points: Mapping[str, Point], found: Mapping[str, Point]) -> list[Doubt]:
    odd = []
    for name, before in found.items():
        if name.startswith(("iris", "card")) or name not in points:
            continue
        mm = math.dist(points[name], before) * sight.distance / sight.pose.focal
        if mm > MOVED.get(name.split("_")[0], MOVED_ELSEWHERE):
            odd.append(Doubt(f"moved_{name}", Notice(FAR_MOVE, {"mm": mm}), name))
    return odd


def _asymmetry(measured: Measured, sight: Sight, points: Mapping[str, Point]) -> list[Doubt]:
    odd = []
    apart = abs(measured.pd_right.mm - measured.pd_left.mm)
    if apart > ASYMMETRY:
        odd.append(Doubt("uneven", Notice(UNEVEN, {"mm": apart})))
    right, left = (sight.pose.in_head(points[f"pupil_{side}"], 0.0, sight.distance)[1] for side in ("right", "left"))
    if abs(right - left) > LEVEL:
        odd.append(Doubt("tilted", Notice(TILTED, {"mm": abs(float(right - left))})))
    return odd


def _proportions(measured: Measured) -> list[Doubt]:
    odd = []
    for name, said in (("pd", RARE_PD), ("width", RARE_WIDTH)):
        value, adults = getattr(measured, name), ADULTS[name]
        # A value is odd where all of its own error can't explain it.
        if abs(value.mm - adults.mean) - value.error > RARE * adults.deviation:
            odd.append(Doubt(f"rare_{name}", Notice(said, {"mm": value.mm})))
    share = measured.pd.mm / measured.width.mm
    doubt = share * math.hypot(measured.pd.error / measured.pd.mm, measured.width.error / measured.width.mm)
    if abs(share - SHARE) - doubt > RARE * SHARE_DEVIATION:
        odd.append(Doubt("rare_share", Notice(RARE_SHARE, {"share": share, "usual": SHARE})))
    return odd

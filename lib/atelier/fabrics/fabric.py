"""A fabric: its kind, its palette, its scale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.fabrics.kinds import KINDS, Kind
from lib.atelier.palettes import Palette
from lib.errors import InputError
from lib.i18n import N_

#: How far an added tint is from a colour of a short palette: towards white, towards black, by turns.
_TINTS: Final = ((255.0, 0.72), (0.0, 0.45), (255.0, 0.4), (0.0, 0.7), (255.0, 0.88))
#: The weft of a denim whose palette names none: undyed cotton.
_UNDYED: Final = (236, 231, 218)


@dataclass(frozen=True)
class Fabric:
    """A cloth.

    Args:
        kind: a key of ``KINDS``.
        palette: first the ground (a print) or the face (a cloth); a kind that needs more colours than there are adds
            tints and shades of these.
        scale_cm: from one thread, stitch, cell or motif to the next; the kind's own where None.
        on: the cloth that a print lies on: its threads show through the motif, and it decides how the print hangs and
            shines. Its palette doesn't count.

    Raises:
        InputError: no such kind, or a scale that is not between 0.01 and 200 cm.
    """

    kind: str
    palette: Palette
    scale_cm: float | None = None
    on: Fabric | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InputError(
                N_("There is no fabric called '{kind}'. Choose one of: {known}."),
                kind=self.kind,
                known=", ".join(KINDS),
            )
        if not 0.01 <= self.scale <= 200:
            raise InputError(N_("A fabric's scale is between 0.01 and 200 centimetres. Choose one in between."))

    @property
    def about(self) -> Kind:
        """What is known of its kind; a print behaves as the cloth that it lies on."""
        own = KINDS[self.kind]
        if self.on is None:
            return own
        cloth = self.on.about
        return replace(own, weight=cloth.weight, fall=cloth.fall, shine=cloth.shine, pile=cloth.pile)

    @property
    def scale(self) -> float:
        """The scale in centimetres."""
        return self.about.scale_cm if self.scale_cm is None else self.scale_cm

    def colours(self, count: int) -> NDArray[np.float32]:
        """The first ``count`` colours as sRGB, 0 to 255, shape (count, 3); short palettes go on in tints."""
        own = self.palette.rgb
        if self.kind == "denim" and len(own) == 1:
            own = np.vstack([own, np.array([_UNDYED], dtype=np.float32)])
        colours = list(own[:count])
        while len(colours) < count:
            added = len(colours) - len(own)
            target, part = _TINTS[added % len(_TINTS)]
            colours.append(own[added % len(own)] * (1 - part) + np.float32(target) * part)
        return np.array(colours, dtype=np.float32)

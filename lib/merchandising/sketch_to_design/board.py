"""A mood board read: its palettes by k-means in CIELAB, their names, and the fabrics that its pictures remind of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.atelier.palettes import Colour, Palette, palette_from_image
from lib.errors import InputError
from lib.i18n import N_
from lib.merchandising.sketch_to_design.joining import BoardSays
from lib.merchandising.sketch_to_design.pieces import CLOTHS, PRINTS
from lib.merchandising.sketch_to_design.textures import Hint, hints

MOST: Final = 12
COLOURS: Final = 6
#: A hint below this likeness says nothing.
LIKELY: Final = 0.4
#: Where a picture resembles itself a little way off no more than this (correlation), it is noise and no cloth.
_ITSELF: Final = 0.2


@dataclass(frozen=True)
class Board:
    """What a board shows: one palette over all its pictures, one of each, and what each reminds of."""

    together: Palette
    each: tuple[Palette, ...]
    reminds: tuple[tuple[Hint, ...], ...]

    def says(self) -> BoardSays:
        """The board's proposals for a brief: each of its colours as the ground once, the most telling first, then each
        picture's own palette. White paper and grey walls fill pictures and say little: colour counts more than area.
        """
        common = sorted(self.together.colours, key=self._salience, reverse=True)
        turned = [(one.hex, *(other.hex for other in common if other != one)) for one in common]
        own = [tuple(colour.hex for colour in sorted(one.colours, key=_chroma, reverse=True)) for one in self.each]
        return BoardSays(tuple(dict.fromkeys((*turned, *own))), self._likely(CLOTHS), self._likely(PRINTS))

    def _salience(self, colour: Colour) -> float:
        share = self.together.shares[self.together.colours.index(colour)]
        return float(share**0.5 * (0.25 + _chroma(colour) / 60))

    def _likely(self, kinds: Sequence[str]) -> tuple[str, ...]:
        """Kinds that pictures remind of, the likeliest first."""
        best: dict[str, float] = {}
        for one in self.reminds:
            for hint in one:
                if hint.kind in kinds and hint.likeness >= LIKELY:
                    best[hint.kind] = max(best.get(hint.kind, 0.0), hint.likeness)
        return tuple(sorted(best, key=lambda kind: -best[kind])[:3])


def read_board(pictures: Sequence[NDArray[np.uint8]], seed: int = 0) -> Board:
    """Palettes and hints of up to 12 pictures, each (h, w, 3) sRGB; each picture counts the same for the palette,
    and the same picture twice counts once.

    Raises:
        InputError: no picture, or more than 12.
    """
    if not 1 <= len(pictures) <= MOST:
        raise InputError(N_("A mood board has 1 to {most} pictures. Add some, or take some away."), most=MOST)
    pictures = list({(one.shape, one.tobytes()): one for one in pictures}.values())
    samples = [_sample(one, seed + at) for at, one in enumerate(pictures)]
    together = palette_from_image(np.concatenate(samples)[None], COLOURS, seed)
    each = tuple(palette_from_image(one[None], COLOURS - 1, seed) for one in samples)
    return Board(together, each, tuple(tuple(hints(one)) if _structured(one) else () for one in pictures))


def _chroma(colour: Colour) -> float:
    """How coloured a colour is, in CIELAB."""
    return float(np.hypot(*colour.lab[1:]))


def _sample(picture: NDArray[np.uint8], seed: int, count: int = 3000) -> NDArray[np.uint8]:
    """Pixels drawn from one picture, shape (count, 3)."""
    flat = picture.reshape(-1, picture.shape[-1])[:, :3]
    return flat[np.random.default_rng(seed).integers(0, len(flat), count)]


def _structured(picture: NDArray[np.uint8]) -> bool:
    """Whether a picture, shape (h, w, 3), resembles itself a few pixels off, as what is woven, printed or seen does."""
    grey = picture[..., :3].mean(axis=2)
    grey = grey - grey.mean()
    if not grey.any():
        return True
    found = []
    for step in range(2, min(13, *grey.shape)):
        for one, other in ((grey[step:], grey[:-step]), (grey[:, step:], grey[:, :-step])):
            found.append(abs(float((one * other).mean())) / float((grey**2).mean()))
    return max(found, default=1.0) > _ITSELF

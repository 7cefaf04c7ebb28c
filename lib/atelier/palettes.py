"""Palettes: colours with names, taken from a picture, built by a harmony, and judged by eye-based measures.

Colours of a picture are k-means centres (MacQueen, 1967) in CIELAB (CIE, 1976); names are the nearest of the colour
list by CIEDE2000; harmony is Ou and Luo's model of two colours (2006), contrast WCAG 2.2's ratio, and what
colour-blind people see follows Machado et al. (2009).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lib.atelier.colours import Colour, contrast, difference, lab_from_rgb, lch_from_lab, rgb_from_lab, simulate
from lib.atelier.colours.spaces import lab_from_lch
from lib.errors import InputError
from lib.i18n import N_

__all__ = [
    "HARMONIES",
    "Colour",
    "Palette",
    "confused",
    "harmony",
    "harmony_of",
    "palette_from_image",
    "scheme",
    "seen_by",
]

#: Pixels that k-means looks at: more change no centre by what an eye sees, and cost time.
SAMPLE: Final = 12_000
#: Centres nearer than this (CIEDE2000) are one colour to the eye at a glance.
SAME: Final = 4.0

#: Turns of hue, in degrees from the first colour, of each harmony.
HARMONIES: Final[dict[str, tuple[float, ...]]] = {
    "complementary": (0, 180),
    "split complementary": (0, 150, 210),
    "analogous": (0, -30, 30),
    "triadic": (0, 120, 240),
    "tetradic": (0, 90, 180, 270),
    "monochrome": (0,),
}


@dataclass(frozen=True)
class Palette:
    """Colours in their order of importance: the first is the ground of a print and the face of a cloth.

    Args:
        colours: at least one.
        shares: of the picture that each colour covers, summing to 1; empty where they come from no picture.

    Raises:
        InputError: no colour.
    """

    colours: tuple[Colour, ...]
    shares: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.colours:
            raise InputError(N_("A palette needs a colour. Add one."))

    @classmethod
    def of(cls, *hexes: str) -> Palette:
        """A palette of hex values, each named by the list."""
        return cls(tuple(Colour(value) for value in hexes))

    def __iter__(self) -> Iterator[Colour]:
        return iter(self.colours)

    def __len__(self) -> int:
        return len(self.colours)

    @property
    def rgb(self) -> NDArray[np.float32]:
        """sRGB values 0 to 255, shape (n, 3)."""
        return np.array([colour.rgb for colour in self.colours], dtype=np.float32)

    def pick(self, index: int) -> Colour:
        """The colour at ``index``, going round where there are fewer."""
        return self.colours[index % len(self.colours)]


def palette_from_image(image: ArrayLike, count: int = 5, seed: int = 0) -> Palette:
    """The ``count`` main colours of a picture, largest share first; fewer where it holds fewer.

    Args:
        image: shape (h, w, 3) or (h, w, 4), 0 to 255; what is more than half transparent is left out.
        count: 1 to 12.
        seed: of k-means' starts and of the sample of pixels.

    Raises:
        InputError: no picture in it, or ``count`` out of range.
    """
    if not 1 <= count <= 12:
        raise InputError(N_("A palette from a picture has 1 to 12 colours. Choose a number in between."))
    rgb = _opaque_pixels(np.asarray(image), seed)
    distinct = np.unique(rgb, axis=0)
    centres, shares = _clusters(np.asarray(lab_from_rgb(rgb)), min(count, len(distinct)), seed)
    order = np.argsort(-shares, kind="stable")
    colours = tuple(Colour.of(rgb_from_lab(centres[index])) for index in order)
    return Palette(colours, tuple(float(shares[index]) for index in order))


def _opaque_pixels(image: NDArray[np.generic], seed: int) -> NDArray[np.uint8]:
    """Up to ``SAMPLE`` pixels of the picture, shape (n, 3)."""
    if image.ndim != 3 or image.shape[2] not in (3, 4) or not image.size:
        raise InputError(N_("There is no colour picture here. Choose a PNG, JPEG or WebP in colour."))
    pixels = image.reshape(-1, image.shape[2])
    if len(pixels) > SAMPLE * 4:
        pixels = pixels[np.random.default_rng(seed).choice(len(pixels), SAMPLE * 4, replace=False)]
    if pixels.shape[1] == 4:
        pixels = pixels[pixels[:, 3].astype(int) >= 128]
    if not len(pixels):
        raise InputError(N_("The picture is transparent all over, so it has no colours. Choose another one."))
    return pixels[:SAMPLE, :3].astype(np.uint8) if len(pixels) > SAMPLE else pixels[:, :3].astype(np.uint8)


def _clusters(lab: NDArray[np.float64], count: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """k-means' centres, shape (k, 3), and their shares; centres that an eye takes for one are merged."""
    from sklearn.cluster import KMeans

    fitted = KMeans(count, n_init=4, random_state=seed).fit(lab)
    centres, shares = fitted.cluster_centers_, np.bincount(fitted.labels_, minlength=count) / len(lab)
    while len(centres) > 1:
        apart = difference(centres[:, None], centres[None])
        np.fill_diagonal(apart, np.inf)
        one, two = np.unravel_index(int(np.argmin(apart)), apart.shape)
        if apart[one, two] >= SAME:
            break
        weight = shares[[one, two]]
        centres[one] = weight @ centres[[one, two]] / weight.sum()
        shares[one] = weight.sum()
        centres, shares = np.delete(centres, two, axis=0), np.delete(shares, two)
    return centres, shares


def scheme(first: Colour, kind: str, count: int = 5) -> Palette:
    """``count`` colours that go with ``first`` by one of ``HARMONIES``: its turns of hue, then lighter and darker.

    Hues turn in CIELAB's LCh, so lightness and chroma stay what the eye sees of them.

    Raises:
        InputError: no such harmony.
    """
    if kind not in HARMONIES:
        raise InputError(
            N_("There is no harmony called '{kind}'. Choose one of: {known}."), kind=kind, known=", ".join(HARMONIES)
        )
    lightness, chroma, hue = lch_from_lab(first.lab)
    turns = HARMONIES[kind]
    colours = [first]
    for index in range(1, count):
        step = (index // len(turns) + 1) // 2 * (18 if index // len(turns) % 2 else -18)
        light = float(np.clip(lightness + step, 12, 95))
        turned = lab_from_lch([light, chroma, hue + turns[index % len(turns)]])
        colours.append(Colour.of(rgb_from_lab(turned)))
    return Palette(tuple(colours))


def harmony_of(first: Colour, second: Colour) -> float:
    """How well two colours go together, from about -1.2 (badly) to 1.4 (well).

    Method: Ou and Luo, A colour harmony model for two-colour combinations (2006), fitted to what 17 people said of
    1,431 pairs: near hues and chromas, different lightness, light colours and blue go well.
    """
    one, two = lch_from_lab(first.lab), lch_from_lab(second.lab)
    between_hues = 2 * np.sqrt(one[1] * two[1]) * np.sin(np.radians(one[2] - two[2]) / 2)
    apart = np.hypot(between_hues, (one[1] - two[1]) / 1.46)
    chromatic = 0.04 + 0.53 * np.tanh(0.8 - 0.045 * apart)
    light = 0.28 + 0.54 * np.tanh(-3.88 + 0.029 * (one[0] + two[0]))
    contrasting = 0.14 + 0.15 * np.tanh(-2 + 0.2 * abs(one[0] - two[0]))
    return float(chromatic + light + contrasting + _hue_effect(one) + _hue_effect(two))


def _hue_effect(lch: NDArray[np.floating]) -> float:
    """Ou and Luo's liking of one hue."""
    lightness, chroma, hue = (float(value) for value in lch)
    strength = 0.5 + 0.5 * np.tanh(-2 + 0.5 * chroma)
    liked = -0.08 - 0.14 * np.sin(np.radians(hue + 50)) - 0.07 * np.sin(np.radians(2 * hue + 90))
    turn = (90 - hue) / 10
    yellow = (0.22 * lightness - 12.8) / 10 * np.exp(turn - np.exp(turn))
    return float(strength * (liked + yellow))


def harmony(palette: Palette) -> float:
    """The mean of ``harmony_of`` over all pairs of a palette; 0 for a single colour."""
    pairs = list(combinations(palette.colours, 2))
    return float(np.mean([harmony_of(*pair) for pair in pairs])) if pairs else 0.0


def seen_by(palette: Palette, vision: str) -> Palette:
    """The palette as a person with ``vision`` (a key of ``colours.VISIONS``) sees it, with the same names."""
    seen = simulate(palette.rgb, vision)
    return Palette(
        tuple(Colour.of(rgb, colour.name) for rgb, colour in zip(seen, palette, strict=True)), palette.shares
    )


def confused(palette: Palette, vision: str | None = None, least: float = 10.0) -> list[tuple[Colour, Colour]]:
    """Pairs of colours that cannot be told apart at a glance: nearer than ``least`` in CIEDE2000 and in contrast < 1.5.

    With ``vision``, as a person with it sees them; the colours given back are the palette's own.
    """
    seen = seen_by(palette, vision) if vision else palette
    shown = list(zip(palette, seen, strict=True))
    return [
        (one, two)
        for (one, one_seen), (two, two_seen) in combinations(shown, 2)
        if difference(one_seen.lab, two_seen.lab) < least and contrast(one_seen.rgb, two_seen.rgb) < 1.5
    ]

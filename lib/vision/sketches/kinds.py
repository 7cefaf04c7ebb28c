"""What a drawing shows, told by its outline and by where its seams run: a small network over a coarse picture of it.

The weights in ``kinds.npz`` come from drawings whose garment is known (``python -m sample_data.kinds`` makes both).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lib.vision.sketches.forms import Outline, runs

WEIGHTS: Final = Path(__file__).with_name("kinds.npz")
#: The outline is looked at in so many rows, its seams in so many rows and columns.
_ROWS: Final = 24
_SEAMS: Final = (12, 9)
#: From this share on a drawing is taken for turned: of 358 upright ones held out of the fitting 1 is.
SURE: Final = 0.9


def features(outline: Outline) -> NDArray[np.float32]:
    """A drawing in numbers that don't depend on its size: (n,) float32.

    Its height over its width; in each row how far it reaches left and right, how much of it is filled and in how many
    pieces; where seams run; how many parts of which size there are.
    """
    mask = outline.mask
    height, width = mask.shape
    rows = mask[((np.arange(_ROWS) + 0.5) / _ROWS * height).astype(int)]
    found = [float(np.log(outline.aspect))]
    for row in rows:
        filled = np.flatnonzero(row)
        if not len(filled):
            found += [0.5, 0.5, 0.0, 0.0]
            continue
        found += [filled[0] / width, filled[-1] / width, len(filled) / width, min(len(runs(row, 3)), 4) / 2]
    shares = sorted((form.share for form in outline.forms), reverse=True)[:6]
    found += [*shares, *[0.0] * (6 - len(shares)), float(np.log1p(len(outline.forms)))]
    return np.concatenate([np.array(found), _seams(outline)]).astype(np.float32)


def _seams(outline: Outline) -> NDArray[np.float64]:
    """How much of each cell of the drawing's box is a line between two parts."""
    import cv2

    labels = outline.labels
    between = np.zeros(labels.shape, dtype=np.float32)
    between[:, 1:] += (labels[:, 1:] != labels[:, :-1]) & (labels[:, 1:] > 0) & (labels[:, :-1] > 0)
    between[1:] += (labels[1:] != labels[:-1]) & (labels[1:] > 0) & (labels[:-1] > 0)
    cells = cv2.resize(between, (_SEAMS[1], _SEAMS[0]), interpolation=cv2.INTER_AREA)
    return np.asarray(np.sqrt(cells.ravel()), dtype=np.float64)


@lru_cache(maxsize=1)
def _weights() -> dict[str, NDArray[np.float32]]:
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        return {name: kept[name] for name in kept.files}


def kinds_of(outline: Outline) -> dict[str, float]:
    """How likely each kind of garment is, the likeliest first; a network with one hidden layer."""
    shares = _shares(features(outline), "")
    order = np.argsort(-shares)
    return {str(_weights()["kinds"][at]): float(shares[at]) for at in order}


def turned_by(outline: Outline) -> int:
    """By how many degrees clockwise a drawing seems to be turned: 0 unless another angle is nearly sure."""
    shares = _shares(features(outline), "turn_")
    likeliest = int(shares.argmax())
    return 90 * likeliest if shares[likeliest] > SURE else 0


def _shares(seen: NDArray[np.float32], network: str) -> NDArray[np.float32]:
    kept = _weights()
    scaled = (seen - kept[f"{network}mean"]) / kept[f"{network}spread"]
    hidden = np.maximum(0, scaled @ kept[f"{network}in"] + kept[f"{network}in_bias"])
    scores = hidden @ kept[f"{network}out"] + kept[f"{network}out_bias"]
    shares = np.exp(scores - scores.max())
    return np.asarray(shares / shares.sum(), dtype=np.float32)

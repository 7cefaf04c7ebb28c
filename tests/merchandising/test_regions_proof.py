"""The measurement of regions: sketches with known regions, the score, flood fill, the null control."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lib.errors import Cancelled
from lib.merchandising.sketch_to_design import regions_proof
from lib.merchandising.sketch_to_design.regions_proof import flood_fill, mean_iou, photographed_sketch

MAPS = arrays(np.int32, (8, 9), elements=st.integers(0, 4))


@given(MAPS)
@settings(deadline=None)
def test_a_map_agrees_with_itself_whatever_its_labels_are_called(labels: np.ndarray) -> None:
    if not labels.any():
        assert mean_iou(labels, labels) == 0
        return
    renamed = np.array([0, 3, 1, 4, 2], dtype=np.int32)[labels]
    assert mean_iou(renamed, labels) == pytest.approx(1)


@given(MAPS, MAPS)
@settings(deadline=None)
def test_the_score_lies_between_nothing_and_all(found: np.ndarray, meant: np.ndarray) -> None:
    assert 0 <= mean_iou(found, meant) <= 1 + 1e-9


def test_a_region_that_is_missing_counts_nothing() -> None:
    meant = np.zeros((10, 10), np.int32)
    meant[:, :5], meant[:, 5:] = 1, 2
    found = np.where(meant == 1, 1, 0).astype(np.int32)
    assert mean_iou(found, meant) == pytest.approx(0.5)
    assert mean_iou(np.ones_like(meant), meant) == pytest.approx(0.25)


def test_flood_fill_reads_a_clean_drawing() -> None:
    """The baseline isn't made weak: on clean lines it is right."""
    page = np.full((200, 200, 3), 255, np.uint8)
    page[40:160, 40:43] = page[40:160, 157:160] = page[40:43, 40:160] = page[157:160, 40:160] = 0
    meant = np.zeros((200, 200), np.int32)
    meant[42:158, 42:158] = 1
    assert mean_iou(flood_fill(page, 1.0), meant) > 0.95


def test_sketches_are_repeatable_and_differ() -> None:
    one, same, other = photographed_sketch(0, 3), photographed_sketch(0, 3), photographed_sketch(0, 14)
    assert (one.pixels == same.pixels).all() and (one.meant == same.meant).all()
    assert not (one.pixels == other.pixels).all()
    assert one.meant.max() >= 1 and one.meant.shape == one.pixels.shape[:2]


@pytest.mark.long
def test_a_small_proof_wins_and_its_null_control_does_not() -> None:
    seen: list[float] = []
    result = regions_proof.regions_proof(1, count=16, draws=300, progress=lambda share, message="": seen.append(share))
    measure, control = result.measures
    assert measure.n == 8 and seen[-1] == 1
    assert measure.wins(regions_proof.PLAIN) is True
    assert measure.ours > max(0.55, measure.baselines[regions_proof.STRAIGHTENED])  # too few sketches for more
    assert control.control and control.wins(regions_proof.CHANCE) is not True
    assert not result.null_win


def test_a_stopped_proof_says_so() -> None:
    with pytest.raises(Cancelled):
        regions_proof.regions_proof(0, count=4, cancelled=lambda: True)

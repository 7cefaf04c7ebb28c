"""The five photographed sketches: there, small, without metadata, and made again as they are."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from sample_data.generate import HERE
from sample_data.plates import plates
from sample_data.sketches import SUBJECTS, Subject, photo


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_the_photo_is_what_the_generator_makes(subject: Subject) -> None:
    content = (HERE / subject.name).read_bytes()
    assert len(content) < 250_000
    with Image.open(io.BytesIO(content)) as picture:
        assert not picture.getexif()
        there = np.asarray(picture.convert("RGB")).astype(int)
    made = photo(subject).pixels.astype(int)
    # Decoders differ by a step or two: the same photo, not the same bytes.
    assert np.abs(made - there).mean() < 3


def test_the_first_plate_is_what_the_page_draws_now() -> None:
    ((name, content),) = plates().items()
    both = []
    for held in (content, (HERE / name).read_bytes()):
        with Image.open(io.BytesIO(held)) as picture:
            both.append(np.asarray(picture.convert("RGB")).astype(int))
    assert np.abs(both[0] - both[1]).mean() < 3, "python -m sample_data.generate"


def test_there_are_five_of_different_garments() -> None:
    assert len({subject.garment.kind for subject in SUBJECTS}) == 5

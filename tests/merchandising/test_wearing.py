"""The frame in the picture, as files, and as an order."""

from __future__ import annotations

import datetime as dt
import io
import struct

import numpy as np
import openpyxl
import pypdf
import pytest
import trimesh

from lib.access import Actor
from lib.atelier.solids import glb, stl
from lib.database import artefacts, connect
from lib.errors import InputError
from lib.i18n import use_language
from lib.merchandising.made_to_measure_eyewear import fit_run, order
from lib.merchandising.made_to_measure_eyewear.advice import advice
from lib.merchandising.made_to_measure_eyewear.fitting import RULES, front_width
from lib.merchandising.made_to_measure_eyewear.frames import (
    FINISHES,
    SHAPE_TITLES,
    TINTS,
    Design,
    fitted,
    material_cost,
    off,
    piece_of,
)
from lib.merchandising.made_to_measure_eyewear.heads import Head, Shot, photograph
from lib.merchandising.made_to_measure_eyewear.measuring import Measured, Sight, measure
from lib.merchandising.made_to_measure_eyewear.wearing import worn
from lib.tasks.recorded import read_back
from lib.vision.faces import find_faces, points_of

Seen = tuple[np.ndarray, Measured, Sight, dict[str, tuple[float, float]]]


@pytest.fixture(scope="module")
def seen() -> Seen:
    shot = Shot(yaw=8, width=630, height=750)
    pixels = photograph(Head(), shot)
    points = points_of(find_faces(pixels)[0], pixels)
    return (pixels, *measure(points, 630, 750, "iris", shot.focal), points)


def changed(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    return np.abs(after.astype(int) - before.astype(int)).max(axis=2) > 12


@pytest.mark.parametrize("shape", SHAPE_TITLES)
def test_the_frame_lies_around_the_eyes_and_nowhere_else(seen: Seen, shape: str) -> None:
    pixels, measured, sight, points = seen
    after = worn(pixels, measured, sight, fitted(measured, shape, "black"))
    where = np.argwhere(changed(pixels, after))
    (top, left), (bottom, right) = where.min(axis=0), where.max(axis=0)
    wide = points["temple_left"][0] - points["temple_right"][0]
    assert left > points["temple_right"][0] - 0.25 * wide and right < points["temple_left"][0] + 0.25 * wide
    assert top > points["pupil_right"][1] - 0.45 * wide and bottom < points["nose_tip"][1] + 0.25 * wide
    # Both pupils are still seen: no rim and no temple crosses them.
    for side in ("right", "left"):
        x, y = (round(one) for one in points[f"pupil_{side}"])
        part = np.s_[y - 7 : y + 8, x - 7 : x + 8]
        assert np.abs(after[part].astype(float) - pixels[part]).mean() < 12


def test_dark_lenses_darken_and_clear_ones_hardly(seen: Seen) -> None:
    pixels, measured, sight, points = seen
    x, y = (round(one) for one in points["pupil_left"])
    region = np.s_[y - 8 : y + 9, x - 14 : x + 15]
    bare = pixels[region].mean()
    light = {tint: worn(pixels, measured, sight, fitted(measured, tint=tint))[region].mean() for tint in TINTS}
    assert light["clear"] > 0.93 * bare
    assert light["green"] < light["grey"] < light["rose"] < light["clear"]


def test_materials_look_different(seen: Seen) -> None:
    pixels, measured, sight, _points = seen
    pictures = [worn(pixels, measured, sight, fitted(measured, finish=finish)) for finish in ("black", "gold", "honey")]
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert changed(pictures[one], pictures[other]).sum() > 500


def test_a_face_beyond_the_pictures_edge_is_left_as_it_is(seen: Seen) -> None:
    pixels, measured, sight, _points = seen
    corner = pixels[:60, :60]
    assert worn(corner, measured, sight, fitted(measured)).shape == corner.shape


def test_front_width_is_the_solids_own() -> None:
    design = Design(52, 18, 145, "panto", "black")
    made = piece_of(design).dimensions["frame_width"]
    assert float(front_width(np.array([52.0]), np.array([18.0]))[0]) == pytest.approx(made, abs=0.1)


@pytest.mark.parametrize("finish", FINISHES)
def test_every_finish_is_a_closed_solid_with_weight_and_cost(finish: str) -> None:
    design = Design(50, 19, 140, "panto", finish)
    piece = piece_of(design)
    solid = trimesh.load(io.BytesIO(stl(piece, 0)), file_type="stl")
    assert solid.is_watertight
    assert 5 < piece.weight_g < 260
    assert material_cost(piece, 1000) == pytest.approx(piece.parts[0].weight_g)
    assert struct.unpack("<I", glb(piece)[:4])[0] == 0x46546C67


def test_a_size_that_cant_be_made_is_refused() -> None:
    with pytest.raises(InputError):
        piece_of(Design(90, 18, 145))
    with pytest.raises(InputError, match="no finish"):
        piece_of(Design(52, 18, 145, finish="paper"))


def test_advice_is_about_proportions() -> None:
    short = fit_run.typed(63, 150, 18, 100, 9, 100)
    long = fit_run.typed(63, 130, 18, 100, 9, 125)
    assert advice(short).shapes[0] == "rectangle" and advice(long).shapes[0] == "panto"
    assert advice(fit_run.typed(56, 140, 18, 100, 9, 112)).reasons[-1].startswith("The eyes stand close")


def test_a_kept_fit_comes_back_as_it_was_with_its_files(actor: Actor) -> None:
    measured = fit_run.typed(63.5, 139, 18, 100, 9, 114)
    design = fitted(measured, "cat_eye", "gold", "brown")
    run = fit_run.record(actor, measured, design, {"origin": "typed", "consent": "not needed"}, 62_000, "en")
    row = read_back(actor, fit_run.SLUG, fit_run.METHOD)
    assert row is not None and row["id"] == run
    back = fit_run.read(row)
    assert back.design == design and back.measured.pd == measured.pd
    assert back.off == pytest.approx(off(measured, design), abs=0.01) and back.fits
    with connect() as database:
        kept = artefacts.of_run(database, actor, run)
    assert sorted(one["media_type"] for one in kept) == ["model/gltf-binary", "model/stl"]


@pytest.mark.parametrize(("language", "said"), [("en", "Order sheet"), ("fr", "Bon de commande")])
def test_the_order_sheet_says_size_and_errors_in_the_readers_language(actor: Actor, language: str, said: str) -> None:
    measured = fit_run.typed(63.5, 139, 18, 100, 9, 114)
    fit_run.record(actor, measured, fitted(measured), {"origin": "typed"}, 38, language)
    fit = fit_run.read(read_back(actor, fit_run.SLUG) or {})
    with use_language(language):
        content = order.sheet(fit, dt.datetime(2026, 3, 4, 10, 0))
        book = openpyxl.load_workbook(io.BytesIO(order.workbook(fit)))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert said in text and fit.design.notation in text
    assert ("63,5" if language == "fr" else "63.5") in text
    mark = "Dessiné par l’atelier, selon des règles" if language == "fr" else "Drawn by the atelier, by rules"
    assert mark in " ".join(text.split())
    assert len(book.sheetnames) == 3
    rules = list(book[book.sheetnames[2]].iter_rows(min_row=2, values_only=True))
    assert len(rules) == len(RULES)

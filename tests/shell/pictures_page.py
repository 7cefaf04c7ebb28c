"""A page with nothing but pictures; ``tests/shell/test_pictures.py`` runs it."""

import tempfile
from pathlib import Path

import streamlit as st
from PIL import Image

from lib.shell import errors, session
from lib.shell.pictures import PictureSample, upload_pictures

FOLDER = Path(tempfile.gettempdir()) / "toile-pictures-page"
FOLDER.mkdir(exist_ok=True)
SAMPLES = []
for name, colour in (("Sketch of a coat", "red"), ("Sketch of a dress", "blue")):
    path = FOLDER / f"{colour}.png"
    if not path.exists():
        Image.new("RGB", (30, 20), colour).save(path)
    SAMPLES.append(PictureSample(path, name))

session.begin()
session.meet()
with errors.shown():
    board = upload_pictures("board", "sketch_to_design", "Mood board", most=3, samples=SAMPLES)
    face = upload_pictures("face", "sketch_to_design", "Face", keep=False)
    for found in (board, face):
        st.json(
            {
                "names": [one.name for one in found.pictures],
                "sizes": [list(one.picture.size) for one in found.pictures],
                "corners": [one.picture.pixels[0, 0].tolist() for one in found.pictures],
                "kept": [bool(one.artefact) for one in found.pictures],
                "origin": found.origin,
                "source": found.source,
            }
        )

"""A page with one picture to choose; ``tests/shell/test_pictures.py`` runs it."""

import tempfile
from pathlib import Path

import streamlit as st
from PIL import Image

from lib.shell import session
from lib.shell.pictures import PictureSample, upload_pictures

SAMPLES = []
for name, colour in (("Sketch of a coat", "red"), ("Sketch of a dress", "blue")):
    path = Path(tempfile.gettempdir()) / f"toile-one-picture-{colour}.png"
    if not path.exists():
        Image.new("RGB", (30, 20), colour).save(path)
    SAMPLES.append(PictureSample(path, name))

session.begin()
session.meet()
found = upload_pictures("one", "sketch_to_design", "Sketch", samples=SAMPLES)
st.text(found.pictures[0].name if found.ready else "")

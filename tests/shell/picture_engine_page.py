"""A page that asks which engine draws; ``tests/shell/test_picture_engine.py`` runs it."""

import streamlit as st

from lib.engines.images.model import ImageRequest
from lib.shell import errors, session
from lib.shell.picture_engine import choose_picture_engine, picture_mark, say_cost

session.begin()
session.meet()
with errors.shown():
    engine = choose_picture_engine("sketch_to_design", operations=("text_to_image", "control"))
    say_cost(ImageRequest(prompt="a dress", count=2), engine)
    picture_mark(engine, "loop-1")
    st.json({"engine": engine})

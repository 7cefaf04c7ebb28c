"""A page that asks for a photo of a person; ``tests/shell/test_photo_consent.py`` runs it."""

import streamlit as st

from lib.shell import errors, session
from lib.shell.photo_consent import PhotoConsent, which_of
from lib.shell.pictures import upload_pictures


def forget():
    st.session_state.pop("made", None)


session.begin()
session.meet()
consent = PhotoConsent("virtual_try_on", "page", "Nobody under 18.", forget)
with errors.shown():
    if consent.given("I agree"):
        found = upload_pictures(consent.photo, consent.use_case, "A photo", keep=False)
        if found.first is not None:
            st.session_state["made"] = found.first.pixels.mean()
            st.session_state["chosen"] = which_of(("Two people.", "Choose one."), "Which", 2, "which")
            st.button("Delete", on_click=consent.withdraw)
st.json({"held": sum(len(value) for key, value in st.session_state.items() if key.endswith("_held"))})

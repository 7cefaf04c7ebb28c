"""Whose sales a picture or a score speaks of, and what is missing where there are none."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from lib.access import DEMO_WORKSPACE
from lib.commerce.product_descriptions.model import Post
from lib.i18n import _
from lib.shell import html, session
from lib.shell.html import element
from lib.shell.upload_slot import SAMPLE, UploadResult
from lib.shell.uploads import choose_sample

USE_CASE = "product_descriptions"
DATA_OPEN = "product_descriptions_data_open"  # the state of the page's data, open or shut


@dataclass(frozen=True)
class Whose:
    """The posts in use as a picture's source says them, and as a score does. Both in the reader's language."""

    source: str
    posts: str


def whose(posts: UploadResult[Post]) -> Whose:
    """Whose posts are in use."""
    if posts.origin != SAMPLE:
        return Whose(_("From your own past posts: {name}.", name=posts.name), _("your own past posts"))
    said = _("the demo house’s past posts")
    if session.workspace() == DEMO_WORKSPACE:
        return Whose(_("From the past posts of the demo house."), said)
    return Whose(_("From the past posts of the demo house, chosen as an example: not from yours."), said)


def offer() -> None:
    """What the person would have with past posts, and the two ways to get some."""
    gains = (
        _("which features of a text go with more orders, with an interval"),
        _("the posts that sold best for pieces like the one in hand"),
        _("for each option, what went with texts like it in the past"),
    )
    lines = (
        element("p", _("No past posts yet: nothing steers the texts but the product’s own data.")),
        element("p", _("With your posts and their results (views, orders) you would see here:")),
        element("ul", *(element("li", gain) for gain in gains), class_="toile-points"),
    )
    html.draw(element("div", *lines, class_="toile-offer"))
    with st.container(horizontal=True):
        st.button(_("Bring past posts"), on_click=_open_data, icon=":material/upload_file:", key="posts_bring")
        st.button(
            _("See it with the demo house’s posts"),
            on_click=choose_sample,
            args=("posts", USE_CASE, "posts"),
            key="posts_demo",
        )


def _open_data() -> None:
    st.session_state[DATA_OPEN] = True

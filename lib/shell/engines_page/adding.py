"""What is missing and how to add it: lines to copy, what each means, where a key comes from."""

from __future__ import annotations

import streamlit as st

from lib.i18n import _, list_of, translate
from lib.shell import html
from lib.shell.exports import copy_button
from lib.shell.html import element
from lib.shell.text import plain
from lib.workbench.engine_recipes import Recipe, connected_as, offered


def add() -> None:
    """Choose a provider, read and copy what its engine needs."""
    recipes = {recipe.slug: recipe for recipe in offered()}
    names = {slug: _name(recipe) for slug, recipe in recipes.items()}
    missing = [slug for slug, recipe in recipes.items() if not connected_as(recipe)]
    chosen = st.pills(
        _("What would you like to connect?"),
        list(recipes),
        default=(missing or list(recipes))[0],
        format_func=names.__getitem__,
        key="engine_recipe",
        required=True,
        wrap=True,
    )
    recipe = recipes[str(chosen)] if chosen in recipes else recipes[(missing or list(recipes))[0]]
    left, right = st.columns(2, gap="large")
    with left:
        _lines(recipe)
    with right:
        _meaning(recipe)


def _name(recipe: Recipe) -> str:
    named = {
        "gguf": _("A model file (GGUF)"),
        "openai_images": _("OpenAI, for pictures"),
        "diffusers": _("A checkpoint for pictures (diffusers)"),
    }
    title = named.get(recipe.slug, recipe.title)
    return f"✓ {title}" if connected_as(recipe) else title


def _lines(recipe: Recipe) -> None:
    there = connected_as(recipe)
    if there:
        st.markdown(plain(_("Connected already, as {names}.", names=list_of(list(there)))))
    st.markdown(
        _("Add these lines to the file `.streamlit/secrets.toml` of the installation, then start the app again.")
    )
    st.code(recipe.lines, language=None)
    copy_button(recipe.lines, _("Copy the lines"), key=f"copy_{recipe.slug}")
    if _keyed(recipe):
        st.caption(
            plain(
                _(
                    "The key stays in that file. It is never shown, stored in the database or written to a log; the"
                    " page says only whether one is set."
                )
            )
        )


def _keyed(recipe: Recipe) -> bool:
    """Whether its lines hold a key."""
    return any(name == "key" for name, _meaning in recipe.fields)


def _meaning(recipe: Recipe) -> None:
    source = _("Where the key comes from") if _keyed(recipe) else _("Worth knowing")
    html.draw(
        element(
            "dl",
            *(
                element("div", element("dt", name), element("dd", translate(meaning)))
                for name, meaning in (*recipe.fields, (source, recipe.key_from))
            ),
            class_="toile-list",
        )
    )
    if not recipe.local and _keyed(recipe):  # what runs in the app itself has no address
        note = _(
            "Addresses on this machine or in a private network are refused, so that nobody can point the app at an"
            " inner system. Where one is meant, as with a gateway of your own, add the line local = true."
        )
        html.draw(element("p", note, class_="toile-null"))

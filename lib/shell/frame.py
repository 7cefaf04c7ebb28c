"""What stands around every page: the menu's settings, the notices about personal links, the sign."""

from __future__ import annotations

import streamlit as st

from lib.engines.prices import PRICE_NAMES
from lib.engines.registry import RUNS_NAMES, EngineInfo, available
from lib.i18n import LANGUAGES, _, translate
from lib.settings import ROOT
from lib.shell import identity, session
from lib.shell.text import plain

STATIC = ROOT / "static"
SIGN = str(STATIC / "sign.png")
# Each language calls itself by its own name, whatever the interface speaks.
OWN_NAMES = {"en": "English", "fr": "Français"}
TOLD_ONCE = ("workspace_lost", "link_void", "link_refused")


def logo() -> None:
    """The product's name above the menu, in the theme's ink."""
    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.logo(str(STATIC / f"toile-{theme}.svg"), size="large")


def sidebar() -> None:
    """Workspace, language and engine. Their widgets live here, so their values outlast a change of page."""
    with st.sidebar:
        if session.known():
            _workspace()
        st.segmented_control(
            _("Language"), LANGUAGES, format_func=OWN_NAMES.__getitem__, key="language", required=True, width="stretch"
        )
        if session.known():
            _engine()


def _workspace() -> None:
    state = st.session_state
    names = {row["id"]: row["name"] for row in session.workspaces()}
    chosen = state.pop("moving_to", None) or session.workspace()
    if chosen not in names:  # removed from it, or it is gone; what they do next must not land elsewhere unnoticed
        state["workspace_lost"] = True
    state["workspace"] = chosen if chosen in names else next(iter(names))
    st.selectbox(
        _("Workspace"),
        list(names),
        format_func=lambda identifier: names.get(identifier, ""),
        key="workspace",
        on_change=_remember,
        args=("workspace",),
    )


def _remember(name: str) -> None:
    session.choose(name, st.session_state[name])


def _engine() -> None:
    engines = {engine.name: engine for engine in available()}
    # Read once, here: a format function may be called where the reader's language isn't set.
    titles = {name: translate(engine.title) for name, engine in engines.items()}
    chosen = session.engine_name()
    st.session_state["engine"] = chosen if chosen in engines else next(iter(engines))
    st.selectbox(
        _("Engine"),
        list(engines),
        format_func=lambda name: titles.get(name, ""),
        key="engine",
        on_change=_remember,
        args=("engine",),
        help=_("What writes the texts. The built-in one follows rules; a model is used when its owner connects it."),
    )
    st.caption(plain(_nature(engines[st.session_state["engine"]])))


def _nature(engine: EngineInfo) -> str:
    """Where an engine runs and what it costs, and its model where it has one."""
    said = (engine.model, translate(RUNS_NAMES[engine.runs]), translate(PRICE_NAMES[engine.price_class]))
    return " · ".join(part for part in said if part)


def told() -> None:
    """A whole run has shown the notices; a page that begins its run anew has shown them to nobody yet."""
    for name in TOLD_ONCE:
        st.session_state.pop(name, None)


def notices() -> None:
    """What a log-in, or a personal link that was opened in this browser, needs to be told or asked; see ``told``."""
    identity.gate()
    state = st.session_state
    if state.get("workspace_lost"):
        st.warning(
            _("This workspace is not open to you any more. You are in the demo house now; what you made is kept.")
        )
    if state.get("link_void"):
        st.warning(
            _(
                "The personal link that this browser kept opens nothing any more: a new one was made, or what it led to"
                " was erased. You are here as a new visitor; your own new link opens what you had."
            ),
            icon=":material/key_off:",
        )
    if state.get("link_refused"):
        st.warning(_("This personal link opens nothing: it is mistyped, or it was renewed. Ask for the new one."))
    if "link_offered" in st.session_state:
        st.warning(
            _(
                "You opened another person's link. If it is yours, from another device, continue as that person here;"
                " otherwise stay who you are."
            )
        )
        with st.container(horizontal=True):
            st.button(_("Continue as that person"), on_click=session.accept_link, args=(True,))
            st.button(_("Stay who I am"), on_click=session.accept_link, args=(False,), type="primary")

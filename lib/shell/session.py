"""Who reads, in which language, in which workspace, with which engine.

A person is a random token. The browser keeps it in its own storage (``browser.js``) and hands it over when a session
opens; the database knows its hash only. The rules are plain functions here, the browser's part is a component that
Streamlit mounts once per page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import streamlit as st

from lib.access import DEMO_WORKSPACE, Actor
from lib.database import connect
from lib.database.page_states import remember, remembered
from lib.database.people import actor_for, create_person, is_erased, person_of_token, workspaces_of
from lib.errors import NotFound
from lib.i18n import DEFAULT_LANGUAGE, LANGUAGES, set_language
from lib.shell import errors, identity, landing, streamlit_words

FRAME = "frame"  # the name under which a person's workspace and engine are remembered
DEFAULT_ENGINE = "built-in"
Function = TypeVar("Function", bound=Callable[..., Any])

_PARTS = (Path(__file__).with_name(name).read_text("utf-8") for name in ("streamlit_words.js", "browser.js"))
_browser = st.components.v2.component("toile_browser", js="".join(_PARTS))


def choose_language(asked: str | None, locale: str | None) -> str:
    """The language to begin with: the URL's, else the browser's, else English."""
    for wish in (asked, (locale or "").split("-")[0].lower()):
        if wish in LANGUAGES:
            return wish
    return DEFAULT_LANGUAGE


def begin() -> None:
    """Set the reader's language. Called at the top of each run, before anything is written."""
    state = st.session_state
    _forget_the_gone()
    if "language" not in state:
        state["language"] = choose_language(st.query_params.get("lang"), st.context.locale)
    state["language"] = state["language"]  # keeps the widget's value while a page without the widget runs
    set_language(language())


def _forget_the_gone() -> None:
    """End a visit whose person was erased in another tab, or whose personal link was made void on another device.

    Nothing of it is kept in memory. The browser then loads the page anew: it still holds what was typed here, and would
    hand it over. A tab of the browser in which the new link was made is known again by that.
    """
    state = st.session_state
    if "person" not in state:
        return
    with connect() as database:
        void = bool(state.get("token")) and person_of_token(database, state["token"]) != state["person"]
        if void or is_erased(database, state["person"]):
            for key in [key for key in state if key != "language"]:
                del state[key]
            state["ended"] = True


def meet(slug: str = "") -> None:
    """Learn from the browser who the reader is. Called once a run, after ``st.navigation``, with the page's address.

    The browser's answer ends the run that is going on; a first run that ends before the pages are declared would have
    Streamlit say that a page reached by a deep link does not exist.
    """
    state = st.session_state
    identity.meet()
    if st.context.url is None:  # no browser that could keep a token: a person for this session
        if identity.claims() is not None:
            identity.arrive(None, None)
        elif "person" not in state and not identity.shut():
            _take(None, st.query_params.get("me"))
    else:
        _ask_browser(slug)


def _ask_browser(slug: str) -> None:
    """Mount the browser's part, take its answer, and follow a link: a clicked one, or one from before a log-in."""
    state = st.session_state
    state["script_runs"] = state.get("script_runs", 0) + 1
    known = "person" in state or identity.waits()
    if known:
        state.pop("browser_asked", None)
    said = _browser(
        key="browser",
        # The count makes each run's data new, so the browser's part runs again and tidies the address of the new page.
        data={
            "language": language(),
            "words": streamlit_words.pairs(language()),
            "known": known,
            # Which question it is: the browser answers each one once.
            "asks": "" if known else state.setdefault("browser_asked", token_hex(8)),
            "store": state.get("token", ""),
            "ended": state.get("ended", False),
            "landing": landing.for_browser(slug, language()),
            "run": state["script_runs"],
        },
        on_answer_change=_nothing,
        on_page_change=_nothing,
        on_landing_change=_nothing,
        height="content",
    )
    if state.get("ended"):
        return
    if said.answer and (said.answer.get("link") or "person" not in state) and not identity.waits():
        if identity.claims() is None:
            _take(said.answer.get("token"), said.answer.get("link"))
        else:
            identity.arrive(said.answer.get("token"), said.answer.get("link"))
        st.rerun()
    if said.page:
        _follow(str(said.page))
    if said.landing and identity.claims() is not None:
        landing.follow(said.landing)


def _nothing() -> None:
    """A component's trigger needs a callback; its value is read from what the component returns."""


def _follow(link: str) -> None:
    """Go to a page by its slug, which may have a query: 'runs?run=abc'."""
    from lib.navigation import path_of

    slug, _mark, query = link.partition("?")
    with errors.shown():
        st.switch_page(path_of(slug), query_params={**dict(parse_qsl(query)), "lang": language()})


def _take(token: str | None, link: str | None) -> None:
    """Become the person of the link, else of the token, else a new one.

    A link that would replace another person on this browser is put to them first: whoever sends round a link of their
    own would otherwise collect what its readers upload.
    """
    state = st.session_state
    with connect() as database:
        known = person_of_token(database, token) if token else None
        linked = person_of_token(database, link) if link else None
        if link and linked is None:
            state["link_refused"] = True
        elif token and known is None and linked is None:
            state["link_void"] = True
        if linked and known and linked != known:
            state["link_offered"] = link
        if known or linked:
            state["person"], state["token"] = (known, token) if known else (linked, link)
        else:
            state["person"], state["token"] = create_person(database)


def accept_link(accepted: bool) -> None:
    """Answer to a personal link of somebody else that was opened in this browser."""
    state = st.session_state
    link = state.pop("link_offered", None)
    if not accepted or not link:
        return
    with connect() as database:
        person = person_of_token(database, link)
    if person:
        for key in ("workspace", "engine"):
            state.pop(key, None)
        state["person"], state["token"] = person, link


def replace_token(token: str) -> None:
    """Keep the person's new token; the browser stores it in the next run."""
    st.session_state["token"] = token


def known() -> bool:
    """Whether the browser has said who this is; in the very first run of a visit it hasn't yet."""
    return "person" in st.session_state


def person() -> str:
    """The person's id. In a visit's first run this ends the run: the next one follows with the browser's answer."""
    if not known():
        st.stop()
    identity.require_fresh()
    return str(st.session_state["person"])


def token() -> str:
    """The person's own token, for their personal link and nothing else."""
    person()
    return str(st.session_state["token"])


def language() -> str:
    """The interface's language: 'en' or 'fr'."""
    return str(st.session_state.get("language") or DEFAULT_LANGUAGE)


def actor() -> Actor:
    """The person in the workspace that they chose. See ``person`` for a visit's first run."""
    identifier = person()
    with connect() as database:
        try:
            return actor_for(database, identifier, workspace())
        except NotFound:  # they left it, or it is gone: the demo house is everybody's
            st.session_state.pop("workspace", None)
            return actor_for(database, identifier, DEMO_WORKSPACE)


def workspaces() -> list[dict[str, Any]]:
    """The person's workspaces, the demo house first: id, name, house, currency, demo, role."""
    with connect() as database:
        return workspaces_of(database, person())


def workspace() -> str:
    """The id of the chosen workspace; the demo house at first."""
    return str(_choice("workspace", DEMO_WORKSPACE))


def engine_name() -> str:
    """The name of the chosen engine; the built-in one at first."""
    return str(_choice("engine", DEFAULT_ENGINE))


def _choice(name: str, default: str) -> str:
    """What the person chose in this session, else what is remembered of them."""
    state = st.session_state
    if state.get(name) is None:
        with connect() as database:
            home = actor_for(database, person(), DEMO_WORKSPACE)
            state[name] = remembered(database, home, FRAME).get(name, default)
    return str(state[name])


def choose(name: str, value: str) -> None:
    """Remember a choice of the frame ('workspace' or 'engine') beyond this session.

    It is kept with the person's place in the demo house, where everybody has one.
    """
    with connect() as database:
        remember(database, actor_for(database, person(), DEMO_WORKSPACE), FRAME, {name: value})


def move_to(identifier: str) -> None:
    """Go to another workspace from a page; the sidebar shows it in the next run, which this starts."""
    choose("workspace", identifier)
    st.session_state["moving_to"] = identifier
    st.rerun()


def fragment(function: Function | None = None, *, run_every: float | None = None) -> Any:
    """``st.fragment`` for our pages: it speaks the reader's language and shows errors as the frame does.

    A fragment reruns without Home.py, so neither the language nor the page's error handling would be there.
    """
    if function is None:
        return lambda inner: fragment(inner, run_every=run_every)

    @wraps(function)
    def body(*arguments: Any, **named: Any) -> Any:
        set_language(language())
        with errors.shown():
            return function(*arguments, **named)

    return st.fragment(body, run_every=run_every)

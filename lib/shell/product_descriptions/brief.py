"""The brief: which product, for which channel, in which language and voice; then the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from lib.commerce.product_descriptions.desk import facts, seed_of
from lib.commerce.product_descriptions.model import BrandVoice, Channel, DescribeProduct, Post, Product
from lib.commerce.product_descriptions.task import DESCRIBE_PRODUCT
from lib.commerce.product_descriptions.what_sold import WhatSold, advice
from lib.commerce.product_descriptions.writer import understood_note, unspoken
from lib.engines import registry
from lib.i18n import N_, _, language_name, list_of, translate
from lib.shell import errors, html, session
from lib.shell.page_state import PageState
from lib.shell.product_descriptions.arrival import announce
from lib.shell.product_descriptions.voicing import ask_voice
from lib.shell.text import plain
from lib.tasks import Context, Partial, TaskFinished
from lib.tasks.run import stream_task

USE_CASE = "product_descriptions"
_PAGE = PageState(USE_CASE)
state, keep = _PAGE.state, _PAGE.keep
CHANNEL_NAMES = {
    Channel.SITE: N_("Site"),
    Channel.MARKETPLACE: N_("Marketplace"),
    Channel.SOCIAL: N_("Social"),
    Channel.EMAIL: N_("E-mail"),
}
# A model may write in any language; these are the ones that a luxury house's sites and stores ask for most.
MODEL_LANGUAGES = ("en", "fr", "it", "es", "de", "pt", "nl", "pl", "tr", "ar", "ru", "ja", "ko", "zh")


@dataclass(frozen=True)
class Brief:
    """What the brief says apart from the product: it holds for a whole catalogue, too."""

    channel: Channel
    voice: BrandVoice
    note: str
    language: str


def _named(names: Mapping[str, str]) -> Callable[[str], str]:
    """A widget's names, translated now: it may ask for them where no reader's language is set."""
    return {value: translate(name) for value, name in names.items()}.__getitem__


def _widget(name: str) -> str:
    """A widget's key, apart for each workspace."""
    return f"{USE_CASE}_{session.actor().workspace}_{name}"


def _recall(name: str, options: Sequence[str], default: str, apart: str = "") -> str:
    """Give a widget its remembered value in the session's first run; its key, ``apart`` for each source of options."""
    key = _widget(f"{name}_{apart}" if apart else name)
    if st.session_state.get(key) not in options:
        before = state().get(name, default)
        st.session_state[key] = before if before in options else default
    return key


def ask(products: Sequence[Product], source: str, learned: WhatSold | None, winners: Sequence[Post]) -> Brief:
    """Draw the brief with its run button, and give what it says; a run leaves its id in the page's state.

    ``source`` is the table that the products come from.
    """
    product = choose_product(products, source)
    channel = Channel(
        st.pills(
            _("Channel"),
            [channel.value for channel in Channel],
            format_func=_named({channel.value: name for channel, name in CHANNEL_NAMES.items()}),
            key=_recall("channel", [channel.value for channel in Channel], Channel.SITE.value),
            required=True,
            wrap=True,
        )
        or Channel.SITE
    )
    first, second = st.columns([3, 2], vertical_alignment="bottom")
    with first:
        language = _language()
    with second:
        voice = ask_voice()
    note = st.text_input(
        _("A wish of your own, in one sentence"),
        value=str(state().get("note", "")),
        max_chars=300,
        placeholder=_("A wish: shorter, lead with the material…"),
        key=_widget("note"),
        label_visibility="collapsed",
    )
    if session.engine_name() == registry.BUILT_IN and note:
        st.caption(plain(understood_note(note)))
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(_("Write three options"), type="primary", icon=":material/edit_note:", key="run")
        st.caption(plain(_("Engine: {engine}", engine=translate(registry.info(session.engine_name()).title))))
    _facts(product, language)
    if pressed:
        inputs = DescribeProduct(
            product=product,
            channel=channel,
            voice=voice,
            advice=advice(learned, channel, product.category) if learned else (),
            winners=tuple(winners),
            note=note,
        )
        keep(product=product.sku, channel=channel.value, language=language, note=note)
        with errors.shown():
            write(inputs, language)
    return Brief(channel, voice, note, language)


def _facts(product: Product, language: str) -> None:
    """What the writer may use, and what the built-in engine has no word for in the language of the text."""
    with st.expander(_("What the writer may use")):
        html.draw(html.element("ul", *(html.element("li", fact) for fact in facts(product)), class_="toile-points"))
        silent = unspoken(product, language) if session.engine_name() == registry.BUILT_IN else ()
        if silent:
            values = list_of([value for _attribute, value in silent])
            said = _("Not said in this language, since the vocabulary lacks a word: {values}", values=values)
            st.caption(plain(said))


def choose_product(products: Sequence[Product], source: str) -> Product:
    """The product in hand: one to search and choose among all.

    Another file may have other names under the same references: the box is another one then, or it would go on showing
    the old name.
    """
    by_sku = {product.sku: product for product in products}
    key = _recall("product", list(by_sku), products[0].sku, source)
    sku = st.selectbox(
        _("Product"),
        list(by_sku),
        format_func=lambda sku: f"{by_sku[sku].name} · {sku}",
        key=key,
    )
    return by_sku[str(sku)]


def chosen_product(products: Sequence[Product], source: str) -> Product:
    """The product that the brief shows, known before the brief is drawn."""
    by_sku = {product.sku: product for product in products}
    wanted = st.session_state.get(_widget(f"product_{source}")) or state().get("product")
    return by_sku.get(str(wanted), products[0])


def _language() -> str:
    """The language of the text, a choice apart from the interface's."""
    able = registry.info(session.engine_name()).languages or MODEL_LANGUAGES
    key = _recall("language", able, session.language() if session.language() in able else able[0])
    chosen = st.selectbox(
        _("Language of the text"), able, format_func={code: language_name(code) for code in able}.__getitem__, key=key
    )
    return str(chosen)


def write(inputs: DescribeProduct, language: str) -> None:
    """Do the task and remember the run; partial texts are shown as they come."""
    turn = int(str(state().get("turn", 0))) + 1
    context = Context(
        actor=session.actor(), language=language, seed=seed_of(inputs.product.sku, turn), use_case=USE_CASE
    )
    shown = st.container(key="arriving").empty()
    with st.spinner(_("Writing")):
        for event in stream_task(DESCRIBE_PRODUCT, inputs, context, session.engine_name()):
            if isinstance(event, Partial):
                _show_partial(shown, event)
            elif isinstance(event, TaskFinished):
                keep(run=event.run.id, turn=turn, choice=0)
                announce(event.run.id)
    shown.empty()


def _show_partial(place: st.delta_generator.DeltaGenerator, event: Partial) -> None:  # type: ignore[type-arg]
    """What has come so far, as text and never as markup."""
    options = event.output.get("options") or []
    with place.container():
        for column, option in zip(st.columns(3), options, strict=False):
            for field in ("title", "opener", "body"):
                text = (option or {}).get(field)
                if text:
                    column.markdown(plain(str(text)))

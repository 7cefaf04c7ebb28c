"""The whole catalogue: what it will cost and take, the start, how far it is, the files when it is done."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from lib.access import Actor, Right
from lib.batch.limits import limit_of
from lib.commerce.product_descriptions.catalogue_run import (
    Outlook,
    Settings,
    check_budget,
    label_of,
    languages_of,
    outlook,
    own_name,
    refusal,
    start,
    written_by,
)
from lib.commerce.product_descriptions.exports import json_ld
from lib.commerce.product_descriptions.model import Post, Product
from lib.commerce.product_descriptions.what_sold import WhatSold
from lib.commerce.product_descriptions.winners import Shelf
from lib.database import connect
from lib.database.jobs import Job, each_item, jobs
from lib.engines import registry
from lib.files.writers import write_jsonld
from lib.i18n import _, amount, language_name, ngettext, number, translate
from lib.navigation import path_of
from lib.shell import errors, html, session, work
from lib.shell.exports import CSV, JSON_LD, XLSX, Export, csv_kinds, downloads
from lib.shell.html import element
from lib.shell.jobs_page import bar, progress, words
from lib.shell.jobs_page.state import Seen
from lib.shell.page import section
from lib.shell.product_descriptions import brief, winning
from lib.shell.product_descriptions.brief import Brief
from lib.shell.product_descriptions.taking import csv_of, xlsx_of
from lib.shell.product_descriptions.voicing import REGISTERS
from lib.shell.text import plain
from lib.shell.upload_slot import UploadResult
from lib.workbench.jobs_results import error_text

FEW = 4  # languages that stand side by side; more are chosen from a list
LISTED = 10  # refused products that are named


def draw(
    products: UploadResult[Product],
    posts: Sequence[Post],
    told: Sequence[Product],
    learned: WhatSold | None,
    said: Brief,
) -> None:
    """The part of the page: the last run, if there is one, and the form for the next.

    ``told`` are the products that the posts speak of.
    """
    with st.container(key="catalogue_run"):
        section(
            _("The whole catalogue"),
            _("One text for each product, in the background: it goes on when you close this page."),
        )
        key = f"catalogue_run_{session.workspace()}"
        preparing = work.running(key)
        work.watch(key)
        if preparing:
            return
        last = _last()
        if last is None:
            _form(key, products, posts, told, learned, said)
            return
        _progress(last)
        with st.expander(_("Set up another run"), icon=":material/add:"):
            _form(key, products, posts, told, learned, said)


def _last() -> Job | None:
    """The newest run of this person."""
    with connect() as database:
        found = jobs(database, session.actor(), 20, use_case=brief.USE_CASE, kind="rows")
    return next((job for job in found if job.person == session.person()), None)


def _form(
    key: str,
    products: UploadResult[Product],
    posts: Sequence[Post],
    told: Sequence[Product],
    learned: WhatSold | None,
    said: Brief,
) -> None:
    """Languages, what to expect, the budget, the start."""
    how = Settings(said.channel, said.voice, said.note, learned)
    shelf = winning.shelf(posts, told) if posts else None
    left, right = st.columns([2, 3], gap="large")
    with left:
        languages = _languages(said.language)
        st.caption(plain(_as_set(said)))
    with errors.shown():
        expected = _expected(products, how, languages, shelf)
        with right:
            html.draw(element("dl", *_facts(expected, len(languages)), class_="toile-facts toile-expected"))
            _left_out(expected)
        # Below both columns: on a phone, too, cost and time are read before the button.
        with st.columns([2, 3], gap="large")[0]:
            _begin(key, products, how, languages, shelf, expected)


def _as_set(said: Brief) -> str:
    channel = translate(brief.CHANNEL_NAMES[said.channel])
    register = translate(REGISTERS[said.voice.register_])
    engine = translate(registry.info(session.engine_name()).title)
    return _(
        "As the brief says: channel {channel}, voice {voice}. Engine: {engine}.",
        channel=channel.lower(), voice=register.lower(), engine=engine,
    )  # fmt: skip


def _languages(first: str) -> list[str]:
    """One language or several; on an engine that writes only some, these."""
    able = registry.info(session.engine_name()).languages or brief.MODEL_LANGUAGES
    names = {code: language_name(code) for code in able}
    key = f"catalogue_languages_{session.workspace()}_{session.engine_name()}"
    if key not in st.session_state:
        st.session_state[key] = [first if first in able else able[0]]
    label = _("Languages of the texts")
    if len(able) <= FEW:
        return list(
            st.pills(label, able, selection_mode="multi", format_func=names.__getitem__, key=key, wrap=True) or []
        )
    placeholder = _("Choose one or several")
    return list(st.multiselect(label, able, format_func=names.__getitem__, key=key, placeholder=placeholder))


def _expected(products: UploadResult[Product], how: Settings, languages: Sequence[str], shelf: Shelf | None) -> Outlook:
    """The outlook, kept while nothing changes that it depends on."""
    engine, actor = session.engine_name(), session.actor()
    wanted = (
        id(products.items), engine, tuple(languages), actor.workspace, how.channel, how.note,
        json.dumps(how.voice.model_dump(), sort_keys=True), how.learned is None,
    )  # fmt: skip
    kept = st.session_state.get("catalogue_outlook")
    if kept is None or kept[0] != wanted:
        read = None if engine == registry.BUILT_IN else shelf
        at_once = limit_of(engine).concurrency
        kept = (wanted, outlook(products.items, how, languages, engine, actor, read, at_once))
        st.session_state["catalogue_outlook"] = kept
    found: Outlook = kept[1]
    return found


def _facts(expected: Outlook, languages: int) -> list[Markup]:
    """Rows, cost, tokens and time, each with where it comes from."""
    cost = expected.cost
    many = ngettext("{n} product, {languages}", "{n} products, {languages}", expected.rows // max(languages, 1),
                    languages=ngettext("{n} language", "{n} languages", languages))  # fmt: skip
    facts = [(_("Texts to write"), number(expected.rows), many), (_("Cost"), *_cost(expected))]
    if cost.input_tokens[1]:
        read, written = cost.input_tokens, cost.output_tokens
        said = _("{low} to {high} read", low=_rough(read[0]), high=_rough(read[1]))
        aside = _("{low} to {high} written", low=_rough(written[0]), high=_rough(written[1]))
        facts.append((_("Tokens"), said, aside))
    if expected.seconds is None:
        facts.append((_("Time"), _("Not known yet"), _("said once ten texts are written")))
    else:
        facts.append((_("Time"), words.span(*expected.seconds), _("from your earlier texts on this engine")))
    return [
        element("div", element("dt", name), element("dd", said), element("dd", aside, class_="toile-aside"))
        for name, said, aside in facts
    ]


def _cost(expected: Outlook) -> tuple[str, str]:
    cost = expected.cost
    if cost.low is None or cost.high is None:
        return _("Not known"), _("no price is known for this engine")
    if cost.high == 0:
        return _("Free"), _("nothing is paid per token")
    low, high = amount(cost.low, cost.currency), amount(cost.high, cost.currency)
    return _("{low} to {high}", low=low, high=high), _("three options for each text, of which the first is kept")


def _rough(tokens: int) -> str:
    """A count of tokens to two digits: it is an estimate."""
    if tokens < 100:
        return number(tokens)
    scale = 10 ** (int(math.log10(tokens)) - 1)
    return number(round(tokens / scale) * scale)


def _left_out(expected: Outlook) -> None:
    """Products that no text can be written for, each by name, with the reason."""
    if not expected.refused:
        return
    count = len(expected.refused)
    title = ngettext("{n} product is left out", "{n} products are left out", count)
    with st.expander(title, icon=":material/report:"):
        for product in expected.refused[:LISTED]:
            st.markdown(plain(f"{label_of(product)}: {error_text(refusal(product))}"))


def _begin(
    key: str, products: UploadResult[Product], how: Settings, languages: list[str], shelf: Shelf | None,
    expected: Outlook,
) -> None:  # fmt: skip
    """The budget, where there is a price, and the button that starts the run."""
    may, cost = session.actor().may(Right.RUN), expected.cost
    budget = _budget(expected) if cost.high else None
    pressed = st.button(
        ngettext("Write {n} text", "Write {n} texts", expected.rows),
        key="catalogue_start",
        type="primary",
        icon=":material/dynamic_feed:",
        disabled=not may,
    )
    if not may:
        st.caption(_("Your role here looks on. Ask an administrator of the workspace to change it."))
    if not pressed:
        return
    check_budget(budget, expected.each, cost.currency, amount)
    turn = int(str(brief.state().get("catalogue_turn", 0))) + 1
    brief.keep(catalogue_turn=turn)
    work.start(
        key, _write_down, session.actor(), products.items, how, tuple(languages), session.engine_name(), shelf,
        budget, cost.currency or None, expected.each if cost.high else None, turn, products.data_set,
    )  # fmt: skip
    st.rerun()


def _budget(expected: Outlook) -> float:
    """What the run may cost at most: at first the upper estimate, so that it is not stopped before its end."""
    high, currency = expected.cost.high or 0.0, expected.cost.currency
    digits = max(2, 1 - math.floor(math.log10(high))) if high else 2
    return float(
        st.number_input(
            _("Budget in {currency}: the run stops before it is exceeded", currency=currency),
            min_value=0.0,
            value=math.ceil(high * 10**digits) / 10**digits,
            step=10.0**-digits if high < 1 else 1.0,
            format=f"%.{digits}f",
            key=f"catalogue_budget_{session.engine_name()}_{expected.rows}",
        )
    )


def _write_down(
    job: work.Work, actor: Actor, products: Sequence[Product], how: Settings, languages: tuple[str, ...], engine: str,
    shelf: Shelf | None, budget: float | None, currency: str | None, each: float | None, turn: int,
    data_set: str | None,
) -> str:  # fmt: skip
    said = _("Preparing the rows: what sold is looked up for each product")
    return start(
        actor, products, how, languages, engine, shelf,
        budget=budget, currency=currency, row_estimate=each, turn=turn, data_set=data_set,
        progress=lambda share: job.progress(share, said), cancelled=job.stop.is_set,
    )  # fmt: skip


def _progress(last: Job) -> None:
    """The last run: how far it is, the way to it on the Jobs page, its files once it has ended."""
    bar.style()
    html.draw(
        element(
            "div",
            element("p", words.title_of(last), class_="toile-title"),
            element("p", words.about(last), class_="toile-source"),
        )
    )
    with errors.shown():
        seen = progress.draw(last.id)
        if st.button(_("Open it under Jobs: pause, errors, all rows"), icon=":material/dynamic_feed:", key="to_jobs"):
            st.switch_page(path_of("jobs"), query_params={"lang": session.language(), "job": last.id})
        if seen.job.ended and seen.rows.done:
            _files(seen)


def _files(seen: Seen) -> None:
    """The texts for a product information system and, a file for each language, for the pages of a shop."""
    job, actor = seen.job, session.actor()
    stem = f"descriptions_{job.id[:8]}"
    exports = [
        Export("XLSX", f"{stem}.xlsx", lambda: _pim(actor, job), XLSX),
        *[
            Export(label, name, lambda separator=separator: _pim(actor, job, separator), CSV)  # type: ignore[misc]
            for label, name, separator in csv_kinds(stem)
        ],
    ]
    exports += [
        Export(
            f"JSON-LD ({own_name(code)})",
            f"{stem}_{code}.jsonld",
            lambda code=code: _jsonld(actor, job, code),  # type: ignore[misc]
            JSON_LD,
        )
        for code in languages_of(job)
    ]
    said = ngettext(
        "{n} draft as one file: nobody has approved it yet.", "{n} drafts as one file: nobody has approved them yet.",
        seen.rows.done,
    )  # fmt: skip
    st.caption(plain(said))
    downloads(exports, key=f"catalogue_{job.id}")


def _pim(actor: Actor, job: Job, separator: str = "") -> bytes:
    """The texts as XLSX, or as CSV where a separator is given."""
    with connect() as database:
        texts = list(written_by(job, each_item(database, actor, job.id)))
    return csv_of(texts, separator) if separator else xlsx_of(texts)


def _jsonld(actor: Actor, job: Job, language: str) -> bytes:
    with connect() as database:
        texts = list(written_by(job, each_item(database, actor, job.id), language))
    return write_jsonld([json_ld(one) for one in texts])

"""Setting up a comparison: the task, the inputs, the sides, the question, who votes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from lib.access import DEMO_WORKSPACE, Right
from lib.comparable import Input
from lib.database import connect
from lib.database import prompts as versions
from lib.database.comparisons import MAX_INPUTS, MAX_QUESTION, MAX_RATERS, MAX_SIDES, MIN_SIDES, Side, create
from lib.engines.embedded.engine import SMOLLM2
from lib.engines.registry import BUILT_IN, EngineInfo, available
from lib.i18n import LANGUAGES, _, date_time, language_name, ngettext, translate
from lib.shell import errors, session
from lib.shell.compare import costing
from lib.shell.page import section
from lib.shell.text import plain
from lib.workbench.preference import FEWEST
from lib.workbench.tasks import Contender, contenders, input_sets

SHOWN_AT_FIRST = FEWEST
MODEL_LANGUAGES = ("en", "fr", "it", "es", "de", "pt", "nl", "pl", "tr", "ar", "ru", "ja", "ko", "zh")


def draw() -> str | None:
    """The form; the new comparison's id once it was made."""
    actor = session.actor()
    if not actor.may(Right.RUN):
        st.markdown(_("Your role in this workspace votes; it doesn’t make comparisons. Open one below."))
        return None
    with st.container(key="compare_what"):
        first, second, third = st.columns([2, 2, 1])
        with first:
            of = _task()
        with third:
            language = _language()
        with second:
            given = _input_set(of)
    chosen = _inputs(of, given)
    sides = _sides(of)
    question, blind, raters = _vote()
    return _make(of, language, chosen, sides, question, blind, raters)


def _task() -> Contender:
    found = {each.dotted: each for each in contenders()}
    titles = {dotted: translate(each.task.title) for dotted, each in found.items()}
    return found[str(st.selectbox(_("Task"), list(found), format_func=titles.__getitem__, key="compare_task"))]


def _language() -> str:
    names = {code: language_name(code) for code in MODEL_LANGUAGES}
    own = session.language()
    return str(
        st.selectbox(
            _("Language of the texts"),
            MODEL_LANGUAGES,
            index=MODEL_LANGUAGES.index(own if own in LANGUAGES else "en"),
            format_func=names.__getitem__,
            key=f"compare_language_{own}",
        )
    )


def _input_set(of: Contender) -> tuple[str, tuple[Input, ...]]:
    """The inputs to choose from, with a name for their widget."""
    actor = session.actor()
    with connect() as database:
        sets = {one.key: one for one in input_sets(database, actor, of)}
    if not sets:
        st.info(_("Run this task once on its own page: its inputs are then offered here."))
        return "", ()
    titles = {key: one.title for key, one in sets.items()}
    key = str(
        st.selectbox(
            _("Inputs from"),
            list(sets),
            format_func=lambda key: titles.get(key, ""),
            key=f"compare_set_{actor.workspace}_{of.task.name}",
        )
    )
    # Read once a session: a file of thousands of products takes its time. Earlier runs grow meanwhile.
    kept = f"compare_inputs_{actor.workspace}_{actor.person}_{of.dotted}_{key}_{session.language()}"
    if kept not in st.session_state or key == "earlier":
        st.session_state[kept] = sets[key].load()
    return kept, st.session_state[kept]


def _inputs(of: Contender, given: tuple[str, tuple[Input, ...]]) -> list[Input]:
    name, inputs = given
    chosen = st.multiselect(
        _("Inputs, up to {most}", most=MAX_INPUTS),
        range(len(inputs)),
        default=list(range(min(SHOWN_AT_FIRST, len(inputs)))),
        format_func=[one.label for one in inputs].__getitem__,
        max_selections=MAX_INPUTS,
        placeholder=_("Choose what is to be written about"),
        key=f"chosen_{name}",
    )
    if 0 < len(chosen) < FEWEST:
        st.caption(
            plain(
                _("With fewer than {n} inputs even a unanimous vote can be chance. Choose more if you can.", n=FEWEST)
            )
        )
    return [inputs[at] for at in chosen]


def _sides(of: Contender) -> list[Side]:
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        section(_("The sides"), translate(of.how.note) if of.how.note else "")
        count = int(
            st.segmented_control(
                _("How many"),
                list(range(MIN_SIDES, MAX_SIDES + 1)),
                default=MIN_SIDES,
                key="compare_count",
                required=True,
                width="content",
            )
            or MIN_SIDES
        )
    engines = available()
    columns = st.columns(count, border=True)
    sides = []
    for place, column in enumerate(columns):
        with column:
            sides.append(_side(of, place, engines))
    return sides


def _side(of: Contender, place: int, engines: tuple[EngineInfo, ...]) -> Side:
    """One side. At first: the built-in engine against those that the owner connected, else itself in another voice.

    The small model of this machine is there to choose, and too slow and weak to begin with.
    """
    begin_with = [engine.name for engine in engines if engine.name != SMOLLM2]
    usual = begin_with[place] if place < len(begin_with) else BUILT_IN
    by_name = {engine.name: engine for engine in engines}
    titles = {name: translate(engine.title) for name, engine in by_name.items()}
    name = str(
        st.selectbox(
            _("Engine"),
            list(by_name),
            index=list(by_name).index(usual),
            format_func=titles.__getitem__,
            key=f"compare_engine_{place}_{len(by_name)}",
        )
    )
    prompt, prompt_title = ("", "") if name == BUILT_IN else _prompt(of, place)
    # A built-in engine against itself differs in voice and seed, so that there is something to compare.
    first = place if usual == BUILT_IN else 0
    left, right = st.columns([3, 2]) if of.how.variants else (st.container(), st.container())
    with left:
        variant = _variant(of, place, first)
    with right:
        take = _take(place, first)
    return Side(name, by_name[name].model, prompt, prompt_title, variant, take)


def _take(place: int, first: int) -> int:
    takes = list(range(1, MAX_SIDES + 1))
    return int(
        st.selectbox(
            _("Take"),
            takes,
            index=first,
            format_func={number: _("Take {number}", number=number) for number in takes}.__getitem__,
            help=_("Another take has another random seed: what the same side would write the next time."),
            key=f"compare_take_{place}",
        )
    )


def _prompt(of: Contender, place: int) -> tuple[str, str]:
    """A version of the task's prompt, fixed now: the one in use may change while texts are written."""
    actor = session.actor()
    with connect() as database:
        saved = versions.versions(database, actor, of.task.name)
    if not saved:
        return versions.FILE, ""
    titles = {versions.FILE: _("The product’s own prompt")}
    for one in saved:
        when = date_time(dt.datetime.fromisoformat(one.created_at).astimezone())
        titles[one.id] = _("{what}, in use", what=one.note or when) if one.active else one.note or when
    active = next((one.id for one in saved if one.active), versions.FILE)
    chosen = str(
        st.selectbox(
            _("Prompt"),
            list(titles),
            index=list(titles).index(active),
            format_func=titles.__getitem__,
            key=f"compare_prompt_{place}_{of.task.name}",
        )
    )
    named = {one.id: one.note or date_time(dt.datetime.fromisoformat(one.created_at).astimezone()) for one in saved}
    return chosen, named.get(chosen, "")


def _variant(of: Contender, place: int, first: int) -> str:
    variants = of.how.variants
    if not variants:
        return ""
    titles = {variant.key: translate(variant.title) for variant in variants}
    return str(
        st.selectbox(
            translate(of.how.variant_title),
            list(titles),
            index=first % len(variants),
            format_func=titles.__getitem__,
            key=f"compare_variant_{place}_{of.task.name}",
        )
    )


def _vote() -> tuple[str, bool, int]:
    alone = session.actor().workspace == DEMO_WORKSPACE
    left, middle, right = st.columns([5, 3, 5], vertical_alignment="bottom")
    with left:
        question = st.text_input(
            _("Question to the raters"),
            value=_("Which one would you publish?"),
            max_chars=MAX_QUESTION,
            key=f"compare_question_{session.language()}",
        )
    with middle:
        raters = st.number_input(
            _("How many people vote"),
            1,
            1 if alone else MAX_RATERS,
            1 if alone else 3,
            disabled=alone,
            help=_("The vote closes by itself when so many people have voted on every input."),
            key=f"compare_raters_{alone}",
        )
    with right:
        blind = st.toggle(
            _("Blind: names after the vote"),
            value=True,
            help=_("Whoever knows who wrote a text votes for the name. Each rater sees the sides in a random order."),
            key="compare_blind",
        )
    return question, blind, int(raters)


def _make(
    of: Contender, language: str, chosen: Sequence[Input], sides: list[Side], question: str, blind: bool, raters: int
) -> str | None:
    with errors.shown():
        costing.draw(of, language, chosen, sides)
    texts = len(chosen) * len(sides)
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(
            _("Write the texts, then vote"), type="primary", icon=":material/balance:", key="compare_make"
        )
        st.caption(plain(ngettext("{n} text will be written", "{n} texts will be written", texts)))
    if session.actor().workspace == DEMO_WORKSPACE:
        st.markdown(
            _(
                "In the demo house only you see your comparison. For a vote by several people, create a workspace of"
                " your own and invite them."
            )
        )
    if not pressed:
        return None
    with errors.shown(), connect() as database:
        return create(
            database,
            session.actor(),
            use_case=of.use_case.slug,
            task=of.dotted,
            language=language,
            question=question,
            sides=sides,
            inputs=[(one.label, one.values.model_dump(mode="json", by_alias=True)) for one in chosen],
            blind=blind,
            raters=raters,
        )
    return None

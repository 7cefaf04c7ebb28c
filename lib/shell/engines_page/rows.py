"""One row an engine: what it is, what it can do and costs, its test."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from lib.access import Actor, Right
from lib.engines.registry import BUILT_IN
from lib.i18n import _, amount, date_time, number, set_language, translate
from lib.shell import errors, html, session, work
from lib.shell.engines_page.words import languages_said, price_said, seconds_said
from lib.shell.html import element
from lib.workbench.engine_list import KEY_NAMES, Ability, Connected
from lib.workbench.engine_test import USE_CASE as SLUG
from lib.workbench.engine_test import EngineTest, last_tests, try_engine

STYLE = """
[class*="st-key-engine_row_"] { border-top: 1px solid var(--toile-line); padding-top: 1rem; }
.toile-engine-name { font-size: 1.3rem; font-weight: 500; padding: 0; }
.toile-engine-facts { margin: 0.3rem 0 0; font-size: 0.92rem; overflow-wrap: anywhere; }
.toile-engine-facts span { display: block; }
.toile-quiet { color: var(--toile-quiet); }
.stHtml .toile-abilities { list-style: none; margin: 0; padding: 0; font-size: 0.92rem;
  display: grid; grid-template-columns: repeat(auto-fit, minmax(10.4rem, 1fr)); gap: 0.15rem 1rem; }
.toile-abilities li { padding-left: 1.4rem; position: relative; margin: 0; }
.toile-abilities li::before { content: attr(data-sign); position: absolute; left: 0; font-weight: 700; }
.toile-abilities .toile-lacks { color: var(--toile-quiet); }
.toile-abilities .toile-has::before { color: var(--toile-evidence); }
.toile-result { margin: 0; font-size: 0.92rem; }
.toile-result strong { font-size: 1.15rem; font-family: Newsreader, Georgia, serif; font-weight: 500; }
.toile-answer { margin: 0.3rem 0 0; font-family: Newsreader, Georgia, serif; font-style: italic;
  overflow-wrap: anywhere; }
"""


def rows(engines: tuple[Connected, ...], tests: Mapping[str, EngineTest], actor: Actor) -> None:
    """All engines, one under the other."""
    html.draw(html.stylesheet(STYLE))
    for place, engine in enumerate(engines):
        with st.container(key=f"engine_row_{place}"):
            left, middle, right = st.columns([3, 5, 4], gap="medium")
            with left:
                html.draw(what_it_is(engine))
            with middle:
                html.draw(what_it_does(engine))
                if engine.problem:
                    errors.show(engine.problem)
            with right:
                _test(engine, tests.get(engine.info.name), actor)


def what_it_is(engine: Connected) -> Markup:
    """Name, model, where it runs, its languages, whether a key is set."""
    info = engine.info
    facts = [info.model, _("Runs {where}", where=translate(info.where)), languages_said(engine)]
    facts.append(translate(KEY_NAMES[engine.key]))
    lines = [element("span", fact) for fact in facts if fact]
    return html.joined(
        element("h3", translate(info.title), class_="toile-engine-name"),
        element("p", *lines, class_="toile-engine-facts"),
    )


def what_it_does(engine: Connected) -> Markup:
    """Abilities, each with a sign and a word, and the price with its date."""
    note = translate(engine.info.note) if engine.info.note else ""
    return html.joined(
        element("ul", *(_ability(ability) for ability in engine.abilities), class_="toile-abilities"),
        element("p", price_said(engine), class_="toile-engine-facts"),
        element("p", note, class_="toile-engine-facts toile-quiet") if note else "",
    )


def _ability(ability: Ability) -> Markup:
    sign, class_ = ("✓", "toile-has") if ability.there else ("–", "toile-lacks")
    said = translate(ability.name)
    unseen = element("span", "" if ability.there else _("not available"), class_="toile-unseen")
    return element("li", said, " ", unseen, class_=class_, data_sign=sign, title=translate(ability.meaning))


def work_key(engine: str) -> str:
    """The name of an engine's test among the person's work, apart for each workspace."""
    return f"{SLUG}_{session.workspace()}_{engine}"


def _run(job: work.Work, actor: Actor, name: str) -> EngineTest:
    return try_engine(actor, name, job.progress, job.stop.is_set)


def _begin(actor: Actor, name: str) -> None:
    """Start a test. In a callback, since a click on the next button while this run ends would otherwise be lost."""
    set_language(session.language())  # a callback runs before the frame has set it
    work.start(work_key(name), _run, actor, name)


def collect(engines: tuple[Connected, ...], tests: dict[str, EngineTest]) -> None:
    """Put what tests have just found into ``tests``; the database has it already."""
    for engine in engines:
        if work.running(work_key(engine.info.name)):
            continue
        with errors.shown():
            found = work.outcome(work_key(engine.info.name))
            if found is not None:
                tests[engine.info.name] = found


def _test(engine: Connected, test: EngineTest | None, actor: Actor) -> None:
    name, key = engine.info.name, work_key(engine.info.name)
    if work.running(key):
        work.watch(key)
        return
    title = translate(engine.info.title)
    st.button(
        _("Test {name}", name=title),
        key=f"test_{name}",
        icon=":material/speed:",
        disabled=not actor.may(Right.RUN),
        on_click=_begin,
        args=(actor, name),
    )
    if test is None:
        said = _("Not tested in this workspace yet.")
        html.draw(element("p", said, class_="toile-result toile-quiet"))
    elif test.error is not None:
        errors.show(test.error)
        html.draw(element("p", date_time(test.at), class_="toile-result toile-quiet"))
    else:
        html.draw(result(test))


def result(test: EngineTest) -> Markup:
    """What a test measured, and the answer's first words."""
    speed = test.tokens_per_second
    figures = []
    if test.engine != BUILT_IN and test.first_token_seconds is not None:
        figures.append(_("first word after {time}", time=seconds_said(test.first_token_seconds)))
    if test.engine == BUILT_IN:
        figures.append(_("a whole draft in {time}", time=seconds_said(test.seconds)))
    elif speed is not None:
        figures.append(_("{n} tokens a second", n=number(speed, 0 if speed >= 10 else 1)))
    said = " · ".join(figures)
    about = [date_time(test.at)]
    if test.cost:
        about.insert(0, _("this test cost {amount}", amount=amount(test.cost, test.currency)))
    if not test.counted and test.engine != BUILT_IN:
        about.insert(0, _("the server counted no tokens: estimated from the text"))
    return html.joined(
        element("p", element("strong", said[:1].upper() + said[1:]), class_="toile-result"),
        element("p", _shortened(test.words), class_="toile-answer"),
        element("p", " · ".join(about), class_="toile-result toile-quiet"),
    )


def _shortened(text: str, characters: int = 140) -> str:
    line = " ".join(text.split())
    return line if len(line) <= characters else line[:characters].rsplit(" ", 1)[0] + " …"


__all__ = ["collect", "last_tests", "rows"]

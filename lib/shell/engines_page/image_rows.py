"""One row an image engine: what it is, what it can do and costs, its test and the picture that it drew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from markupsafe import Markup

from lib.access import Actor, Right
from lib.engines.images.atelier import ATELIER
from lib.engines.images.model import Operation
from lib.engines.images.prices import ImagePrice
from lib.engines.images.registry import ImageEngineInfo
from lib.i18n import N_, _, amount, date, date_time, set_language, translate
from lib.shell import errors, html, session, work
from lib.shell.engines_page.words import seconds_said
from lib.shell.html import element
from lib.workbench.image_engine_test import PROMPT, USE_CASE, ImageEngineTest, picture_of, try_image_engine

ABILITIES: dict[Operation, str] = {
    "text_to_image": N_("From words"),
    "image_to_image": N_("From a picture"),
    "inpaint": N_("A part of a picture anew"),
    "control": N_("Along the lines of a picture"),
}
RULES = N_("What the page’s own rules draw")
SHOWN_WIDTH = 150  # CSS pixels


def rows(engines: Sequence[ImageEngineInfo], tests: Mapping[str, ImageEngineTest], actor: Actor) -> None:
    """All image engines, one under the other."""
    for place, engine in enumerate(engines):
        with st.container(key=f"engine_row_picture_{place}"):
            left, middle, right = st.columns([3, 5, 4], gap="medium")
            with left:
                html.draw(_what_it_is(engine))
            with middle:
                html.draw(_what_it_does(engine))
                if engine.problem:
                    errors.show(engine.problem)
            with right:
                _test(engine, tests.get(engine.name), actor)


def _what_it_is(engine: ImageEngineInfo) -> Markup:
    facts = [engine.model, _("Runs {where}", where=translate(engine.where))]
    facts.append(_("Ready") if engine.problem is None else _("Not ready"))
    return html.joined(
        element("h3", translate(engine.title), class_="toile-engine-name"),
        element("p", *(element("span", fact) for fact in facts if fact), class_="toile-engine-facts"),
    )


def _what_it_does(engine: ImageEngineInfo) -> Markup:
    note = translate(engine.note) if engine.note else ""
    abilities = (
        [_ability(translate(RULES), True)]
        if engine.name == ATELIER
        else [_ability(translate(name), operation in engine.operations) for operation, name in ABILITIES.items()]
    )
    return html.joined(
        element("ul", *abilities, class_="toile-abilities"),
        element("p", _price_said(engine.price), class_="toile-engine-facts"),
        element("p", note, class_="toile-engine-facts toile-quiet") if note else "",
    )


def _ability(said: str, there: bool) -> Markup:
    unseen = element("span", "" if there else _("not available"), class_="toile-unseen")
    return element(
        "li", said, " ", unseen, class_="toile-has" if there else "toile-lacks", data_sign="✓" if there else "–"
    )


def _price_said(price: ImagePrice | None) -> str:
    if price is None:
        return _("No price is known")
    if price.free:
        return _("Free: nothing is paid for a picture")
    if price.per_image is not None:
        return _("{amount} for a picture (from your settings)", amount=amount(price.per_image, price.currency))
    return _(
        "For a million tokens: {text} of text read, {image} of pictures read, {drawn} of pictures drawn (published on "
        "{day}; check the provider’s price list)",
        text=amount(price.text_input, price.currency),
        image=amount(price.image_input, price.currency),
        drawn=amount(price.output, price.currency),
        day=date(price.date, "medium") if price.date else "",
    )


def work_key(engine: str) -> str:
    """The name of an image engine's test among the person's work, apart for each workspace."""
    return f"{USE_CASE}_picture_{session.workspace()}_{engine}"


def _run(job: work.Work, actor: Actor, name: str) -> ImageEngineTest:
    return try_image_engine(actor, name, job.progress, job.stop.is_set)


def _begin(actor: Actor, name: str) -> None:
    """Start a test. In a callback, since a click on the next button while this run ends would otherwise be lost."""
    set_language(session.language())  # a callback runs before the frame has set it
    work.start(work_key(name), _run, actor, name)


def collect(engines: Sequence[ImageEngineInfo], tests: dict[str, ImageEngineTest]) -> None:
    """Put what tests have just found into ``tests``; the database has it already."""
    for engine in engines:
        if work.running(work_key(engine.name)):
            continue
        with errors.shown():
            found = work.outcome(work_key(engine.name))
            if found is not None:
                tests[engine.name] = found


def _test(engine: ImageEngineInfo, test: ImageEngineTest | None, actor: Actor) -> None:
    key = work_key(engine.name)
    if work.running(key):
        work.watch(key)
        return
    st.button(
        _("Test {name}", name=translate(engine.title)),
        key=f"test_picture_{engine.name}",
        icon=":material/brush:",
        disabled=not actor.may(Right.RUN) or engine.problem is not None,
        on_click=_begin,
        args=(actor, engine.name),
    )
    if test is None:
        html.draw(element("p", _("Not tested in this workspace yet."), class_="toile-result toile-quiet"))
    elif test.error is not None:
        if engine.problem is None:
            errors.show(test.error)
        html.draw(element("p", date_time(test.at), class_="toile-result toile-quiet"))
    else:
        _result(test, actor)


def _result(test: ImageEngineTest, actor: Actor) -> None:
    content = picture_of(test, actor)
    if content is not None:
        st.image(content, width=SHOWN_WIDTH, caption=None)
    about = [date_time(test.at)]
    if test.cost:
        about.insert(0, _("this test cost {amount}", amount=amount(test.cost, test.currency)))
    took = _("a picture in {time}", time=seconds_said(test.seconds))
    html.draw(
        html.joined(
            element("p", element("strong", took[:1].upper() + took[1:]), class_="toile-result"),
            element("p", " · ".join(about), class_="toile-result toile-quiet", title=PROMPT),
        )
    )

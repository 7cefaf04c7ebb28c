"""What the next round will cost on a connected model, said beside its button."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib.database import connect
from lib.database.runs import get_run
from lib.engines import registry
from lib.errors import NotFound, ToileError
from lib.i18n import _, amount, duration, ngettext, number, translate
from lib.merchandising.product_ideation.model import Code, Round, Steering
from lib.merchandising.product_ideation.outlook import outlook
from lib.merchandising.product_ideation.samples import fitted
from lib.merchandising.product_ideation.scoring import Codes, Scorer
from lib.merchandising.product_ideation.speaking import spoken
from lib.shell import session
from lib.shell.product_ideation.state import USE_CASE
from lib.shell.product_ideation.tables import Given
from lib.shell.text import plain
from lib.tasks import Context
from lib.tasks.estimate import Estimate, objection


def show(given: Given, steering: Steering, rounds: Sequence[str]) -> None:
    """Money, tokens and time of four answers, and whether the budget covers them; nothing for the built-in engine."""
    engine = session.engine_name()
    if engine == registry.BUILT_IN:
        return
    context = Context(session.actor(), language=session.language(), use_case=USE_CASE)
    try:
        context = Context(session.actor(), language=spoken(engine, session.language()), use_case=USE_CASE)
        found = _kept(given, steering, rounds, context, engine)
    except ToileError as problem:
        st.warning(plain(problem.text()), icon=":material/info:")
        return
    st.caption(plain(said(found)))
    against = objection([(translate(registry.info(engine).title), found)], context)
    if against is not None:
        st.warning(plain(against.text()), icon=":material/savings:")


def said(found: Estimate) -> str:
    """The estimate in two sentences."""
    if found.low is None or found.high is None:
        cost = _("no price is known")
    elif not found.high:
        cost = _("free")
    else:
        low, high = amount(found.low, found.currency), amount(found.high, found.currency)
        cost = _("{low} to {high}", low=low, high=high)
    answers = ngettext("{n} answer", "{n} answers", found.calls)
    parts = [
        _("Estimate: {cost} for {answers}", cost=cost, answers=answers),
        _("up to {n} tokens read", n=_rough(found.input_tokens[1])),
        _("up to {n} written", n=_rough(found.output_tokens[1])),
    ]
    if found.seconds is not None:
        parts.append(_("about {time}", time=duration(found.seconds)))
    return ", ".join(parts) + ". " + _("An agent that looks scores up asks again: that comes on top.")


def _rough(tokens: int) -> str:
    """To two digits: an estimate says no more."""
    return number(round(tokens, -max(0, len(str(tokens)) - 2)))


def _kept(given: Given, steering: Steering, rounds: Sequence[str], context: Context, engine: str) -> Estimate:
    """The estimate, kept while nothing changes that it depends on."""
    wanted = (
        id(given.line.items),
        engine,
        tuple(rounds),
        context.actor.workspace,
        context.language,
        len(steering.must),
    )
    kept = st.session_state.get("ideation_outlook")
    if kept is None or kept[0] != wanted:
        _line, sell, margin = fitted(given.line.items)
        scorer = Scorer(sell, margin, _codes(given), steering)
        kept = (wanted, outlook(scorer, context, engine, _before(rounds)))
        st.session_state["ideation_outlook"] = kept
    found: Estimate = kept[1]
    return found


def _codes(given: Given) -> Codes:
    house: tuple[Code, ...] = tuple(given.house.items) if given.house.ready else ()
    partner = tuple(given.partner.items) if given.partner is not None and given.partner.ready else ()
    return Codes(house, partner, "", given.partner_name)


def _before(rounds: Sequence[str]) -> Round | None:
    if not rounds:
        return None
    try:
        with connect() as database:
            return Round.model_validate(get_run(database, session.actor(), rounds[-1])["output"])
    except NotFound:  # taken away since: the next round begins anew
        return None

"""Which image engine draws, where there is a choice; and the mark that says which one drew a picture."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from lib.database import connect
from lib.database.page_states import remember, remembered
from lib.engines.images.atelier import ATELIER
from lib.engines.images.model import ImageRequest, Operation
from lib.engines.images.prices import ImagePrice
from lib.engines.images.registry import ImageEngineInfo, image_engines
from lib.i18n import _, amount, translate
from lib.shell import session
from lib.shell.html import draw, element
from lib.shell.text import plain
from lib.tasks.drawing import most_it_costs

STATE = "picture_engine"


def choose_picture_engine(slug: str, *, operations: Sequence[Operation] = ("text_to_image",), key: str = "") -> str:
    """The name of the engine that draws on this page; asks only where more than one can.

    Args:
        slug: of the use case; the choice is remembered for it.
        operations: what the page needs; an engine that can do one of them is offered.
        key: makes the widget's key unique where a page asks twice.
    """
    offered = {one.name: one for one in image_engines() if one.problem is None and one.operations & set(operations)}
    if len(offered) < 2:
        return ATELIER
    actor, page = session.actor(), f"{STATE}/{slug}"
    with connect() as database:
        before = str(remembered(database, actor, page).get("engine", ATELIER))
    chosen = str(
        st.selectbox(
            _("What draws the pictures"),
            list(offered),
            index=list(offered).index(before) if before in offered else 0,
            format_func=lambda name: _choice(offered[name]),
            key=f"{STATE}_{slug}_{key}_{actor.workspace}",
        )
    )
    if chosen != before:
        with connect() as database:
            remember(database, actor, page, {"engine": chosen})
    return chosen


def _choice(found: ImageEngineInfo) -> str:
    return " · ".join([title_of(found), translate(found.where), price_said(found.price)])


def title_of(found: ImageEngineInfo) -> str:
    """Its name as it is shown, with its model where that says more."""
    title = translate(found.title)
    return title if not found.model or found.model in title else f"{title} ({found.model})"


def price_said(price: ImagePrice | None) -> str:
    """What a picture costs, in few words."""
    if price is None:
        return _("price unknown")
    if price.free:
        return _("free")
    if price.per_image is not None:
        return _("{amount} for a picture", amount=amount(price.per_image, price.currency))
    return _("{amount} for a million tokens drawn", amount=amount(price.output, price.currency))


def say_cost(request: ImageRequest, engine: str) -> None:
    """What the request costs at most, above the button that sends it; nothing where it is free."""
    if engine == ATELIER:
        return
    most = most_it_costs(request, engine)
    if most is None:
        st.caption(_("No price is known for this engine: what the pictures cost is not recorded."))
    elif most[0]:
        st.caption(plain(_("Up to {amount} for these pictures.", amount=amount(*most))))


def picture_mark_markup(engine: str, model: str = "") -> Markup:
    """The mark that stands beside everything an image engine drew."""
    if engine == ATELIER:
        said = _("Drawn by the atelier, by rules, without a model")
    else:
        said = _("Drawn by {model} through {engine}", model=model or engine, engine=engine)
    return element("p", said, class_="toile-engine")


def picture_mark(engine: str, model: str = "") -> None:
    """Draw the mark that says which engine drew the pictures beside it."""
    draw(picture_mark_markup(engine, model))

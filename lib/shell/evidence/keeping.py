"""How long the workspace keeps what: the rules, what they would take, and who set them."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from lib.access import DEMO_WORKSPACE, Actor, Right
from lib.database import connect, retention
from lib.database.retention import KIND_NAMES, LONGEST_DAYS
from lib.i18n import _, ngettext, translate
from lib.shell import html
from lib.shell.evidence.listing import moment
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.page_state import PageState
from lib.shell.text import plain

MEMORY = PageState("evidence_keeping")


def draw(actor: Actor) -> None:
    """The rules, and the form that changes them for those who may."""
    with connect() as database:
        rules = retention.rules(database, actor)
    section(
        _("What is kept for how long"),
        _("What is older is erased by itself within the hour while the app runs, and each time is recorded."),
    )
    html.draw(_table(rules))
    if actor.workspace == DEMO_WORKSPACE:
        st.caption(
            _(
                "Everybody shares the demo house, so nobody sets how long it keeps things. Under Erase, each person"
                " erases what is theirs."
            )
        )
        return
    if not actor.may(Right.GOVERN):
        st.caption(_("Your role in this workspace reads these rules; it doesn’t set them."))
        return
    _form(actor, rules)


def _table(rules: dict[str, retention.Rule]) -> Markup:
    heads = (_("What"), _("Kept for"), _("Set by"), _("Older by now"))
    body = []
    for kind, title in KIND_NAMES.items():
        rule = rules.get(kind)
        cells = (
            translate(title),
            ngettext("{n} day", "{n} days", rule.days) if rule else _("for good"),
            f"{rule.person or _('Someone without a name')}, {moment(rule.set_at)}" if rule else "–",
            ngettext("{n} thing", "{n} things", rule.due) if rule else "–",
        )
        body.append(element("tr", *(element("td", c, data_name=h) for c, h in zip(cells, heads, strict=True))))
    head = element("thead", element("tr", *(element("th", name, scope="col") for name in heads)))
    return element("table", head, element("tbody", *body), class_="toile-runs")


def _form(actor: Actor, rules: dict[str, retention.Rule]) -> None:
    section(_("Change a rule"))
    names = {kind: translate(title) for kind, title in KIND_NAMES.items()}
    left, right = st.columns(2)
    key = MEMORY.recall("kind", next(iter(names)), list(names))
    kind = left.selectbox(
        _("What"), list(names), format_func=names.__getitem__, key=key, on_change=MEMORY.kept("kind", key)
    )
    days = right.number_input(
        _("Days (empty: for good)"),
        min_value=1,
        max_value=LONGEST_DAYS,
        value=rules[kind].days if kind in rules else None,
        step=1,
        key=MEMORY.widget(f"days_{kind}"),
        placeholder=_("for good"),
    )
    if days is not None:
        with connect() as database:
            due = retention.preview(database, actor, kind, int(days))
        said = ngettext(
            "Set so, {n} thing would go: it is older by now.",
            "Set so, {n} things would go: they are older by now.",
            due,
        )
        st.markdown(plain(said if due else _("Set so, nothing would go yet.")))
    with st.container(horizontal=True):
        if st.button(_("Set the rule"), type="primary", key="evidence_rule"):
            with connect() as database:
                retention.set_rule(database, actor, kind, int(days) if days is not None else None)
            st.toast(_("The rule is set."))
            st.rerun()
        if any(rule.due for rule in rules.values()) and st.button(_("Erase now what is older"), key="evidence_expire"):
            with st.spinner(_("Erasing…")), connect() as database:
                n = retention.expire_here(database, actor)
            st.toast(ngettext("{n} thing was erased.", "{n} things were erased.", n))
            st.rerun()

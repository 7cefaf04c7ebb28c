"""The EU AI Act class with its reason, what the use case does, and what follows from that for data protection."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from lib.access import Right
from lib.catalogue import RISK_CLASS_NOTE, RISK_CLASS_TITLES
from lib.database import connect, risk_answers
from lib.database.risk_answers import RISK_CLASSES
from lib.errors import Overtaken
from lib.govern.risk_review import duties
from lib.govern.risk_review.choosing import questions
from lib.govern.risk_review.dossier import Dossier
from lib.govern.risk_review.duties import NEED_TITLES, Duty
from lib.govern.risk_review.model import SURE_TITLES, USE_TITLES
from lib.govern.risk_review.saying import by_whom
from lib.i18n import _, ngettext, translate
from lib.shell import errors, html, session
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.risk_review.memory import MEMORY
from lib.shell.text import plain


def draw(found: Dossier) -> None:
    """The class, the form to say otherwise, and the duties."""
    _now(found)
    if session.actor().may(Right.GOVERN):
        _form(found)
    _earlier(found)
    about = found.subject
    section(_("Data protection"), _("Derived from what the use case does, by rules that stand beside each."))
    html.draw(
        element(
            "dl",
            _duty(_("Impact assessment on data protection"), duties.impact_assessment(about.uses, about.risk_class)),
            _duty(_("Consent"), duties.consent(about.uses, about.risk_class)),
            class_="toile-list",
        )
    )
    html.draw(
        element(
            "p",
            _(
                "The rules look at what it does alone. Where personal data go in, your data protection officer has the"
                " last word."
            ),
            class_="toile-source",
        )
    )


def _now(found: Dossier) -> None:
    about = found.subject
    classed = translate(RISK_CLASS_TITLES[about.risk_class]) if about.risk_class else _("not classed yet")
    section(_("Class under the EU AI Act"), classed)
    st.markdown(plain(about.reason if about.given else translate(about.reason)))
    told = found.review.classification
    if told:
        html.draw(element("p", by_whom(told.person, told.created_at), class_="toile-source"))
    else:
        html.draw(element("p", translate(RISK_CLASS_NOTE), class_="toile-source"))


def _form(found: Dossier) -> None:
    """Another class, other uses, and why; held against the version that was seen."""
    review, about = found.review, found.subject
    told = review.classification
    actor = session.actor()
    seen_key = f"risk_class_seen_{actor.workspace}_{actor.person}_{review.use_case}_{review.pilot}"
    seen = int(st.session_state.setdefault(seen_key, told.version if told else 0))
    stem = f"{review.use_case}_{review.pilot[-6:]}_class_{seen}"
    with st.expander(_("Record or change class and uses"), icon=":material/edit:", expanded=not about.risk_class):
        names = {one: translate(RISK_CLASS_TITLES[one]) for one in RISK_CLASSES}
        key = MEMORY.recall(f"{stem}_of", about.risk_class or "minimal", RISK_CLASSES)
        chosen = st.selectbox(
            _("Class"), RISK_CLASSES, format_func=names.__getitem__, key=key, on_change=MEMORY.kept(f"{stem}_of", key)
        )
        titles = {letter: translate(title) for letter, title in USE_TITLES.items()}
        key = MEMORY.recall(f"{stem}_uses", [one for one in titles if one in about.uses])
        uses = st.multiselect(
            _("What it does: this chooses the questions"), list(titles), format_func=lambda one: titles.get(one, ""),
            key=key, on_change=MEMORY.kept(f"{stem}_uses", key),
        )  # fmt: skip
        asked = len(questions("".join(uses)))
        st.caption(ngettext("{n} question then concerns it.", "{n} questions then concern it.", asked))
        key = MEMORY.recall(f"{stem}_why", about.reason if about.given else "")
        reason = st.text_area(_("Why this class"), height=90, key=key, on_change=MEMORY.kept(f"{stem}_why", key))
        if st.button(_("Record the class"), key="risk_class_save", icon=":material/check:"):
            _save(found, seen_key, str(chosen), "".join(uses), reason)


def _save(found: Dossier, seen_key: str, chosen: str, uses: str, reason: str) -> None:
    review = found.review
    try:
        with connect() as database:
            risk_answers.classify(
                database, session.actor(), review.use_case, review.pilot, chosen, uses, reason,
                version=int(st.session_state[seen_key]),
            )  # fmt: skip
    except Overtaken as error:
        newer = review.classification.version if review.classification else 0
        stem = f"{review.use_case}_{review.pilot[-6:]}_class_{newer}"
        MEMORY.keep(**{f"{stem}_of": chosen, f"{stem}_uses": list(uses), f"{stem}_why": reason})
        st.session_state[seen_key] = newer
        errors.show(error)
        return
    st.session_state.pop(seen_key, None)
    st.rerun()


def _earlier(found: Dossier) -> None:
    review = found.review
    with connect() as database:
        earlier = risk_answers.classifications(database, session.actor(), review.use_case, review.pilot)[1:]
    if earlier:
        with st.expander(ngettext("{n} earlier class", "{n} earlier classes", len(earlier))):
            lines = [
                element("li", element("strong", translate(RISK_CLASS_TITLES[one.risk_class])), " · ",
                        by_whom(one.person, one.created_at), element("br"), one.reason)
                for one in earlier
            ]  # fmt: skip
            html.draw(element("ul", *lines, class_="toile-checks"))


def _duty(name: str, duty: Duty) -> Markup:
    said = [element("dd", element("strong", translate(NEED_TITLES[duty.need])))]
    for rule in duty.rules:
        source = f"{translate(rule.source)} · {translate(SURE_TITLES[rule.sure])}"
        said.append(element("dd", translate(rule.said), " ", element("span", source, class_="toile-verdict")))
    return element("div", element("dt", name), *said)

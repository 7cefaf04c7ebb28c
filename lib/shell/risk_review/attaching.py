"""The evidence of a question: what is attached, and the ways to attach more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from markupsafe import Markup
from sqlite_utils import Database

from lib.access import Actor
from lib.database import artefacts, comparisons, connect, risk_evidence
from lib.database.risk_answers import Evidence
from lib.database.risk_evidence import MAX_BYTES
from lib.database.runs import checks_of, get_run, recent
from lib.errors import NotFound
from lib.govern.risk_review.dossier import Dossier
from lib.govern.risk_review.model import Control
from lib.govern.risk_review.saying import KIND_TITLES, by_whom, evidence_said, moment, pair_said, verdict_said
from lib.i18n import _, ngettext, translate
from lib.navigation import address_of
from lib.shell import errors, html, session
from lib.shell.exports import Export, deferred
from lib.shell.html import element
from lib.shell.new_upload import in_readers_language
from lib.shell.risk_review.memory import MEMORY
from lib.shell.words import kind_name
from lib.tasks.check_titles import check_title

KINDS = ("file", "link", "run", "check", "comparison")
MOST_RUNS = 50
MEGABYTES = MAX_BYTES // 2**20
# A file's name may be one long word: it breaks before it runs under the buttons beside it.
WRAPPED = "[class*=st-key-risk_evidence_] .toile-source { overflow-wrap: anywhere; }"


def draw(found: Dossier, control: Control, may_change: bool) -> None:
    """What is attached to a question, and the ways to attach more."""
    attached = found.review.evidence.get(control.id, ())
    html.draw(html.stylesheet(WRAPPED))
    for one in attached:
        _one(one, may_change)
    if not may_change:
        return
    count = ngettext("Attach evidence ({n} attached)", "Attach evidence ({n} attached)", len(attached))
    with st.expander(count, icon=":material/attach_file:", expanded=control.needs_evidence and not attached):
        names = {kind: translate(KIND_TITLES[kind]) for kind in KINDS}
        name = f"{found.review.use_case}_kind"
        key = MEMORY.recall(name, "file", KINDS)
        kind = st.segmented_control(
            _("Kind of evidence"), KINDS, format_func=names.__getitem__, key=key, required=True,
            on_change=MEMORY.kept(name, key),
        )  # fmt: skip
        with errors.shown():
            WAYS[str(kind)](found, control)


def _one(one: Evidence, may_change: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"risk_evidence_{one.id}"):
        with st.container():
            html.draw(element("p", *_said(one), class_="toile-source"))
        if one.kind == "file":
            actor = session.actor()
            made = Export(_("Download"), one.name, lambda: _load(actor, one.reference), "application/octet-stream")
            st.download_button(
                made.label, deferred(made), file_name=made.name, mime=made.media_type, key=f"risk_get_{one.id}",
                on_click="ignore", icon=made.icon, type="tertiary",
            )  # fmt: skip
        if may_change and st.button(_("Take this evidence out"), key=f"risk_out_{one.id}", type="tertiary"):
            with errors.shown():
                with connect() as database:
                    risk_evidence.withdraw(database, session.actor(), one.id)
                st.rerun()


def _load(actor: Actor, artefact: str) -> bytes:
    with connect() as database:
        return artefacts.load(database, actor, artefact)


def _said(one: Evidence) -> list[str | Markup]:
    """What is attached, by whom and when; opened where it can be, and said where its run is gone."""
    who = by_whom(one.person, one.created_at)
    said = evidence_said(one)
    if one.kind == "known":
        return [element("span", "● ", said, class_="toile-basis-evidence"), f" · {who}"]
    if one.kind == "link":
        link = element(
            "a", one.name, href=one.reference, class_="toile-link", target="_blank", rel="noopener noreferrer"
        )
        # A name can promise one place and lead to another, so the address's own host stands beside it.
        host = urlsplit(one.reference).hostname or ""
        return [pair_said(translate(KIND_TITLES[one.kind]), ""), link, f" ({host}) · {who}"]
    if one.kind in ("run", "check"):
        if not is_there(one.reference):
            return [f"{said} · {who} · ", _("this run has been deleted since; what was said of it stays")]
        link = element(
            "a", _("Open the run"), class_="toile-link", data_page=f"runs?run={one.reference}",
            href=f"{address_of('runs', session.language())}&run={one.reference}",
        )  # fmt: skip
        return [f"{said} · {who} · ", link]
    if one.kind == "comparison":
        return [f"{said} · {who} · ", _comparison_link(one.reference)]
    return [f"{said} · {who}"]


def _comparison_link(which: str) -> Markup | str:
    """Opens a comparison; one that is gone says so, since what was attached of it stays."""
    with connect() as database:
        try:
            comparisons.get(database, session.actor(), which)
        except NotFound:
            return _("this comparison has been deleted since; what was said of it stays")
    address = f"{address_of('compare', session.language())}&comparison={which}"
    return element(
        "a", _("Open the comparison"), class_="toile-link", data_page=f"compare?comparison={which}", href=address
    )


def is_there(run: str) -> bool:
    """Whether a run can still be opened; it may have been deleted since."""
    with connect() as database:
        try:
            get_run(database, session.actor(), run)
        except NotFound:
            return False
    return True


def _file(found: Dossier, control: Control) -> None:
    turn_key = MEMORY.widget(f"{control.id}_turn")
    turn = int(st.session_state.setdefault(turn_key, 0))
    in_readers_language()
    _refusal()
    given: Any = st.file_uploader(
        _("A file, up to {size} MB", size=MEGABYTES), key=MEMORY.widget(f"{control.id}_file_{turn}"),
        max_upload_size=MEGABYTES,
    )  # fmt: skip
    if given is None or not st.button(_("Attach this file"), key=f"risk_attach_{control.id}"):
        return
    content, name, media = given.getvalue(), given.name, given.type
    _attach(
        lambda database, actor: risk_evidence.attach_file(
            database, actor, found.review.use_case, found.review.pilot, control.id, name, content,
            media or "application/octet-stream",
        ),
        turn_key,
    )  # fmt: skip


def _refusal() -> None:
    """The uploader says in a tooltip, in English, that a file is too large: here it stands under it in words."""
    said = _(
        "This file was not taken: {size} MB at most. Choose a smaller one, or attach a link to it.", size=MEGABYTES
    )
    said = said.replace("\\", "").replace('"', "")
    refused = '[data-testid="stFileUploader"]:has([aria-invalid="true"])'
    html.draw(
        html.stylesheet(
            f'{refused}::after {{ content: "{said}"; display: block; padding-top: 0.4rem; color: var(--toile-wrong); }}'
        )
    )


def _link(found: Dossier, control: Control) -> None:
    turn_key = MEMORY.widget(f"{control.id}_link_turn")
    turn = int(st.session_state.setdefault(turn_key, 0))
    address = st.text_input(_("Address (https://…)"), key=MEMORY.widget(f"{control.id}_address_{turn}"))
    name = st.text_input(_("What stands there"), key=MEMORY.widget(f"{control.id}_named_{turn}"))
    if st.button(_("Attach this link"), key=f"risk_attach_{control.id}"):
        _attach(
            lambda database, actor: risk_evidence.attach_link(
                database, actor, found.review.use_case, found.review.pilot, control.id, address, name
            ),
            turn_key,
        )


def _choose_run(found: Dossier, control: Control) -> str | None:
    with connect() as database:
        rows = recent(database, session.actor(), MOST_RUNS, use_case=found.review.use_case)
    if not rows:
        html.draw(
            element("p", _("No run of this use case yet. Work with it once: its runs are then offered here."),
                    class_="toile-null")
        )  # fmt: skip
        return None
    names = {row["id"]: f"{kind_name(row['kind'])} · {row['method']} · {moment(row['started_at'])}" for row in rows}
    return str(
        st.selectbox(
            _("Run"), list(names), format_func=lambda one: names.get(one, ""), key=MEMORY.widget(f"{control.id}_run")
        )
    )


def _run(found: Dossier, control: Control) -> None:
    chosen = _choose_run(found, control)
    if chosen and st.button(_("Attach this run"), key=f"risk_attach_{control.id}"):
        _attach(
            lambda database, actor: risk_evidence.attach_run(
                database, actor, found.review.use_case, found.review.pilot, control.id, chosen
            )
        )


def _check(found: Dossier, control: Control) -> None:
    chosen = _choose_run(found, control)
    if not chosen:
        return
    with connect() as database:
        results = checks_of(database, session.actor(), chosen)
    if not results:
        html.draw(element("p", _("No check ran on this one. Choose another run."), class_="toile-null"))
        return
    names = {row["id"]: f"{check_title(row['check_name'])} · {verdict_said(row['verdict'])}" for row in results}
    which = st.selectbox(
        _("Check’s result"), list(names), format_func=lambda one: names.get(one, ""),
        key=MEMORY.widget(f"{control.id}_check"),
    )  # fmt: skip
    if st.button(_("Attach this result"), key=f"risk_attach_{control.id}"):
        _attach(
            lambda database, actor: risk_evidence.attach_check(
                database, actor, found.review.use_case, found.review.pilot, control.id, str(which)
            )
        )


def _comparison(found: Dossier, control: Control) -> None:
    with connect() as database:
        rows = comparisons.listing(database, session.actor())
    if not rows:
        html.draw(
            element("p", _("No comparison yet. Make one on the Compare page: it is then offered here."),
                    class_="toile-null")
        )  # fmt: skip
        return
    names = {row.id: f"{row.question} · {moment(row.created_at)}" for row in rows}
    which = st.selectbox(
        _("Comparison"), list(names), format_func=lambda one: names.get(one, ""),
        key=MEMORY.widget(f"{control.id}_comparison"),
    )  # fmt: skip
    if st.button(_("Attach this comparison"), key=f"risk_attach_{control.id}"):
        _attach(
            lambda database, actor: risk_evidence.attach_comparison(
                database, actor, found.review.use_case, found.review.pilot, control.id, str(which)
            )
        )


WAYS: dict[str, Callable[[Dossier, Control], None]] = {
    "file": _file,
    "link": _link,
    "run": _run,
    "check": _check,
    "comparison": _comparison,
}


def _attach(attach: Callable[[Database, Actor], str], turn_key: str = "") -> None:
    """Attach, then draw anew with empty fields; where it is refused, what was chosen stays."""
    with connect() as database:
        attach(database, session.actor())
    if turn_key:
        st.session_state[turn_key] = int(st.session_state.get(turn_key, 0)) + 1
    st.rerun()

"""One run as evidence: all of it, its place in the log, its files, and erasing it."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from lib.access import Actor, Right
from lib.database import connect
from lib.database.chain import Link, link_of_run
from lib.database.chain_check import Broken, check_run
from lib.database.erasure import erase_runs
from lib.database.evidence_log import one_run, row_of, workspace_of_run
from lib.database.runs import get_run
from lib.errors import NotFound
from lib.files.writers import write_json
from lib.govern.evidence import document, files, saying
from lib.i18n import N_, _, number
from lib.shell import html, session
from lib.shell.evidence.links import FIRST, evidence_link
from lib.shell.evidence.listing import moment
from lib.shell.exports import JSON, Export, copy_button, downloads
from lib.shell.html import element
from lib.shell.page import section
from lib.shell.runs import detail
from lib.shell.runs.links import run_link
from lib.shell.runs.listing import title_of
from lib.shell.text import plain
from lib.workbench.run_view import run_view

PDF = "application/pdf"
LONGEST = 20_000  # characters of a record that are shown as they stand
NOT_HERE = N_(
    "There is no such run here. The link may be cut short, the run may have been erased with its owner’s data, or it "
    "is in a workspace that you are not a member of: ask whoever sent the link."
)


def draw(run_id: str) -> None:
    """The run, or why it can't be shown."""
    actor = session.actor()
    with connect() as database:
        found, broken = row_of(database, actor, run_id), check_run(database, actor, run_id)
    if found is None:
        _elsewhere(actor, run_id)
        return
    if broken is not None:
        _changed(actor, run_id, found, broken)
        return
    detail.detail(run_id, lambda: _proof(actor, run_id))
    section(_("Take it away"))
    _files(actor, run_id)
    _erase(actor, run_id, str(found["person_id"]))


def _changed(actor: Actor, run_id: str, found: dict[str, Any], broken: Broken) -> None:
    """A run that isn't as it was recorded: nothing reads it, it is shown as it stands in the database."""
    html.draw(element("header", element("h1", _("A run that was changed")), class_="toile-opening"))
    _proof(actor, run_id)
    section(
        _("What stands in the database now"),
        _("It is shown letter by letter, since nothing in it can be relied on."),
    )
    said = "\n".join(f"{name}: {value}" for name, value in found.items() if value is not None)
    st.code(said[:LONGEST], language=None, wrap_lines=True)


def _elsewhere(actor: Actor, run_id: str) -> None:
    """The run is in another of the person's workspaces, or nowhere that they may look."""
    with connect() as database:
        found = workspace_of_run(database, actor, run_id)
    if found is None:
        raise NotFound(NOT_HERE)
    st.markdown(plain(_("This run is in your workspace {name}.", name=found[1])))
    if st.button(_("Go there"), key="evidence_go", type="primary"):
        session.move_to(found[0])


def _proof(actor: Actor, run_id: str) -> None:
    """Where the run stands in the chain, and whether it is as it was recorded."""
    with connect() as database:
        link, broken = link_of_run(database, actor, run_id), check_run(database, actor, run_id)
    if broken is not None:
        st.error(
            plain(f"{saying.found(broken)} {saying.place(broken)}. {saying.means(broken)}"), icon=":material/error:"
        )
    language = session.language()
    links = html.joined(
        run_link(_("In the workbench"), run_id, language),
        " · ",
        evidence_link(_("Compare with another run"), language, **{FIRST: run_id}),
    )
    html.draw(detail.facts_markup([(_("Its place in the log"), _stands(link, broken)), (_("See also"), links)]))


def _stands(link: Link | None, broken: Broken | None) -> str:
    if link is None:
        return _("not linked: the run isn’t finished, or its link was taken out")
    where = _("place {n}, linked on {day}", n=number(link.position), day=moment(link.at))
    whole = _("not as it was recorded") if broken else _("as it was recorded")
    return f"{where} · {whole} · {link.digest[:16]}…"


def _files(actor: Actor, run_id: str) -> None:
    def pdf() -> bytes:
        with connect() as database:
            run = one_run(database, actor, run_id)
            view = run_view(database, actor, run_id)
            link, broken = link_of_run(database, actor, run_id), check_run(database, actor, run_id)
        return document.pdf(run, title_of(files.as_object(run)), link, broken, view.prompt.text if view.prompt else "")

    def whole() -> bytes:
        with connect() as database:
            link = link_of_run(database, actor, run_id)
            run = files.as_object(one_run(database, actor, run_id))
        chained = None if link is None else {"position": link.position, "digest": link.digest, "link": link.link}
        return write_json({**run, "chain": chained})

    name = f"evidence-{run_id[:12]}"
    downloads(
        [
            Export("PDF", f"{name}.pdf", pdf, PDF),
            Export(_("JSON with checks and verdicts"), f"{name}.json", whole, JSON),
        ],
        key="evidence_run",
    )
    address = (st.context.url or "").split("?")[0]
    copy_button(f"{address}?run={run_id}", _("Copy the permalink"), key="evidence_permalink")
    st.caption(_("The permalink opens for members of this workspace only."))


def _erase(actor: Actor, run_id: str, owner: str) -> None:
    with connect() as database:
        gone = get_run(database, actor, run_id, erased=True)["erased_at"]
    if gone or (owner != actor.person and not actor.may(Right.ADMINISTER)):
        return
    with st.expander(_("Erase this run")):
        st.markdown(
            _(
                "What went in and came out, its files, and what checks and reviewers quoted of it are erased for good."
                " That it was run, when and at what cost stays, and so do the verdicts without their words."
            )
        )
        sure = st.checkbox(_("Erase it; this can’t be undone"), key=f"evidence_sure_{run_id}")
        st.button(
            _("Erase the run"),
            key=f"evidence_erase_{run_id}",
            disabled=not sure,
            on_click=partial(_erased, actor, run_id),
        )


def _erased(actor: Actor, run_id: str) -> None:
    with connect() as database:
        erase_runs(database, actor, [run_id])

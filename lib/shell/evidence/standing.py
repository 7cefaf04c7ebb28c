"""Whether the log is whole: checked, told plainly, and sealed to be checked again from outside."""

from __future__ import annotations

import time

import streamlit as st

from lib.access import Actor
from lib.database import connect
from lib.database.chain import Head, head
from lib.database.chain_check import Broken, against, verify
from lib.database.chain_told import Checked, check, checks_made, for_reader, last_whole
from lib.database.connection import now
from lib.govern.evidence import saying, seal
from lib.i18n import _, ngettext, number
from lib.shell import errors, html, session
from lib.shell.evidence.links import run_evidence
from lib.shell.evidence.listing import moment
from lib.shell.exports import Export, downloads
from lib.shell.html import element
from lib.shell.new_upload import in_readers_language
from lib.shell.page import section
from lib.shell.text import plain

AT_ONCE = 5_000  # links that are held to their records whenever the page opens; more are when somebody asks
GOOD_FOR = 30.0  # seconds
KEPT = "evidence_checked"


def strip(actor: Actor) -> None:
    """One line on the state of the log, or plainly what was done to it."""
    with connect() as database:
        end = head(database)
        made = checks_made(database, actor, 1)
    found = _looked(end) if end.links <= AT_ONCE else st.session_state.get(KEPT)
    if found is not None and found[2] is not None:
        with connect() as database:
            broken = for_reader(database, actor, found[2])
        if broken is not None:
            tell(broken, actor)
            return
    known = found is not None and found[1] == end.link
    state = _("whole") if known else _("not checked in this visit")
    last = _("{day}, {n} records", day=moment(made[0]["at"]), n=number(made[0]["links"])) if made else _("never")
    facts = [
        (_("Records in the chain"), number(max(end.links, 0))),
        (_("The log"), state),
        (_("Last check on record"), last),
    ]
    html.draw(
        element(
            "dl",
            *(element("div", element("dt", name), element("dd", said)) for name, said in facts),
            class_="toile-facts",
        )
    )


def _looked(end: Head) -> tuple[float, str, Broken | None]:
    """What a check just found; one of a moment ago stands for it while nothing was recorded since."""
    kept: tuple[float, str, Broken | None] | None = st.session_state.get(KEPT)
    if kept is not None and kept[1] == end.link and kept[2] is None and time.monotonic() - kept[0] < GOOD_FOR:
        return kept
    with connect() as database:
        found = (time.monotonic(), end.link, verify(database))
    st.session_state[KEPT] = found
    return found


def tell(broken: Broken, actor: Actor) -> None:
    """Which record, since when, what it means and what to do."""
    with connect() as database:
        whole = last_whole(database, actor)
    said = [f"**{plain(saying.found(broken))}**", plain(f"{saying.place(broken)}.")]
    if broken.at:
        said.append(plain(_("It was recorded on {day}.", day=moment(broken.at))))
    if whole:
        said.append(plain(_("The log was last found whole on {day}: it was done after that.", day=moment(whole))))
    else:
        said.append(plain(_("No earlier check is on record, so nobody can say more exactly when it was done.")))
    said.append(plain(saying.means(broken)))
    said.append(
        plain(_("Keep this database as it is, compare it with an older backup, and tell whoever looks after the app."))
    )
    st.error("  \n".join(said), icon=":material/error:")
    if broken.kind == "runs" and broken.row:
        html.draw(run_evidence(_("Open this run"), broken.row, session.language()))


def draw(actor: Actor) -> None:
    """The check, its history, and the seal."""
    section(
        _("Check the log"),
        _(
            "Everything that was recorded is chained: each run, check result, verdict, prompt version, tool call, risk"
            " answer, signature, incident and deletion has a digest, and each digest stands on the one before. The"
            " check computes them all again."
        ),
    )
    if st.button(_("Check it now"), type="primary", key="evidence_check"):
        with st.spinner(_("Computing every digest again…")), connect() as database:
            checked = check(database, actor)
        st.session_state[KEPT] = (time.monotonic(), checked.link, checked.broken)
        _tell_check(checked, actor)
    _history(actor)
    _seal()
    _compare_seal(actor)


def _tell_check(checked: Checked, actor: Actor) -> None:
    if checked.broken is not None:
        tell(checked.broken, actor)
        return
    said = ngettext(
        "The log is whole: {n} record is as it was recorded.",
        "The log is whole: all {n} records are as they were recorded.",
        checked.links,
    )
    st.success(plain(said), icon=":material/verified:")


def _history(actor: Actor) -> None:
    with connect() as database:
        made = checks_made(database, actor)
    if not made:
        return
    lines = [
        element(
            "li",
            " · ".join(
                (
                    moment(row["at"]),
                    row["person"] or _("Someone without a name"),
                    ngettext("{n} record", "{n} records", row["links"]),
                    _("whole") if row["whole"] else _("changed outside the app"),
                )
            ),
        )
        for row in made
    ]
    html.draw(element("ul", *lines, class_="toile-reviews"))


def _seal() -> None:
    section(
        _("Seal it"),
        _(
            "Whoever may write the database could compute the whole chain anew. A seal that is kept elsewhere shows"
            " that: a few lines that say how long the chain was and how it ended. Nothing that was recorded is in it."
        ),
    )

    def made() -> bytes:
        with connect() as database:
            return seal.text_of(head(database), now()).encode()

    downloads([Export(_("Save the seal"), "toile-seal.txt", made, "text/plain")], key="evidence_seal")


def _compare_seal(actor: Actor) -> None:
    section(_("Hold it against a seal"))
    in_readers_language()
    given = st.file_uploader(_("A seal that was saved earlier"), type=["txt"], key="evidence_seal_file")
    if given is None:
        return
    with errors.shown():
        sealed, at = seal.read(given.getvalue()[: seal.LONGEST + 1].decode("utf-8", "replace"))
        with connect() as database:
            broken = against(database, sealed) or for_reader(database, actor, verify(database))
        if broken is not None:
            tell(broken, actor)
            return
        said = ngettext(
            "The log still begins with the {n} record that was sealed on {day}.",
            "The log still begins with the {n} records that were sealed on {day}.",
            sealed.links,
            day=moment(at),
        )
        st.success(plain(said), icon=":material/verified:")

"""Why: reasons from the list, each with its key, and a comment."""

from __future__ import annotations

import streamlit as st

from lib.i18n import _, ngettext, translate
from lib.shell.review_queue import draft
from lib.shell.review_queue.names import KEYS, REASON_KEYS, REASON_NAMES


def ask(run_id: str, mode: str, open_findings: int = 0) -> tuple[tuple[str, ...], str] | None:
    """The reasons and the comment once they are confirmed; None before.

    Args:
        mode: the verdict that they are for. An approval asks for no reasons.
        open_findings: what an approval is given over.
    """
    chosen = _chosen(run_id)
    with st.container(border=True, key="queue_why"):
        if open_findings:
            st.markdown(
                ngettext(
                    "{n} finding says that something must be changed. Say why you approve it all the same.",
                    "{n} findings say that something must be changed. Say why you approve it all the same.",
                    open_findings,
                )
            )
        else:
            st.markdown(_("Why? Choose at least one reason."))
            with st.container(horizontal=True):
                for reason, name in REASON_NAMES.items():
                    st.button(translate(name), key=f"queue_reason_{reason}", shortcut=REASON_KEYS[reason],
                              type="primary" if reason in chosen else "secondary",
                              icon=":material/check:" if reason in chosen else None,
                              on_click=_toggle, args=(run_id, reason))  # fmt: skip
        comment = draft.comment(run_id)
        with st.container(horizontal=True):
            sure = st.button(_label(mode), type="primary", shortcut=KEYS["confirm"], key="queue_confirm")
            st.button(_("Don’t"), shortcut=KEYS["cancel"], key="queue_cancel",
                      on_click=draft.turn, args=(run_id, ""))  # fmt: skip
    return (tuple(chosen) if not open_findings else (), comment) if sure else None


def _label(mode: str) -> str:
    """What the button that confirms does."""
    labels = {"approved": _("Approve all the same"), "sent_back": _("Send back"), "rejected": _("Reject")}
    return labels[mode]


def _chosen(run_id: str) -> list[str]:
    kept = draft.of(run_id).get("reasons", [])
    return [reason for reason in REASON_NAMES if reason in kept]


def _toggle(run_id: str, reason: str) -> None:
    chosen = _chosen(run_id)
    draft.keep(run_id, reasons=[one for one in chosen if one != reason] if reason in chosen else [*chosen, reason])

"""What the stylist works on: comments, pieces, clients and purchases; and the reading of the comments."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.catalogue import UseCase
from lib.commerce.stylist.columns import CLIENT_COLUMNS, COMMENT_COLUMNS, PIECE_COLUMNS, PURCHASE_COLUMNS
from lib.commerce.stylist.data import clients_from, comments_from, pieces_from, purchases_from
from lib.commerce.stylist.jobs import NONE, PROVE, READ_FILE
from lib.commerce.stylist.kept import NAME, unpacked
from lib.commerce.stylist.model import Client, Comment, Piece, Purchase
from lib.commerce.stylist.reading_all import Read, sample_read
from lib.commerce.stylist.samples import CLIENTS, COMMENTS, PIECES, PURCHASES, SAMPLE, House, sample_house
from lib.commerce.stylist.selection import Ground, ground_of, sample_ground
from lib.database import artefacts, connect
from lib.i18n import N_, _
from lib.shell import background, errors, session
from lib.shell.proving import OwnData
from lib.shell.stylist.state import USE_CASE, keep, recall
from lib.shell.upload_slot import OWN
from lib.shell.uploads import UploadResult, upload_table

TITLE = N_("Reading of comments")


@dataclass(frozen=True)
class Given:
    """The tables that were chosen. ``confirmed``: somebody said that the writers of a file without consents agreed."""

    comments: UploadResult[Comment]
    pieces: UploadResult[Piece]
    clients: UploadResult[Client] | None
    purchases: UploadResult[Purchase] | None
    confirmed: bool

    @property
    def demo(self) -> bool:
        """Whether everything is the demo house's."""
        own = (self.comments, self.pieces, self.clients, self.purchases)
        return all(one is None or one.origin == SAMPLE for one in own)

    @property
    def arguments(self) -> dict[str, Any]:
        """The tables as a job's arguments."""
        return {
            "comments": self.comments.data_set or SAMPLE,
            "pieces": self.pieces.data_set or SAMPLE,
            "clients": _source(self.clients),
            "purchases": _source(self.purchases),
            "confirmed": self.confirmed,
        }

    @property
    def source(self) -> str:
        """One name for all of them."""
        if self.demo:
            return SAMPLE
        said = repr(sorted((key, str(value)) for key, value in self.arguments.items()))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    def house(self) -> House:
        """The tables together."""
        if self.demo:
            return sample_house()
        clients = self.clients.items if self.clients and self.clients.ready else ()
        sample = sample_house()
        pieces = sample.pieces if self.pieces.origin == SAMPLE else self.pieces.items
        bought = self.purchases
        purchases = () if bought is None else sample.purchases if bought.origin == SAMPLE else bought.items
        return House(
            self.comments.items,
            tuple(pieces),
            {one.id: one for one in clients},
            tuple(purchases),
            sample.places if self.pieces.origin == SAMPLE else {},
            self.comments.name,
        )


def _source(table: UploadResult[Any] | None) -> str:
    if table is None or not table.ready:
        return NONE
    return table.data_set or SAMPLE


def ask() -> Given:
    """The tables, folded: the page opens with its picture."""
    with st.expander(_("Data: comments, pieces, clients, purchases"), icon=":material/table_rows:"):
        comments = upload_table(
            "comments", USE_CASE, "comments", COMMENT_COLUMNS, COMMENTS, comments_from, _("Comments")
        )
        pieces = upload_table("pieces", USE_CASE, "pieces", PIECE_COLUMNS, PIECES, pieces_from, _("Pieces in stock"))
        if comments.origin != OWN:
            return Given(comments, pieces, _demo(CLIENTS), _demo(PURCHASES), False)
        with_clients = any(one.client for one in comments.items)
        if not with_clients:
            if comments.ready:
                st.caption(_("No column of the file names a client: profiles are by product, by class or for all."))
            return Given(comments, pieces, None, None, False)
        clients = upload_table(
            "clients", USE_CASE, "clients", CLIENT_COLUMNS, CLIENTS, clients_from,
            _("Clients and what they agreed to (optional)"), OWN,
        )  # fmt: skip
        purchases = upload_table(
            "purchases", USE_CASE, "purchases", PURCHASE_COLUMNS, PURCHASES, purchases_from,
            _("Purchases (optional)"), OWN,
        )  # fmt: skip
        own_clients = clients if clients.origin == OWN and clients.ready else None
        own_purchases = purchases if purchases.origin == OWN and purchases.ready else None
        confirmed = own_clients is None and _confirm()
    return Given(comments, pieces, own_clients, own_purchases, confirmed)


def _demo(path: Any) -> UploadResult[Any]:
    return UploadResult(name=path.name, ready=True)


def _confirm() -> bool:
    """Where a file tells no consents, a person of the house answers for them; without it no client's words are read."""
    key = recall("confirmed", False)
    st.checkbox(
        _("The clients in this file agreed that their comments are used to advise them"),
        key=key,
        on_change=lambda: keep(confirmed=st.session_state[key]),
        help=_("Without it, and without a list of clients with their consents, no comment of a client is read."),
    )
    return bool(st.session_state[key])


def read_of(case: UseCase, given: Given) -> tuple[Read, Ground] | None:
    """The reading of the chosen comments with what all profiles share; None while the worker is at it."""
    if given.demo:
        with st.spinner(_("Reading the comments")):
            return sample_read(), sample_ground()
    if given.comments.data_set is None:
        return _ready(SAMPLE, given)
    arguments = {name: given.arguments[name] for name in ("comments", "clients", "confirmed")}
    job = background.last(READ_FILE, arguments)
    if job is None or job.status == "cancelled":
        if st.button(_("Read the comments"), type="primary", key="stylist_read"):
            background.begin(case, READ_FILE, TITLE, arguments, data_set=given.comments.data_set)
            st.rerun()
        return None
    if not job.ended:
        background.watch(job.id)
        return None
    if job.status == "failed":
        if (error := background.why(job)) is not None:
            errors.show(error)
        if st.button(_("Read again"), key="stylist_again"):
            background.begin(case, READ_FILE, TITLE, arguments, data_set=given.comments.data_set)
            st.rerun()
        return None
    with st.spinner(_("Reading the comments")):
        return _ready(str(job.run), given)


def _ready(run: str, given: Given) -> tuple[Read, Ground]:
    """What the worker read, once per session: a page reruns at every click."""
    place = f"stylist_read_{session.workspace()}_{session.person()}"
    kept = st.session_state.get(place)
    if kept is None or kept[0] != (run, given.source):
        read = sample_read() if run == SAMPLE else _from_run(run)
        kept = ((run, given.source), (read, ground_of(given.house(), read)))
        st.session_state[place] = kept
    found: tuple[Read, Ground] = kept[1]
    return found


def _from_run(run: str) -> Read:
    with connect() as database:
        actor = session.actor()
        files = {row["name"]: row["id"] for row in artefacts.of_run(database, actor, run)}
        return unpacked(artefacts.load(database, actor, files[NAME]))


def own_data(given: Given) -> OwnData | None:
    """What the Proof tab may measure on: own comments with own purchases."""
    if given.comments.data_set is None or given.purchases is None:
        return None
    arguments = given.arguments
    return OwnData(given.source, given.comments.name, PROVE, arguments, given.comments.data_set)

"""What the stylist works on: comments, pieces, clients and purchases; and the reading of the comments."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lib.access import Actor
from lib.catalogue import UseCase
from lib.commerce.stylist.columns import CLIENT_COLUMNS, COMMENT_COLUMNS, PIECE_COLUMNS, PURCHASE_COLUMNS
from lib.commerce.stylist.data import clients_from, comments_from, pieces_from, purchases_from
from lib.commerce.stylist.groundwork import Ground, Told, ground_of, sample_ground, sample_told, told_of
from lib.commerce.stylist.jobs import NONE, PROVE, READ_FILE
from lib.commerce.stylist.kept import NAME, unpacked
from lib.commerce.stylist.model import Client, Comment, Piece, Purchase
from lib.commerce.stylist.reading_all import Read, read_all, sample_read
from lib.commerce.stylist.samples import CLIENTS, COMMENTS, PIECES, PURCHASES, SAMPLE, House, sample_house
from lib.commerce.stylist.selection import Who, comments_of
from lib.database import artefacts, connect
from lib.i18n import N_, _
from lib.shell import background, errors, session
from lib.shell.proving import OwnData
from lib.shell.stylist import working
from lib.shell.stylist.state import USE_CASE, keep, recall
from lib.shell.upload_slot import OWN
from lib.shell.uploads import UploadResult, upload_table

TITLE = N_("Reading of comments")
READING, LEARNING = N_("Reading the comments"), N_("Learning what clients choose by")


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
    def unanswered(self) -> bool:
        """Whether the file names clients and nobody has answered for their consent."""
        with_clients = any(one.client for one in self.comments.items)
        return self.comments.origin == OWN and with_clients and self.clients is None and not self.confirmed

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


@dataclass(frozen=True)
class Ready:
    """What selections stand on. ``read`` is None for the demo house, of which only what is looked at is read."""

    ground: Ground
    told: Told
    read: Read | None = None

    def read_for(self, house: House, who: Who) -> Read:
        """The reading with at least the comments of one client or product."""
        return self.read or read_all(comments_of(house, who), house.clients)


def read_of(case: UseCase, given: Given) -> Ready | None:
    """The reading of the chosen comments with what all profiles share; None while it is being made."""
    if given.demo:
        return _ready(SAMPLE, given)
    if given.unanswered:
        st.info(
            _(
                "Nobody has said that the clients of this file agreed, so none of their comments is read. Tick the "
                "last box under Data, or add the list of clients with their consents."
            ),
            icon=":material/lock:",
        )
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
    return _ready(str(job.run), given)


def _ready(run: str, given: Given) -> Ready | None:
    """What was read, once per session: a page reruns at every click."""
    place = f"stylist_read_{session.workspace()}_{session.person()}"
    kept = st.session_state.get(place)
    if kept is not None and kept[0] == (run, given.source):
        found: Ready = kept[1]
        return found
    actor = session.actor()
    made = working.result(f"ready {run} {given.source}", lambda progress: _made(run, given, actor, progress))
    if made is not None:
        st.session_state[place] = ((run, given.source), made)
    return made


def _made(run: str, given: Given, actor: Actor, progress: working.Progress) -> Ready:
    progress(0.1, READING)
    if given.demo:
        return Ready(sample_ground(), sample_told())
    house = given.house()
    read = sample_read() if run == SAMPLE else _from_run(run, actor)
    progress(0.4, LEARNING)
    return Ready(ground_of(house, read), told_of(house, read), read)


def _from_run(run: str, actor: Actor) -> Read:
    with connect() as database:
        files = {row["name"]: row["id"] for row in artefacts.of_run(database, actor, run)}
        return unpacked(artefacts.load(database, actor, files[NAME]))


def own_data(given: Given) -> OwnData | None:
    """What the Proof tab may measure on: own comments with own purchases."""
    if given.comments.data_set is None or given.purchases is None:
        return None
    arguments = given.arguments
    return OwnData(given.source, given.comments.name, PROVE, arguments, given.comments.data_set)

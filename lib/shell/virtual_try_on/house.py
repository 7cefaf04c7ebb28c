"""Which catalogue is tried on: the demo house's, or the person's own product file."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from lib.commerce.virtual_try_on.catalogue import COLUMNS, Listed, listed_from
from lib.commerce.virtual_try_on.pieces import PRODUCTS, Piece, house_pieces
from lib.commerce.virtual_try_on.try_run import SLUG
from lib.i18n import N_, _, ngettext
from lib.shell.text import plain
from lib.shell.upload_slot import SAMPLE
from lib.shell.uploads import upload_table

MOST_REASONS = 5  # told above the rows, the most frequent first
NONE_DRAWN = N_("No row of this file can be shown worn. The reasons stand beside its rows.")


def choose() -> tuple[Piece, ...]:
    """The pieces to choose from; the demo house's while a person's own file is still being read."""
    with st.expander(_("Catalogue"), icon=":material/table_rows:"):
        result = upload_table("tryon_pieces", SLUG, "pieces", COLUMNS, PRODUCTS, listed_from, _("Pieces to try on"))
        _left_out(result.items if result.ready else ())
        if result.origin == SAMPLE:
            return house_pieces()
        if not result.ready:
            st.caption(_("Until your file is ready, the demo house’s pieces are offered."))
            return house_pieces()
        st.caption(_("Sizes are advised by the demo house’s guide: it knows French women’s sizes, and S, M, L."))
        own = tuple(one.piece for one in result.items if one.piece is not None)
        if not own:
            st.warning(_(NONE_DRAWN))
        return own


def _left_out(items: tuple[Listed, ...]) -> None:
    """The rows that can't be drawn, each with its reason."""
    out = [one for one in items if one.piece is None]
    if not out:
        return
    st.caption(ngettext("{n} row can’t be shown worn:", "{n} rows can’t be shown worn:", len(out)))
    reasons = Counter(_(one.reason, **dict(one.values)) for one in out)
    for reason, count in reasons.most_common(MOST_REASONS):
        st.caption(plain(f"{count} · {reason}"))
    rows = [
        {_("Reference"): one.sku, _("Name"): one.name, _("Reason"): _(one.reason, **dict(one.values))} for one in out
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", height=min(38 + 35 * len(rows), 220))


def is_demo(pieces: tuple[Piece, ...]) -> bool:
    """Whether these are the demo house's own pieces, whose orders are known."""
    return pieces is house_pieces()

"""What a person takes away: the description on the desk, or all that were approved."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib.commerce.product_descriptions.desk import Desk, approved_texts
from lib.commerce.product_descriptions.exports import PIM_COLUMNS, Written, json_ld, pim_row, plain_text
from lib.commerce.product_descriptions.model import Description
from lib.database import connect
from lib.database.reviews import approved
from lib.files.writers import Sheet, write_csv, write_jsonld, write_xlsx
from lib.i18n import _, ngettext
from lib.shell import session
from lib.shell.exports import CSV, JSON_LD, XLSX, Export, copy_button, downloads
from lib.shell.text import plain

USE_CASE = "product_descriptions"
WIDTHS = {"body": 60, "opener": 40, "fit_and_care": 40, "snippet": 40, "title": 30}


def _rows(texts: Sequence[Written]) -> list[list[str]]:
    return [list(pim_row(written).values()) for written in texts]


def xlsx_of(texts: Sequence[Written]) -> bytes:
    return write_xlsx([Sheet(_("Descriptions"), PIM_COLUMNS, _rows(texts), WIDTHS)])


def csv_of(texts: Sequence[Written]) -> bytes:
    return write_csv(_rows(texts), PIM_COLUMNS)


def _file_name(stem: str, ending: str) -> str:
    """A file's name with the letters that every system takes."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in stem)[:60] + ending


def take_away(desk: Desk, text: Description) -> None:
    """The description on the desk to paste, for a product information system and for a page; then the rest."""
    written = desk.written(text)
    stem = f"{desk.brief.product.sku}_{desk.language}_{desk.brief.channel}"
    house = desk.brief.voice.house
    copy_button(plain_text(text), _("Copy the text"), key=f"copy_{desk.run}")
    downloads(
        [
            Export("XLSX", _file_name(stem, ".xlsx"), lambda: xlsx_of([written]), XLSX, desk.run),
            Export("CSV", _file_name(stem, ".csv"), lambda: csv_of([written]), CSV, desk.run),
            Export(
                "JSON-LD", _file_name(stem, ".jsonld"), lambda: write_jsonld(json_ld(written, house)), JSON_LD, desk.run
            ),
        ],
        key=f"one_{desk.run}",
    )
    with connect() as database:
        ready = approved_texts(approved(database, session.actor(), USE_CASE))
    if not ready:
        st.caption(plain(_("What you approve is collected here and can be taken away as one file.")))
        return
    st.markdown(
        plain(ngettext("{n} approved description, as one file", "{n} approved descriptions, as one file", len(ready)))
    )
    downloads(
        [
            Export("XLSX", "descriptions.xlsx", lambda: xlsx_of(ready), XLSX),
            Export("CSV", "descriptions.csv", lambda: csv_of(ready), CSV),
            Export(
                "JSON-LD", "descriptions.jsonld", lambda: write_jsonld([json_ld(one, house) for one in ready]), JSON_LD
            ),
        ],
        key="approved",
    )

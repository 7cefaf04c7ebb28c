"""What a person takes away: the description on the desk, or all that were approved."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib.commerce.product_descriptions.desk import Desk, approved_texts, on_the_desk, person_said
from lib.commerce.product_descriptions.exports import PIM_COLUMNS, PIM_HELP, Written, json_ld, pim_row, plain_text
from lib.commerce.product_descriptions.model import Description
from lib.database import connect
from lib.database.people import person_name
from lib.database.reviews import approved
from lib.files.writers import Cell, Sheet, write_csv, write_jsonld, write_xlsx
from lib.i18n import _, ngettext, translate
from lib.shell import html, session
from lib.shell.exports import CSV, JSON_LD, XLSX, Export, copy_button, csv_kinds, downloads
from lib.shell.html import element
from lib.shell.text import plain

USE_CASE = "product_descriptions"
WIDTHS = {"body": 60, "opener": 40, "fit_and_care": 40, "snippet": 40, "title": 30}


def _rows(texts: Sequence[Written]) -> list[list[Cell]]:
    return [list(pim_row(written).values()) for written in texts]


def xlsx_of(texts: Sequence[Written]) -> bytes:
    """The rows, and a sheet that says in the reader's language what each column holds."""
    guide: list[list[Cell]] = [[name, translate(said)] for name, said in PIM_HELP.items()]
    sheets = [
        Sheet(_("Descriptions"), PIM_COLUMNS, _rows(texts), WIDTHS),
        Sheet(_("Columns"), (_("Column"), _("Meaning")), guide, {_("Meaning"): 70}),
    ]
    return write_xlsx(sheets)


def csv_of(texts: Sequence[Written], separator: str) -> bytes:
    return write_csv(_rows(texts), PIM_COLUMNS, separator=separator)


def _exports(texts: Sequence[Written], stem: str, run: str | None) -> list[Export]:
    """The files of some descriptions."""
    one = len(texts) == 1 and run is not None
    found = [Export("XLSX", f"{stem}.xlsx", lambda: xlsx_of(texts), XLSX, run)]
    found += [
        Export(label, name, lambda separator=separator: csv_of(texts, separator), CSV, run)  # type: ignore[misc]
        for label, name, separator in csv_kinds(stem)
    ]
    data = [json_ld(written) for written in texts]
    found.append(Export("JSON-LD", f"{stem}.jsonld", lambda: write_jsonld(data[0] if one else data), JSON_LD, run))
    return found


def _file_name(stem: str) -> str:
    """A file's name, less its ending, with the letters that every system takes."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in stem)[:60]


def take_away(desk: Desk, text: Description, option: int) -> None:
    """The description on the desk to paste, for a product information system and for a page; then the rest."""
    actor = session.actor()
    with connect() as database:
        ready = approved_texts(approved(database, actor, USE_CASE))
        editor = person_said(person_name(database, actor), actor.person)
    written = on_the_desk(desk, text, option, ready, editor)
    copy_button(plain_text(text), _("Copy the text"), key=f"copy_{desk.run}")
    stem = _file_name(f"{desk.brief.product.sku}_{desk.language}_{desk.brief.channel}")
    downloads(_exports([written], stem, desk.run), key=f"one_{desk.run}")
    if ready:
        st.markdown(
            plain(
                ngettext("{n} approved description, as one file", "{n} approved descriptions, as one file", len(ready))
            )
        )
        downloads(_exports(ready, "descriptions", None), key="approved")
    else:
        st.caption(plain(_("What you approve is collected here and can be taken away as one file.")))
    with st.expander(_("What the columns of the files hold")):
        items = [(element("dt", name), element("dd", translate(said))) for name, said in PIM_HELP.items()]
        html.draw(element("dl", *(part for pair in items for part in pair), class_="toile-list"))

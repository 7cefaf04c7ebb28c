"""What is taken away: the profile with its sentences as XLSX, the selection as PDF, the note as DOCX or text."""

from __future__ import annotations

import io

from lib.commerce.stylist.naming import (
    CONFIDENCE_TITLES,
    LEFT_OUT_TITLES,
    SOURCE_TITLES,
    aspect_name,
    said_in,
    value_name,
)
from lib.commerce.stylist.nearest import Near
from lib.commerce.stylist.note.model import ClientNote
from lib.commerce.stylist.profile import Preference
from lib.commerce.stylist.selection import Selection
from lib.commerce.stylist.targets import THEMES, Reason, Target
from lib.files.documents.pdf import Pdf
from lib.files.writers import Cell, Sheet, write_xlsx
from lib.i18n import _, current_language, money, ngettext, number, percent, translate

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def leaning_said(one: Preference) -> str:
    """likes, dislikes or undecided."""
    return {1: _("likes"), -1: _("dislikes"), 0: _("undecided")}[one.leaning]


def target_title(target: Target) -> str:
    """'Skirt, terracotta, linen, roomy'."""
    order = ("kind", "colour", "pattern", "fabric", "fit", "length")
    reasons = [reason for aspect in order if (reason := target.reason(aspect)) is not None]
    words = [value_name(one.aspect, one.value) for one in reasons]
    return ", ".join(words)[:1].upper() + ", ".join(words)[1:]


def reason_said(reason: Reason) -> str:
    """Why a target has a value, in a line."""
    source = translate(SOURCE_TITLES[reason.source])
    if reason.source == "said" and reason.count:
        source = ngettext("{n} sentence", "{n} sentences", reason.count)
    elif reason.source == "bought" and reason.count:
        source = ngettext("{n} purchase", "{n} purchases", reason.count)
    return _(
        "{aspect}: {value} ({source})",
        aspect=aspect_name(reason.aspect),
        value=value_name(reason.aspect, reason.value),
        source=source,
    )


def piece_said(near: Near) -> str:
    """Colour and fabric of a piece in the reader's language."""
    language = current_language()
    piece = near.piece
    told = [value_name("colour", piece.colour)] if piece.colour else []
    told += [said_in(piece.fabric_said, "fabric", language)] if piece.fabric_said else []
    return ", ".join(told)


def price_said(near: Near) -> str:
    """A piece's price."""
    return money(near.piece.price, near.piece.currency) if near.piece.price is not None else ""


def profile_xlsx(selection: Selection) -> bytes:
    """Four sheets: the profile, the sentences behind it, what was left out, the pieces."""
    return write_xlsx(
        [_profile_sheet(selection), _sentences_sheet(selection), _left_sheet(selection), _pieces_sheet(selection)]
    )


def _profile_sheet(selection: Selection) -> Sheet:
    heads = (
        _("Attribute"), _("Value"), _("Leaning"), _("Confidence"), _("Share of likes"), _("Low"), _("High"),
        _("For, weighted"), _("Against, weighted"), _("Sentences"), _("Pinned"),
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [
            aspect_name(one.aspect), value_name(one.aspect, one.value), leaning_said(one),
            translate(CONFIDENCE_TITLES[one.confidence]), round(one.mean, 3), round(one.low, 3), round(one.high, 3),
            round(one.likes, 2), round(one.dislikes, 2), len(one.said), _("yes") if one.pinned else "",
        ]
        for one in selection.profile.preferences
    ]  # fmt: skip
    return Sheet(_("Profile"), heads, rows)


def _sentences_sheet(selection: Selection) -> Sheet:
    heads = (_("Attribute"), _("Value"), _("Read as"), _("Sentence"), _("Date"), _("Channel"), _("Comment"))
    said = {1: _("for"), 0: _("mentioned"), -1: _("against")}
    rows: list[list[Cell]] = [
        [
            aspect_name(one.aspect), value_name(one.aspect, one.value), said[behind.opinion.polarity], behind.sentence,
            behind.written_on, behind.source, behind.comment,
        ]
        for one in selection.profile.preferences
        for behind in one.said
    ]  # fmt: skip
    return Sheet(_("Sentences"), heads, rows, {_("Sentence"): 80})


def _left_sheet(selection: Selection) -> Sheet:
    rows: list[list[Cell]] = [
        [translate(LEFT_OUT_TITLES[one.why]), one.sentence, one.comment] for one in selection.left_out
    ]
    return Sheet(_("Left out"), (_("Why"), _("Sentence"), _("Comment")), rows, {_("Sentence"): 80})


def _pieces_sheet(selection: Selection) -> Sheet:
    heads = (
        _("Drawing"), _("Reference"), _("Piece"), _("Colour, fabric"), _("Price"), _("Sizes in stock"), _("Nearness"),
        _("By attributes"), _("By drawing"), _("By the client’s choices"),
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [
            target_title(target), one.piece.sku, one.piece.name, piece_said(one), one.piece.price, ", ".join(one.sizes),
            round(one.total, 3), round(one.attributes, 3), round(one.drawing, 3), round(one.client, 3),
        ]
        for target in selection.targets
        for one in selection.near[target.id]
    ]  # fmt: skip
    return Sheet(_("Pieces"), heads, rows)


def selection_pdf(selection: Selection, title: str, source: str) -> bytes:
    """The selection: each drawing with its reasons, and the pieces in stock nearest to it."""
    footer = _("Drawn by rules from {source}. A drawing is no piece that exists.", source=source)
    sheet = Pdf(title, _("Selection"), footer=footer)
    for at, target in enumerate(selection.targets):
        if at:
            sheet.new_page()
        sheet.heading(translate(THEMES[target.theme]))
        left, right = sheet.columns(2, 3)
        if target.id in selection.drawings:
            left.picture(selection.drawings[target.id], most_height=8.5, caption=target_title(target))
        for reason in target.reasons:
            right.text(reason_said(reason))
            if reason.said:
                right.text(_("“{sentence}”", sentence=reason.said[0].sentence[:240]), small=True)
        sheet.heading(_("Nearest in stock"), level=2)
        heads = [_("Piece"), _("Colour, fabric"), _("Price"), _("Sizes in stock"), _("Nearness")]
        rows = [
            [one.piece.name, piece_said(one), price_said(one), ", ".join(one.sizes), percent(one.total)]
            for one in selection.near[target.id]
        ]
        if rows:
            sheet.table(heads, rows, (2.2, 2.4, 1.0, 1.6, 0.9), ("left", "left", "right", "left", "right"))
        else:
            sheet.text(_("In stock and in this size, nothing of the kind comes near."))
    return sheet.to_bytes()


def note_text(note: ClientNote) -> bytes:
    """The note as plain text, its subject first."""
    return f"{note.subject}\n\n{note.text()}\n".encode()


def note_docx(note: ClientNote) -> bytes:
    """The note as a Word document; texts are plain, nothing in them is read as markup."""
    from docx import Document
    from docx.shared import Pt

    document = Document()
    document.core_properties.title = note.subject[:250]
    document.core_properties.author = ""
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Georgia", Pt(11)
    document.add_heading(note.subject, level=1)
    for paragraph in note.text().split("\n\n"):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def like_said(one: Preference) -> str:
    """'81% likes (54% to 98%)'."""
    return _(
        "{share} of likes ({low} to {high}) from {n}",
        share=percent(one.mean),
        low=percent(one.low),
        high=percent(one.high),
        n=number(one.likes + one.dislikes, 1),
    )

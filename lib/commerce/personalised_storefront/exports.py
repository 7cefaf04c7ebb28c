"""What is taken away: the ranking as a table, the page as a picture and a sheet, the rules."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from lib.commerce.personalised_storefront.drawing import GROUND, SIZE
from lib.commerce.personalised_storefront.offers import Offer
from lib.commerce.personalised_storefront.pictures import picture
from lib.commerce.personalised_storefront.storefront import Card, Front, House, Rules
from lib.commerce.personalised_storefront.telling import (
    category_name,
    conditions_said,
    offer_said,
    price_said,
    product_name,
    reason_said,
    size_said,
)
from lib.files.writers import Cell, Sheet, write_csv, write_xlsx
from lib.i18n import _
from lib.settings import ROOT

INK, QUIET, PAPER, LINE = (32, 29, 26), (104, 98, 90), (255, 255, 255), (222, 216, 206)
WIDTH, COLUMNS, GAP, EDGE = 1_200, 4, 24, 40
FONTS = ROOT / "lib" / "files" / "documents" / "fonts"


def _columns() -> tuple[str, ...]:
    return (
        _("Rank"), _("Rank on the generic page"), _("Reference"), _("Name"), _("Category"), _("Price"), _("Currency"),
        _("Size"), _("Units in this size"), _("Rule"), _("Why"),
    )  # fmt: skip


def ranking_rows(mine: Front, generic: Front, house: House) -> list[list[Cell]]:
    """One row a place; the generic place is empty where a piece isn't among its first."""
    places = {sku: place for place, sku in enumerate(generic.skus, 1)}
    return [
        [
            place,
            places.get(card.product.sku),
            card.product.sku,
            product_name(card.product),
            card.product.category,
            card.product.price,
            card.product.currency,
            card.size,
            card.units,
            card.rule,
            " ".join(reason_said(reason, house) for reason in card.reasons),
        ]
        for place, card in enumerate(mine.cards, 1)
    ]


def ranking_csv(mine: Front, generic: Front, house: House, separator: str = ",") -> bytes:
    """The ranking as CSV."""
    return write_csv(ranking_rows(mine, generic, house), _columns(), separator=separator)


def ranking_xlsx(mine: Front, generic: Front, house: House) -> bytes:
    """The ranking of the profile's page and of the generic one as XLSX."""
    widths = {_("Why"): 60, _("Name"): 30}
    return write_xlsx(
        [
            Sheet(_("Profile"), _columns(), ranking_rows(mine, generic, house), widths),
            Sheet(_("Generic"), _columns(), ranking_rows(generic, generic, house), widths),
        ]
    )


def rules_json(rules: Rules, offer: Offer) -> bytes:
    """The rules that the page was made under, and the offer with its open conditions."""
    made: dict[str, Any] = {
        "rules": asdict(rules),
        "offer": {**asdict(offer), "title": offer_said(offer), "conditions": conditions_said(offer)},
        "same_price_for_everybody": True,
    }
    return json.dumps(made, ensure_ascii=False, indent=2).encode()


def page_picture(front: Front, house_name: str, words: Mapping[str, str], offer: Offer, kind: str = "PNG") -> bytes:
    """The page as a picture of ``WIDTH`` pixels; ``words`` has 'title', 'line', 'description', 'offer' and
    a line by reference.

    ``kind``: 'PNG' or 'PDF' (one page that holds the picture).
    """
    from PIL import Image, ImageDraw

    cell = (WIDTH - 2 * EDGE - (COLUMNS - 1) * GAP) // COLUMNS
    tall = round(cell * SIZE[1] / SIZE[0])
    row = tall + 148
    rows = -(-max(len(front.cards) - 1, 0) // COLUMNS)
    page = Image.new("RGB", (WIDTH, 720 + rows * (row + GAP)), PAPER)
    drawing = ImageDraw.Draw(page)
    top = _head(page, drawing, front, house_name, words, offer)
    for number, card in enumerate(front.cards[1:]):  # the first opens the page
        left = EDGE + (number % COLUMNS) * (cell + GAP)
        _card(
            page, drawing, card, words.get(card.product.sku, ""), (left, top + (number // COLUMNS) * (row + GAP)), cell
        )
    page = page.crop((0, 0, WIDTH, top + rows * (row + GAP) + EDGE))
    out = io.BytesIO()
    page.save(out, kind, **({"resolution": 144.0} if kind == "PDF" else {"optimize": True}))
    return out.getvalue()


def _font(size: int, serif: bool = False, bold: bool = False) -> Any:
    from PIL import ImageFont

    name = "newsreader" if serif else "hanken-grotesk-semibold" if bold else "hanken-grotesk"
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), size)


def _head(page: Any, drawing: Any, front: Front, house_name: str, words: Mapping[str, str], offer: Offer) -> int:
    """Banner, name, menu and hero; where the grid begins."""
    from PIL import Image

    told = f"{offer_said(offer)} · {conditions_said(offer)}" if offer.kind != "none" else ""
    banner = words.get("offer") or told or _("Prices are the same for everybody.")
    drawing.rectangle((0, 0, WIDTH, 44), fill=INK)
    _lines(drawing, banner, (EDGE, 12), WIDTH - 2 * EDGE, _font(17), PAPER, 1)
    drawing.text((EDGE, 66), house_name, font=_font(38, serif=True), fill=INK)
    menu = " · ".join(category_name(name) for name in front.categories)
    _lines(drawing, menu, (EDGE, 122), WIDTH - 2 * EDGE, _font(18), QUIET, 1)
    drawing.rectangle((0, 160, WIDTH, 600), fill=GROUND)
    if front.cards:
        hero = Image.open(io.BytesIO(picture(front.cards[0].product))).resize((336, 426))
        page.paste(hero, (WIDTH - EDGE - 380, 167))
    down = _lines(drawing, words.get("title", ""), (EDGE + 20, 200), 640, _font(40, serif=True), INK, 3)
    down = _lines(drawing, words.get("line", ""), (EDGE + 20, down + 14), 640, _font(22), INK, 3)
    _lines(drawing, words.get("description", ""), (EDGE + 20, down + 14), 640, _font(18), QUIET, 6)
    return 640


def _card(page: Any, drawing: Any, card: Card, line: str, at: tuple[int, int], width: int) -> None:
    from PIL import Image

    tall = round(width * SIZE[1] / SIZE[0])
    page.paste(Image.open(io.BytesIO(picture(card.product))).resize((width, tall)), at)
    left, down = at[0], at[1] + tall + 8
    down = _lines(drawing, product_name(card.product), (left, down), width, _font(18, bold=True), INK, 1)
    down = _lines(drawing, line, (left, down + 2), width, _font(15), QUIET, 2)
    down = _lines(drawing, price_said(card), (left, down + 4), width, _font(17), INK, 1)
    _lines(drawing, size_said(card), (left, down + 2), width, _font(15), QUIET, 2)


def _lines(drawing: Any, text: str, at: tuple[int, int], width: int, font: Any, colour: Any, most: int) -> int:
    """Draw ``text`` in at most ``most`` lines; where the next thing may stand."""
    lines, current = [], ""
    for word in text.split():
        wider = f"{current} {word}".strip()
        if current and drawing.textlength(wider, font=font) > width:
            lines.append(current)
            current = word
        else:
            current = wider
    lines = [*lines, current] if current else lines
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    step = round(font.size * 1.35)
    for number, line in enumerate(lines):
        drawing.text((at[0], at[1] + number * step), line, font=font, fill=colour)
    return at[1] + len(lines) * int(step)

"""The task: the page's words. A profile chooses which fact of a product comes first; who it is of isn't told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from lib.checks import Check, CheckResult, Finding, Verdict
from lib.checks.claims import LIMITS as CLAIM_LIMITS
from lib.checks.claims import claim_findings
from lib.checks.given import REPEATED
from lib.checks.language import language_findings
from lib.checks.markup import find_markup
from lib.commerce.product_descriptions.checks import facts_of
from lib.commerce.product_descriptions.model import BrandVoice, DescribeProduct, Product
from lib.commerce.product_descriptions.writer import draft as describe
from lib.i18n import N_
from lib.tasks import Context, Task
from lib.vocabulary import phrase, recognise, say

VERSION = "2"
MOST_TITLE, MOST_LINE, MOST_OFFER = 90, 90, 220
#: Which option of the writer leads with what a shopper's taste turns on.
ANGLES = {
    "colour": ("colour", "couleur"), "tone": ("colour", "couleur"), "fabric": ("material", "matière"),
    "material": ("material", "matière"), "fit": ("cut", "coupe"), "length": ("cut", "coupe"), "neck": ("cut", "coupe"),
    "sleeve": ("cut", "coupe"), "pattern": ("detail", "détail"), "closure": ("detail", "détail"),
}  # fmt: skip
#: Attributes of a card's line, in their usual order: group, attribute, kind of word.
FACTS = (
    ("fabric", "fabric", "material"),
    ("fit", "fit", "fit"),
    ("pattern", "pattern", "pattern"),
    ("length", "length", "length"),
    ("neck", "neckline", "neckline"),
    ("sleeve", "sleeve", "sleeve"),
    ("closure", "closure", "closure"),
)


class Piece(BaseModel):
    """A product of the page, and the group of attributes that its words lead with ('' for none)."""

    model_config = ConfigDict(frozen=True)
    product: Product
    lead: str = ""


class WriteShopWords(BaseModel):
    """What the writer may use, and nothing else: no name, no history, no mark of the shopper."""

    model_config = ConfigDict(frozen=True)
    house: str = ""
    hero: Piece
    cards: tuple[Piece, ...] = Field(default=(), max_length=24)
    offer: str = Field(default="", max_length=200)  # the open offer that is shown first, '' for none
    conditions: str = Field(default="", max_length=500)  # as they stand on every page


class CardLine(BaseModel):
    """The line under a product's name."""

    sku: str
    text: str = Field(max_length=300)


class ShopWords(BaseModel):
    """The words of the page."""

    hero_title: str = Field(max_length=300, description=f"At most {MOST_TITLE} characters, no full stop")
    hero_line: str = Field(max_length=600, description="One sentence")
    description: str = Field(max_length=3_000, description="Two to four sentences on the hero piece")
    lines: list[CardLine] = Field(max_length=24, description="One for each card, in their order")
    offer_line: str = Field(
        default="", max_length=600, description="The offer with its conditions, open to everybody; empty without offer"
    )


def draft(inputs: WriteShopWords, context: Context) -> ShopWords:
    """From the products' facts alone: the writer of descriptions for the hero, two or three facts for each card."""
    made = describe(DescribeProduct(product=inputs.hero.product, voice=BrandVoice(house=inputs.house)), context)
    wanted = ANGLES.get(inputs.hero.lead, ())
    option = next(
        (one for one in made.options if any(word in one.angle.casefold() for word in wanted)), made.options[0]
    )
    lines = [CardLine(sku=piece.product.sku, text=card_line(piece, context.language)) for piece in inputs.cards]
    offer_line = f"{inputs.offer}. {inputs.conditions}" if inputs.offer else ""
    return ShopWords(
        hero_title=option.title, hero_line=option.opener, description=option.body, lines=lines, offer_line=offer_line
    )


def card_line(piece: Piece, language: str, most: int = 2) -> str:
    """Two facts of a product, that of its lead first; a value that can't be said in ``language`` is left out."""
    order = sorted(FACTS, key=lambda fact: fact[0] != piece.lead)
    said: list[str] = []
    for _group, name, kind in order:
        value = piece.product.attributes.get(name, "")
        if value and value.casefold() not in ("plain", "uni") and (word := said_value(value, language, kind)):
            said.append(word)
        if len(said) == most:
            break
    colour = said_value(piece.product.colour, language, "colour") if piece.product.colour else ""
    if colour:
        said.insert(0 if piece.lead in ("colour", "tone") else len(said), colour)
    return ", ".join(dict.fromkeys(said))


def said_value(value: str, language: str, kind: str = "") -> str:
    """An attribute's value in ``language``; '' where the vocabulary can't say it."""
    value = value.strip().casefold() if value.isupper() or kind == "colour" else value.strip()
    found = phrase(value, language, kind or None)
    if found:
        return found
    concept = recognise(value, {kind} if kind in ("colour", "material", "pattern", "length", "fit") else None)
    if concept is not None and language in concept.forms and say(concept, "en").casefold() == value.casefold():
        return say(concept, language)
    return value if language == "en" and value.isascii() else ""


def _texts(inputs: WriteShopWords, output: ShopWords) -> Iterator[tuple[str, str, Product | None]]:
    """(path, text, the product that it must be true of)."""
    known = {piece.product.sku: piece.product for piece in inputs.cards}
    hero = inputs.hero.product
    yield "hero_title", output.hero_title, hero
    yield "hero_line", output.hero_line, hero
    yield "description", output.description, hero
    yield "offer_line", output.offer_line, None
    for number, line in enumerate(output.lines):
        yield f"lines.{number}.text", line.text, known.get(line.sku)


def _claims(inputs: WriteShopWords, output: ShopWords, language: str) -> CheckResult:
    found: list[Finding] = []
    for path, text, product in _texts(inputs, output):
        if product is not None:
            found += claim_findings(text, path, facts_of(product, house=inputs.house), language)
    return CheckResult("claims", tuple(found))


UNKNOWN = N_("No product of the page has the reference “{sku}”. Leave the line out.")
MISSING = N_("The product “{sku}” has no line. Write one, or leave the facts to the page.")
NO_SUCH_OFFER = N_("The page has no offer, and the words tell of one. Leave the line empty.")
OFFER_MISSING = N_("The page’s offer isn’t told. Write its line, or leave it to the page.")
STRANGE_NUMBER = N_("The number “{number}” is in no condition of the offer. Take it out, or correct it.")
TOO_LONG = N_("{n} characters; at most {most} fit on a phone. Shorten it.")


def _whole(inputs: WriteShopWords, output: ShopWords, language: str) -> CheckResult:
    """A line for each product of the page, and for none besides."""
    wanted = [piece.product.sku for piece in inputs.cards]
    given = [line.sku for line in output.lines]
    strange = [
        Finding(f"lines.{number}.sku", Verdict.FAIL, UNKNOWN, {"sku": sku[:60]})
        for number, sku in enumerate(given)
        if sku not in wanted
    ]
    missing = [Finding("lines", Verdict.WARN, MISSING, {"sku": sku}) for sku in wanted if sku not in given]
    return CheckResult("whole", (*strange, *missing))


def _length(inputs: WriteShopWords, output: ShopWords, language: str) -> CheckResult:
    limits = {"hero_title": MOST_TITLE, "hero_line": 220, "description": 700, "offer_line": MOST_OFFER}
    found = []
    for path, text, _product in _texts(inputs, output):
        most = limits.get(path, MOST_LINE)
        if len(text) > most:
            found.append(Finding(path, Verdict.WARN, TOO_LONG, {"n": len(text), "most": most}))
    return CheckResult("page_length", tuple(found))


def _offer(inputs: WriteShopWords, output: ShopWords, language: str) -> CheckResult:
    """The offer is told where there is one, and no number in it but those of its conditions."""
    told = output.offer_line.strip()
    if not inputs.offer:
        found = [Finding("offer_line", Verdict.FAIL, NO_SUCH_OFFER, {})] if told else []
        return CheckResult("offer", tuple(found))
    if not told:
        return CheckResult("offer", (Finding("offer_line", Verdict.WARN, OFFER_MISSING, {}),))
    known = set(re.findall(r"\d+", f"{inputs.offer} {inputs.conditions}"))
    strange = [number for number in re.findall(r"\d+", told) if number not in known]
    return CheckResult(
        "offer", tuple(Finding("offer_line", Verdict.FAIL, STRANGE_NUMBER, {"number": number}) for number in strange)
    )


def _language(inputs: WriteShopWords, output: ShopWords, language: str) -> CheckResult:
    names = tuple(name for piece in (inputs.hero, *inputs.cards) for name in (piece.product.name,))
    told = [(path, text) for path, text, _p in _texts(inputs, output) if path in ("hero_line", "description")]
    return CheckResult(
        "language", tuple(f for path, text in told for f in language_findings(text, path, language, names))
    )


def _markup(inputs: WriteShopWords, output: ShopWords, language: str) -> CheckResult:
    return CheckResult("markup", tuple(f for path, text, _p in _texts(inputs, output) for f in find_markup(text, path)))


CHECKS = (
    Check("claims", N_("Claims traced to the product"), _claims, CLAIM_LIMITS),
    Check(
        "whole",
        N_("A line for each product"),
        _whole,
        N_("Compares references; it doesn’t judge whether a line suits its product."),
    ),
    Check(
        "offer",
        N_("The offer’s numbers"),
        _offer,
        N_("Compares numbers with the offer’s conditions; it doesn’t judge how the offer is told."),
    ),
    Check(
        "page_length",  # counts characters; what was measured of the check of lengths says nothing of it
        N_("Length on a phone"),
        _length,
        N_("Counts characters; a narrow phone may still break a line twice."),
    ),
    Check(
        "language",
        N_("Language"),
        _language,
        N_("Looks at the sentences on the hero piece; lines of two words can’t be told."),
    ),
    Check(
        "markup",
        N_("No code, links or placeholders"),
        _markup,
        N_(
            "Finds HTML, scripts, links, template signs and invisible characters; it doesn't judge what plain "
            "words say."
        ),
    ),
)
WRITE_SHOP_WORDS: Task[WriteShopWords, ShopWords] = Task(
    name="write_shop_words",
    title=N_("Write a shop page’s words"),
    inputs=WriteShopWords,
    output=ShopWords,
    draft=draft,
    prompts=Path(__file__).parent.parent / "prompts",
    version=VERSION,
    checks=CHECKS,
    given=REPEATED,  # products' data and an offer's conditions; the task's own checks hold claims and numbers to them
    max_output_tokens=1_800,
)

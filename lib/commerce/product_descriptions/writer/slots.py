"""The slots that a sentence may fill, given what the text has said already."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

from lib.commerce.product_descriptions.writer.facts import SPOKEN, Facts
from lib.commerce.product_descriptions.writer.phrases import Phrase, PhraseList, Slot, Word, listed
from lib.commerce.product_descriptions.writer.values import Value

_MADE = {
    ("en", "wear"): ("cut", "made"),
    ("en", "knit"): ("knitted", "made"),
    ("en", "bag"): ("made", "crafted"),
    ("en", "shoe"): ("made", "crafted"),
    ("en", "other"): ("made", "produced"),
    ("fr", "other"): ("réalisé", "fabriqué"),
    ("fr", "wear"): ("coupé", "taillé", "réalisé"),
    ("fr", "knit"): ("tricoté", "réalisé"),
    ("fr", "bag"): ("façonné", "réalisé"),
    ("fr", "shoe"): ("façonné", "réalisé"),
}
_SEWN = ("dresses", "coats", "shirts", "trousers", "skirts")
# French participles that agree with the product, by the slot that holds them.
_AGREEING = {"doublé": ("doublé",), "fabriqué": ("fabriqué",), "coupé": ("coupé", "taillé", "porté")}


@dataclass
class Told:
    """What a text has said: fact names ('neckline', 'details.2', 'fabric'), plan keys, what is in focus."""

    facts: set[str] = field(default_factory=set)
    plans: set[str] = field(default_factory=set)
    sentences: int = 0
    named: bool = False  # whether the product's type or name has been said
    in_focus: bool = False  # whether the last sentence was about the product itself, so that a pronoun is clear


@dataclass(frozen=True)
class Offer:
    """Slots with the facts that each would tell."""

    slots: dict[str, Slot]
    tells: dict[str, frozenset[str]]


class _Builder:
    def __init__(self, facts: Facts, told: Told, dice: Random) -> None:
        self.facts, self.told, self.dice = facts, told, dice
        self.language = facts.language
        self.slots: dict[str, Slot] = {}
        self.tells: dict[str, frozenset[str]] = {}

    def put(self, name: str, slot: Slot | None, *facts: str) -> None:
        """Offer a slot unless one of its facts has been told."""
        if slot is not None and not self.told.facts.intersection(facts):
            self.slots[name] = slot
            self.tells[name] = frozenset(facts)

    def spoken(self, attribute: str) -> Phrase | PhraseList | None:
        value = self.facts.first(attribute)
        return value.spoken if value and not self.facts.repeats_type(value) else None


def offer(facts: Facts, told: Told, dice: Random) -> Offer:
    """Every slot that the next sentence may use; what has been told is offered no more."""
    builder = _Builder(facts, told, dice)
    _names(builder)
    _material(builder)
    _cut(builder)
    _details(builder)
    _practical(builder)
    _making(builder)
    return Offer(builder.slots, builder.tells)


def _names(b: _Builder) -> None:
    naming, plural = b.facts.naming, b.facts.plural
    b.put("T", naming.kind)
    b.put("S", Word(_first_reference(b), plural, naming.kind.gender))
    b.put("s", Word(_later_reference(b), plural, naming.kind.gender))
    head = format(naming.head, "def")
    pronoun = ("les" if plural else "la" if b.facts.feminine else "le") if b.language == "fr" else ""
    plain = b.dice.choice((head, "them" if plural else "it")) if b.language == "en" and b.told.named else head
    b.put("o", _Object(plain, pronoun))
    b.put("house", Word(b.facts.voice.house) if b.facts.voice.house else None, "house")


class _Object(Word):
    """The product as an object; format 'pron' gives the French clitic."""

    def __init__(self, text: str, pronoun: str) -> None:
        super().__init__(text)
        object.__setattr__(self, "pronoun", pronoun)

    def __format__(self, spec: str) -> str:
        return str(getattr(self, "pronoun")) if spec == "pron" else super().__format__(spec)  # noqa: B009


def _first_reference(b: _Builder) -> str:
    kind, name = b.facts.naming.kind, b.facts.naming.name
    if not name:
        return format(kind, b.dice.choice(("dem", "dem", "def")))
    if not b.facts.naming.translated:
        return name
    full = f"the {name} {kind.text}" if b.language == "en" else f"{kind:def} {name}"
    short = name if not b.facts.plural and len(name.split()) < 3 else full
    return b.dice.choice((full, full, short, f"{kind:dem}"))


def _later_reference(b: _Builder) -> str:
    head, plural = b.facts.naming.head, b.facts.plural
    if b.language == "en":
        pronoun = "they" if plural else "it"
    else:
        pronoun = ("elle" if b.facts.feminine else "il") + ("s" if plural else "")
    if not b.told.named:
        kind, name = b.facts.naming.kind, b.facts.naming.name
        if not name or not b.facts.naming.translated:
            return name or format(head, "def")
        return f"the {name} {kind.text}" if b.language == "en" else f"{kind:def} {name}"
    return b.dice.choice((pronoun, format(head, "def"), pronoun)) if b.told.in_focus else format(head, "def")


def _material(b: _Builder) -> None:
    facts, fabric = b.facts, b.facts.fabric
    b.put("F", fabric, "fabric")
    if fabric and facts.colour and not facts.first("pattern"):
        colour = facts.coloured(fabric.gender, "s")
        text = f"{colour} {fabric.text}" if b.language == "en" else f"{fabric.text} {colour}"
        b.put("FC", Phrase(text, b.language, "m", fabric.gender), "fabric", "colour")
    elif fabric:
        b.put("FC", fabric, "fabric")
    if facts.colour:
        kind = facts.naming.kind
        b.put("C", Word(facts.coloured(kind.gender, kind.number)), "colour")
        b.put("C0", Phrase(facts.colour.text, b.language, "m"), "colour")
        b.put("Cin", Word(_in_colour(facts)), "colour")
    shares = [item.share for item in facts.product.materials]
    if facts.composed and (len(shares) > 1 or not fabric):
        b.put("comp", Word(facts.composed, len(shares) > 1), "composition")
        b.put("comp_de", Word(facts.composed) if len(shares) > 1 else None, "composition")
    b.put("lining", Word(facts.lining_names) if facts.lining_names else None, "lining")


def _in_colour(facts: Facts) -> str:
    """'en noir', 'en bleu nuit'; a noun's name keeps its distance: 'couleur sable'."""
    text = facts.colour.text if facts.colour else ""
    if facts.language == "en":
        return f"in {text}"
    basic = (
        "noir",
        "blanc",
        "bleu",
        "vert",
        "gris",
        "rouge",
        "rose",
        "jaune",
        "brun",
        "beige",
        "violet",
        "doré",
        "argenté",
    )
    if text.split()[0] in basic or text in ("écru", "kaki", "bordeaux", "camel"):
        return f"en {text}"
    return f"en coloris {text}" if text in ("naturel", "multicolore", "naturel et noir") else f"couleur {text}"


def _cut(b: _Builder) -> None:
    facts = b.facts
    there: list[tuple[str, Phrase | PhraseList]] = []
    for attribute in SPOKEN:
        value = facts.first(attribute)
        if value and value.concept and not value.concept.forms[b.language].noun_phrase:
            b.put("adj", Word(value.text), attribute)
        elif (phrase := b.spoken(attribute)) and attribute not in b.told.facts:
            there.append((attribute, phrase))
            b.put({"neckline": "neck", "collar": "neck"}.get(attribute, attribute), phrase, attribute)
    if _at_waist(facts) and (waist := b.spoken("closure")) and "closure" not in b.told.facts:
        there.append(("closure", waist))
    for attribute in ("fit", "toe", "sole"):
        b.put(attribute, b.spoken(attribute), attribute)
    length = facts.first("length")
    reach = length.concept.facts.get(f"{b.language}_to") if length and length.concept else None
    if reach and length and not facts.repeats_type(length) and not (facts.is_bag or facts.is_shoe):
        b.put("lento", Word(str(reach).replace("@", "e" if facts.feminine else "")), "length")
    some = there[: b.dice.choice((2, 2, 3))]
    if facts.is_shoe and (toe := b.spoken("toe")) and "toe" not in b.told.facts:
        some = [("toe", toe)]
    b.put("cut", listed([phrase for _name, phrase in some], 3), *(name for name, _phrase in some))


def _at_waist(facts: Facts) -> bool:
    """An elasticated waist stands under 'closure' in many tables and closes nothing: it belongs to the cut."""
    value = facts.first("closure")
    return bool(value and re.search(r"\bwaist|\btaille\b", value.text))


def _details(b: _Builder) -> None:
    left: list[tuple[str, Value]] = [
        (f"details.{i}", value)
        for i, value in enumerate(b.facts.values.get("details", ()))
        if value.spoken
        and not (value.concept and value.concept.id in b.facts.flags)
        and value not in b.facts.does
        and f"details.{i}" not in b.told.facts
    ]
    phrases = [value.spoken for _name, value in left if value.spoken]
    most = b.dice.choice((1, 2, 2, 3))
    b.put("details", listed(phrases, most), *(name for name, _value in left[:most]))
    if phrases:
        b.put("d1", phrases[0], left[0][0])
    if not _at_waist(b.facts):
        b.put("closure", b.spoken("closure"), "closure")
    b.put("pattern", b.spoken("pattern"), "pattern")
    if b.facts.does:
        b.put("does", Word(b.facts.does[0].text), "does")


def _practical(b: _Builder) -> None:
    facts = b.facts
    b.put("pockets", b.spoken("pockets"), "pockets")
    b.put("strap", b.spoken("strap"), "strap")
    heel, dims = facts.first("heel_height"), facts.first("dimensions")
    b.put("heel", Word(heel.text) if heel else None, "heel_height")
    b.put("dims", Word(dims.text) if dims else None, "dimensions")
    if heel and _number(heel.text) >= 4:
        b.put("high", Word(heel.text), "heel_height")
    b.put("wash", Word(facts.wash) if facts.wash else None, "wash")
    b.put("machine", Word(facts.wash) if facts.wash else None, "wash")
    first, last = facts.sizes
    if first:
        english, french = f"{first} to {last}", f"{first} au {last}"
        b.put("sizes", Word(english if b.language == "en" else french), "sizes")
        b.put("sizes_long", Word(english if b.language == "en" else f"tailles {first} à {last}"), "sizes")
        b.put("sized", Word(first), "sizes")
    for flag in ("removable_belt", "reversible", "adjustable_straps", "removable_strap"):
        b.put(flag, Word(flag) if flag in facts.flags else None, flag)


def _number(text: str) -> float:
    digits = text.replace(",", ".").split("\u00a0")[0].split()[0]
    return float(digits) if digits.replace(".", "", 1).isdigit() else 0.0


def _making(b: _Builder) -> None:
    facts = b.facts
    for name, word in facts.origin.items():
        b.put(name, word, "origin")
    line = facts.product.line.strip()
    if line and len(line) <= 40:
        own = line if re.match(r"(?i)(?:les?|la|the)\b", line) else f"the {line} line"
        b.put("line", Word(own if b.language == "en" else f"la ligne {line}"), "line")
    b.put("composed", Word("") if facts.composition else None, "composition")
    kind = {"bags": "bag", "shoes": "shoe", "knitwear": "knit"}.get(facts.naming.category, "other")
    kind = "wear" if facts.naming.category in _SEWN else kind
    verb = b.dice.choice(_MADE[(b.language, kind)])
    ending = ("e" if facts.feminine else "") + ("s" if facts.plural else "") if b.language == "fr" else ""
    b.put("made", Word(verb + ending))
    for name, stems in _AGREEING.items() if b.language == "fr" else ():
        agreeing = b.dice.choice(stems) + ending
        b.put(name, Word(agreeing))
        b.put(name.capitalize(), Word(agreeing.capitalize()))

"""The slots that a sentence may fill, given what the text has said already."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

from lib.commerce.product_descriptions.writer.facts import SPOKEN, Facts
from lib.commerce.product_descriptions.writer.phrases import Phrase, PhraseList, Slot, Word, listed
from lib.commerce.product_descriptions.writer.text import echo
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
_AGREEING = {"doublé": ("doublé",), "fabriqué": ("fabriqué",), "coupé": ("coupé", "taillé"), "fini": ("fini",)}


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
    b.put("T", naming.head if _echoes(b.facts) else naming.kind)
    b.put("S", Word(_first_reference(b), plural, naming.kind.gender))
    b.put("s", Word(_later_reference(b), plural, naming.kind.gender))
    head = format(naming.head, "def")
    b.put("n", Word(head, plural, naming.head.gender))
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
    if _echoes(b.facts):
        kind = b.facts.naming.head  # 'la chemise Muguet', where the sentence may say of what poplin it is
    if not name:
        return format(kind, "dem")
    if not b.facts.naming.translated:
        return name
    full = f"the {name} {kind.text}" if b.language == "en" else f"{kind:def} {name}"
    return b.dice.choice((full, full, full, format(kind, "dem")))


def _echoes(facts: Facts) -> bool:
    """Whether the type says the fabric already: 'chemise en popeline', in poplin."""
    return bool(facts.fabric and echo(facts.naming.kind.text, facts.fabric.text))


def _later_reference(b: _Builder) -> str:
    head, plural = b.facts.naming.head, b.facts.plural
    if b.language == "en":
        pronoun = "they" if plural else "it"
    else:
        pronoun = ("elle" if b.facts.feminine else "il") + ("s" if plural else "")
    if not b.told.named:
        kind, name = b.facts.naming.kind, b.facts.naming.name
        if _echoes(b.facts):
            kind = head
        if not name or not b.facts.naming.translated:
            return name or format(head, "def")
        return f"the {name} {kind.text}" if b.language == "en" else f"{kind:def} {name}"
    return b.dice.choice((pronoun, format(head, "def"), pronoun)) if b.told.in_focus else format(head, "def")


def _material(b: _Builder) -> None:
    facts, fabric = b.facts, b.facts.fabric
    b.put("F", fabric, "fabric")
    shares_word = bool(fabric and facts.colour and set(fabric.text.split()) & set(facts.colour.text.split()))
    if fabric and facts.colour and not facts.first("pattern") and not shares_word:
        colour = facts.coloured(fabric.gender, "s")
        text = f"{colour} {fabric.text}" if b.language == "en" else f"{fabric.text} {colour}"
        b.put("FC", Phrase(text, b.language, "m", fabric.gender), "fabric", "colour")
    elif fabric:
        b.put("FC", fabric, "fabric")
    if facts.colour:
        kind = facts.naming.kind
        b.put("C", Word(facts.coloured(kind.gender, kind.number)), "colour")
        if b.language == "en" or (_in_colour(facts).startswith("en ") and "coloris" not in _in_colour(facts)):
            b.put("C0", Phrase(facts.colour.text, b.language, "m"), "colour")
        b.put("Cin", Word(_in_colour(facts)), "colour")
    shares = [item.share for item in facts.product.materials]
    if facts.composed and (len(shares) > 1 or not fabric):
        b.put("comp", Word(facts.composed, len(shares) > 1), "composition")
        b.put("comp_de", Word(facts.composed) if len(shares) > 1 else None, "composition")
    b.put("lining", Word(facts.lining_names) if facts.lining_names else None, "lining")


def _in_colour(facts: Facts) -> str:
    text = facts.colour.text if facts.colour else ""
    return f"in {text}" if facts.language == "en" else in_french(text)


def in_french(text: str) -> str:
    """'en noir', 'en bleu nuit'; a noun's name keeps its distance: 'couleur sable'."""
    if text.split()[:1] and text.split()[0] in _BASIC_COLOURS:
        return f"en {text}"
    return f"en coloris {text}" if text in ("naturel", "multicolore", "naturel et noir") else f"couleur {text}"


_BASIC_COLOURS = frozenset(
    re.findall(
        r"\w+",
        """noir blanc bleu vert gris rouge rose jaune brun beige violet doré argenté écru kaki bordeaux camel marine
        ivoire anthracite terracotta lilas prune framboise olive indigo""",
    )
)
# What a length does to a garment: the verb's number is the product's. Patterns of 'to the knee', 'au genou'.
_REACHES = {
    "en": (
        (r"to the floor", ("falls to the floor", "fall to the floor")),
        (r"to a cropped length", ("has a cropped length", "have a cropped length")),
        (r"to full length", ("is cut to full length", "are cut to full length")),
        (r"to (\w+) length", (r"falls to a \1 length", r"fall to a \1 length")),
        (r"long", ("is long", "are long")),
        (r"(.+)", (r"falls \1", r"fall \1")),
        (r"to ((?:the|mid-).+)", (r"reaches \1", r"reach \1")),
        (r"to ((?:the|mid-).+)", (r"comes to \1", r"come to \1")),
    ),
    "fr": (
        (r"au sol", ("descend jusqu’au sol", "descendent jusqu’au sol")),
        (r"en longueur raccourcie", ("se porte court", "se portent court")),
        (r"en pleine longueur", ("se porte en pleine longueur", "se portent en pleine longueur")),
        (r"en longueur (\w+)", (r"se porte en longueur \1", r"se portent en longueur \1")),
        (r"long@", ("se porte long@", "se portent long@")),
        (r"(.+)", (r"s’arrête \1", r"s’arrêtent \1")),
        (r"(.+)", (r"tombe \1", r"tombent \1")),
    ),
}


def _reach(b: _Builder, reach: str) -> str:
    """'s’arrête au genou', 'falls to the knee'."""
    table = _REACHES[b.language]
    generic = (r"(.+)", r"to ((?:the|mid-).+)")
    fitting = [forms for pattern, forms in table if pattern not in generic and re.fullmatch(pattern, reach)][:1]
    fitting = fitting or [forms for pattern, forms in table if pattern in generic and re.fullmatch(pattern, reach)]
    form = b.dice.choice(fitting)[b.facts.plural]
    pattern = next(pattern for pattern, forms in table if form in forms)
    return re.sub(f"^{pattern}$", form, reach)


def _cut(b: _Builder) -> None:
    facts = b.facts
    there: list[tuple[str, Phrase | PhraseList]] = []
    for attribute in SPOKEN:
        value = facts.first(attribute)
        if value and _is_adjective(value, b.language):
            b.put("adj", Word(value.text) if not facts.repeats_type(value) else None, attribute)
        elif (phrase := b.spoken(attribute)) and attribute not in b.told.facts:
            there.append((attribute, phrase))
            b.put({"neckline": "neck", "collar": "neck"}.get(attribute, attribute), phrase, attribute)
    if _at_waist(facts) and (waist := b.spoken("closure")) and "closure" not in b.told.facts:
        there.append(("closure", waist))
    for attribute in ("fit", "toe", "sole"):
        b.put(attribute, b.spoken(attribute), attribute)
    length = facts.first("length")
    reach = length.concept.facts.get(f"{b.language}_to") if length and length.concept else None
    if length and re.fullmatch(r"long(?:ue)?s?", length.text):
        reach = "long" if b.language == "en" else "long@"
    if reach and length and not facts.repeats_type(length) and not (facts.is_bag or facts.is_shoe):
        ending = "e" * facts.feminine + "s" * facts.plural
        b.put(
            "reach",
            Word(_reach(b, str(reach)).replace("long@", "longue" + ending[1:] if facts.feminine else "long" + ending)),
            "length",
        )
    some = there[: b.dice.choice((2, 2, 3))]
    if facts.is_shoe:
        shoe = [(name, b.spoken(name)) for name in ("toe", "sole") if name not in b.told.facts]
        some = [(name, phrase) for name, phrase in shoe if phrase]
    cut = listed([phrase for _name, phrase in some], 3)
    b.put("cut", cut, *(name for name, _phrase in some))
    if cut and len(cut.items) > 1:
        b.put("cuts", cut, *(name for name, _phrase in some))


def _is_adjective(value: Value, language: str) -> bool:
    """'sans manches', 'sans col', 'collarless': said of the piece, no part of it."""
    if re.match(r"(?i)sans |collarless$|sleeveless$|no ", value.text):
        return True
    return bool(value.concept and not value.concept.forms[language].noun_phrase)


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
        _closing(b)
    b.put("pattern", b.spoken("pattern"), "pattern")
    if b.facts.does:
        b.put("does", Word(b.facts.does[0].text), "does")


# Given as closures by houses' tables, and closing nothing.
_NO_CLOSING = re.compile(r"(?i)élastiqu|elasticated|slingback|loop straps?$|keyhole|goutte|buttonless")


def _closing(b: _Builder) -> None:
    """The closure as a thing ('closure', 'shut') and as what it does ('closes')."""
    value, phrase = b.facts.first("closure"), b.spoken("closure")
    if not value or not phrase:
        return
    plural = b.facts.plural
    b.put("closure", phrase, "closure")
    if _NO_CLOSING.search(value.text):
        verb = ("ont" if plural else "a") if b.language == "fr" else ("have" if plural else "has")
        b.put("closes", Word(f"{verb} {phrase}"), "closure")
        return
    b.put("shut", phrase, "closure")
    if b.language == "fr":
        text = f"{'se ferment' if plural else 'se ferme'} par {phrase}"
    elif value.text == "buttoned front":
        text = f"{'button' if plural else 'buttons'} at the front"
    else:
        verb = b.dice.choice(("close", "fasten"))
        text = f"{verb}{'' if plural else 's'} with {phrase}"
    b.put("closes", Word(text), "closure")


def _practical(b: _Builder) -> None:
    facts = b.facts
    pockets = b.spoken("pockets")
    b.put("pockets", pockets, "pockets")
    if facts.is_bag and pockets and not re.search(r"(?i)\binn|\bint|\bout|\bext", format(pockets, "bare")):
        b.put("inside", pockets, "pockets")
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
    b.put("Made", Word((verb + ending).capitalize()))
    for name, stems in _AGREEING.items() if b.language == "fr" else ():
        agreeing = b.dice.choice(stems) + ending
        b.put(name, Word(agreeing))
        b.put(name.capitalize(), Word(agreeing.capitalize()))

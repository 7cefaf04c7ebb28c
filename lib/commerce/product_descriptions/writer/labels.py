"""What stands in labels and not in sentences: bullets, fit and care, titles. Their words per language."""

from __future__ import annotations

import re
from random import Random

from lib.commerce.product_descriptions.model import Channel
from lib.commerce.product_descriptions.writer.facts import Facts
from lib.commerce.product_descriptions.writer.text import echo
from lib.commerce.product_descriptions.writer.values import Value
from lib.vocabulary.matching import bare
from lib.vocabulary.speech import capital, typeset

LABELS: dict[str, dict[str, str]] = {
    "en": {
        "material": "Material",
        "colour": "Colour",
        "lining": "Lining",
        "fit": "Cut",
        "length": "Length",
        "collar": "Collar",
        "neckline": "Neckline",
        "sleeve": "Sleeves",
        "rise": "Waist",
        "leg": "Leg",
        "closure": "Closure",
        "pattern": "Pattern",
        "pockets": "Pockets",
        "strap": "Carrying",
        "dimensions": "Dimensions",
        "toe": "Toe",
        "heel": "Heel",
        "heel_height": "Heel height",
        "sole": "Sole",
        "details": "Details",
        "origin": "Made",
        "sizes": "Sizes",
    },
    "fr": {
        "material": "Matière",
        "colour": "Coloris",
        "lining": "Doublure",
        "fit": "Coupe",
        "length": "Longueur",
        "collar": "Col",
        "neckline": "Encolure",
        "sleeve": "Manches",
        "rise": "Taille",
        "leg": "Jambe",
        "closure": "Fermeture",
        "pattern": "Motif",
        "pockets": "Poches",
        "strap": "Portage",
        "dimensions": "Dimensions",
        "toe": "Bout",
        "heel": "Talon",
        "heel_height": "Hauteur de talon",
        "sole": "Semelle",
        "details": "Détails",
        "origin": "Fabrication",
        "sizes": "Tailles",
    },
}
# What a buyer compares first, by angle; the rest follows in this order.
_ORDER = (
    "material", "fit", "length", "neckline", "collar", "sleeve", "rise", "leg", "closure", "pockets", "strap",
    "dimensions", "heel_height", "heel", "toe", "sole", "pattern", "details", "lining", "colour", "origin", "sizes",
)  # fmt: skip
_LEADS = {
    "material": ("material", "lining", "colour"),
    "cut": ("fit", "length", "neckline", "collar", "sleeve", "leg", "rise", "toe"),
    "detail": ("details", "closure", "pattern"),
    "colour": ("colour", "pattern", "material"),
    "making": ("origin", "material", "details"),
    "use": ("pockets", "strap", "dimensions", "heel_height", "closure"),
}
TITLE_LENGTH = {Channel.SITE: 70, Channel.MARKETPLACE: 80, Channel.SOCIAL: 60, Channel.EMAIL: 50}  # characters
COUNT = {Channel.SITE: 5, Channel.MARKETPLACE: 5, Channel.SOCIAL: 0, Channel.EMAIL: 3}


def lines(facts: Facts) -> dict[str, str]:
    """Every attribute that can be said, as a label's text."""
    found = {name: ", ".join(value.text for value in values) for name, values in facts.values.items()}
    found = {name: text for name, text in found.items() if name in _ORDER}
    fabric, composition = facts.first("fabric"), facts.composition
    material = ", ".join(text for text in (fabric.text if fabric else "", composition) if text)
    if material or facts.fabric:
        found["material"] = material or (facts.fabric.text if facts.fabric else "")
    if facts.lining:
        found["lining"] = facts.lining
    if "origin" in facts.origin:
        found["origin"] = facts.origin["origin"].text if facts.language == "en" else facts.country
    first, last = facts.sizes
    if first:
        found["sizes"] = f"{first} – {last}" if facts.language == "en" else f"{first} à {last}"
    return found


def bullets(facts: Facts, angle: str, channel: Channel, asked: float | None) -> list[str]:
    """The attributes as short lines, what the angle leads with first."""
    said = lines(facts)
    order = [*_LEADS.get(angle, ()), *(name for name in _ORDER if name not in _LEADS.get(angle, ()))]
    count = COUNT[channel] if asked is None or channel is Channel.SOCIAL else min(max(round(asked), 0), 8)
    return [label(name, said[name], facts.language) for name in order if name in said][:count]


def label(name: str, text: str, language: str) -> str:
    """'Matière : laine', 'Material: wool'."""
    if name == "origin" and language == "en":
        return f"Made {text}"
    if name not in ("details", "fit") and _words(LABELS[language][name]) & _words(text.split(",")[0]):
        return typeset(capital(text), language)  # 'Encolure en V', not 'Encolure : encolure en V'
    if name == "fit":
        text = re.sub(r"^coupe |^cut that is | (?:cut|fit)$", "", text)
    return typeset(f"{LABELS[language][name]}: {text}", language)


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"\w{3,}", bare(text))}


def fit_and_care(facts: Facts, channel: Channel, dice: Random) -> str:
    """Fit note, sizes, composition, care, origin: what has to be right, said plainly."""
    english = facts.language == "en"
    parts: list[str] = []
    note = facts.first("fit_note")
    if note:
        parts.append(capital(note.text.rstrip(".")))
    first, last = facts.sizes
    if first and channel is not Channel.SOCIAL:
        parts.append(
            dice.choice((f"Sizes {first} to {last}", f"Available in sizes {first} to {last}"))
            if english
            else dice.choice((f"Tailles {first} à {last}", f"Disponible du {first} au {last}"))
        )
    if facts.composition and channel is not Channel.SOCIAL:
        parts.append(f"Composition: {facts.composition}" + (_lined(facts) if facts.lining else ""))
    care = [value.text for value in facts.values.get("care", ())]
    if care:
        text = "; ".join([capital(care[0]), *(line[:1].lower() + line[1:] for line in care[1:])])
        parts.append(f"{'Care' if english else 'Entretien'}: {text[:1].lower()}{text[1:]}")
    return typeset(" ".join(f"{part}." for part in parts), facts.language)


def _lined(facts: Facts) -> str:
    return f"; {'lining' if facts.language == 'en' else 'doublure'}: {facts.lining}"


def title(facts: Facts, angle: str, channel: Channel) -> str:
    """The product's name first, then what its angle leads with."""
    naming, english = facts.naming, facts.language == "en"
    kind = naming.kind.text
    base = naming.title(facts.language)
    fabric = facts.fabric.text if facts.fabric else ""
    colour = facts.coloured(naming.kind.gender, naming.kind.number)
    if channel is Channel.MARKETPLACE:
        fabric = "" if echo(fabric, kind) else fabric
        extra = [
            fabric,
            colour,
            *(
                value.text
                for a in ("length", "sleeve", "closure")
                if (value := facts.first(a)) and _in_titles(a, value)
            ),
        ]
        first = f"{facts.voice.house} {base}" if english else f"{base} {facts.voice.house}"
        return _title(first.strip(), [part for part in extra if part], TITLE_LENGTH[channel], facts.language)
    led = {
        "material": fabric,
        "making": _origin(facts),
        "cut": _fit(facts) or fabric,
        "detail": _detail(facts) or fabric,
    }
    lead = led.get(angle, colour) or fabric or colour
    if lead == fabric and echo(fabric, kind):
        lead = colour
    if lead == fabric and fabric and len(base) + len(fabric) < TITLE_LENGTH[channel] - 4:
        return typeset(capital(f"{base} {'in' if english else 'en'} {fabric}"), facts.language)
    if lead == colour and colour and english and len(base) + len(colour) < TITLE_LENGTH[channel] - 4:
        return typeset(capital(f"{base} in {colour}"), facts.language)
    return _title(base, [lead] if lead else [], TITLE_LENGTH[channel], facts.language)


def _in_titles(attribute: str, value: Value) -> bool:
    """A length stands in a title as an adjective ('midi'), not as a place ('aux hanches', 'hip')."""
    words = ("midi", "maxi", "mini", "long", "cropped")
    return attribute != "length" or value.text in words


def _title(first: str, parts: list[str], most: int, language: str) -> str:
    """The first part and as many more as fit."""
    text = first
    for part in parts:
        if len(text) + 2 + len(part) <= most:
            text = f"{text}, {part}"
    return typeset(capital(text), language)


def _origin(facts: Facts) -> str:
    word = facts.origin.get("origin")
    if not word:
        return ""
    if facts.language == "en":
        return f"made {word.text}"
    return f"fabriqué{'e' if facts.feminine else ''}{'s' if facts.plural else ''} {word.text}"


def _fit(facts: Facts) -> str:
    value = facts.first("fit")
    return value.text if value and not facts.repeats_type(value) else ""


def _detail(facts: Facts) -> str:
    spoken = [value.text for value in facts.values.get("details", ()) if value.spoken]
    return spoken[0] if spoken else ""

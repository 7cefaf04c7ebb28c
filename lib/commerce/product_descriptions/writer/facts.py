"""What may be said of one product in one language: content selection's material, and nothing beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from lib.commerce.product_descriptions.contradictions import disputed
from lib.commerce.product_descriptions.model import BrandVoice, Material, Product
from lib.commerce.product_descriptions.sizes import size_ends
from lib.commerce.product_descriptions.writer.naming import Naming, naming
from lib.commerce.product_descriptions.writer.phrases import Phrase, Word, contracted
from lib.commerce.product_descriptions.writer.values import Value, read, usable
from lib.vocabulary import find, recognise, say
from lib.vocabulary.matching import bare
from lib.vocabulary.speech import agreeing, joined, typeset

SPOKEN = ("collar", "neckline", "sleeve", "rise", "leg")  # attributes that make up the cut
SINGLE = ("fit", "length", "closure", "pattern", "pockets", "strap", "toe", "heel", "sole")
MEASURES = ("dimensions", "heel_height")
_DOES = {"en": r"(?:fits|holds|packs|folds|takes)\b", "fr": r"(?:contient|se range|se plie|se porte)\b"}
_WASH = re.compile(r"(?i)(machine wash|lavage en machine).*?(\d0)\s*°")
# Words of a cut beside what says which one: a 'coupe droite' is told by 'robe droite'.
_NOTHING_NEW = {"coupe", "ligne", "cut", "fit", "line", "shape"}
_BAG, _SHOE = {"bags"}, {"shoes"}


@dataclass(frozen=True)
class Facts:
    """A product read for one output language.

    ``values`` holds attribute -> values that can be said, ``left_out`` those that can't ('attribute', 'as given').
    """

    product: Product
    voice: BrandVoice
    language: str

    @cached_property
    def naming(self) -> Naming:
        return naming(self.product, self.language)

    @property
    def plural(self) -> bool:
        return self.naming.kind.plural

    @property
    def feminine(self) -> bool:
        return self.naming.kind.gender == "f"

    @property
    def is_bag(self) -> bool:
        return self.naming.category in _BAG

    @property
    def is_shoe(self) -> bool:
        return self.naming.category in _SHOE

    @property
    def is_knit(self) -> bool:
        return self.naming.category == "knitwear"

    @cached_property
    def _read(self) -> _Reading:
        return _Reading.of(self.product, self.language, self.plural)

    @property
    def values(self) -> dict[str, list[Value]]:
        return self._read.values

    @property
    def left_out(self) -> list[tuple[str, str]]:
        return self._read.left_out

    def first(self, attribute: str) -> Value | None:
        """The attribute's value, or None."""
        return next(iter(self.values.get(attribute, ())), None)

    @cached_property
    def flags(self) -> frozenset[str]:
        """What holds of the product, for plans that ask for it; names of plans' ``#flags``."""
        folded = bare(" | ".join((*self.product.details, *self.product.attributes.values())))
        tests = {
            "removable_belt": r"(?:removable|detachable) belt|ceinture amovible",
            "reversible": r"(?:^|\| )reversible(?: \||$)",
            "adjustable_straps": r"adjustable straps|bretelles (?:reglables|ajustables)",
            "removable_strap": r"removable (?:shoulder )?strap|bandouliere amovible",
        }
        found = {name for name, pattern in tests.items() if re.search(pattern, folded)}
        if self.voice.address != "none":
            found.add({"en": "you"}.get(self.language, "vous" if self.voice.address == "formal" else "tu"))
        if not self.is_bag and not self.is_shoe:
            found.add("wear")
        return frozenset(found)

    @cached_property
    def wash(self) -> str:
        """The machine's temperature where the product may be machine washed, else ''."""
        for line in self.product.care:
            match = _WASH.search(line)
            if match:
                return f"{match.group(2)}\u00a0°C"
        return ""

    @cached_property
    def composition(self) -> str:
        """As a label writes it: '97% cotton, 3% elastane'."""
        return _composition(self.product.materials, self.product.language, self.language, ", ")

    @cached_property
    def composed(self) -> str:
        """In running text: '97% cotton and 3% elastane'."""
        return _composition(self.product.materials, self.product.language, self.language, "")

    @cached_property
    def lining(self) -> str:
        """The lining as a label writes it; '' where other data deny that there is one."""
        if "product.lining" in disputed(self.product):
            return ""
        return _composition(self.product.lining, self.product.language, self.language, ", ")

    @cached_property
    def lining_names(self) -> str:
        if not self.lining:
            return ""
        names = [_fibre(item, self.product.language, self.language) for item in self.product.lining]
        return joined([name for name in names if name], self.language) if all(names) else ""

    @cached_property
    def fabric(self) -> Phrase | None:
        """The main material as a phrase."""
        given = self.first("fabric")
        if given and isinstance(given.spoken, Phrase):
            return Phrase(given.text, self.language, "m", given.spoken.gender)
        for item in self.product.materials[:1]:
            name = _fibre(item, self.product.language, self.language)
            known = recognise(item.name, {"material"}, self.product.language)
            if name:
                return Phrase(name, self.language, "m", known.fr.gender if known else "m")
        return None

    @cached_property
    def colour(self) -> Value | None:
        return self.first("colour")

    def coloured(self, gender: str, number: str) -> str:
        """The colour beside a noun: 'noire', 'bleu marine'; '' where it isn't known in this language."""
        if not self.colour:
            return ""
        item = self.colour.concept
        if self.language == "fr" and self.colour.text == "os":
            return "couleur os"
        if self.language == "fr" and item and item.fr.adjective and bare(self.colour.text) == bare(item.fr.noun):
            return agreeing(item, gender, number)
        return self.colour.text

    @cached_property
    def origin(self) -> dict[str, Word]:
        """Slots that speak of the country of making."""
        country = recognise(self.product.origin, {"country"}, self.product.language) if self.product.origin else None
        if country is None:
            return {}
        noun = say(country, self.language, "bare" if self.language == "en" else "definite")
        if self.language == "fr" and str(country.facts["fr_in"]).startswith("à "):
            noun = country.fr.noun  # islands and the like take no article
        if self.language == "en":
            noun = ("the " if country.facts.get("en_the") else "") + noun
            return {"origin": Word(say(country, "en", "made_in")), "origin_bare": Word(noun)}
        away = contracted("de", country.fr.noun if country.fr.gender == "f" and country.fr.number == "s" else noun)
        return {"origin": Word(say(country, "fr", "made_in")), "origin_name": Word(noun), "origin_from": Word(away)}

    @property
    def country(self) -> str:
        """The country's bare name, for a label; '' where it isn't known."""
        found = recognise(self.product.origin, {"country"}, self.product.language) if self.product.origin else None
        return found.forms[self.language].noun if found else ""

    @cached_property
    def sizes(self) -> tuple[str, str]:
        """The run's two ends, or ('', '') for one size."""
        return size_ends(self.product.sizes)

    def repeats_type(self, value: Value) -> bool:
        """Whether the type says it already: a V-neck on a V-neck jumper."""
        return any(value is one for one in self._repeating)

    @cached_property
    def _repeating(self) -> list[Value]:
        return [one for values in self.values.values() for one in values if self._says(one)]

    def _says(self, value: Value) -> bool:
        kind = self.naming.kind.text
        if value.concept and any(m.concept == value.concept.id for m in find(kind, self.language)):
            return True
        words = set(re.findall(r"\w{2,}", bare(value.text))) - _NOTHING_NEW
        return bool(words) and words <= set(re.findall(r"\w{2,}", bare(kind)))

    @cached_property
    def does(self) -> list[Value]:
        """Details that say what the product does: 'fits a phone'."""
        return [v for v in self.values.get("details", ()) if re.match(_DOES[self.language], v.text)]


@dataclass
class _Reading:
    values: dict[str, list[Value]] = field(default_factory=dict)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, product: Product, language: str, owners: bool) -> _Reading:
        reading = cls()
        unsure = disputed(product)
        for attribute, given in product.attributes.items():
            if f"product.attributes.{attribute}" not in unsure:
                reading.add(attribute, given, product, language, owners)
        reading.add("colour", product.colour, product, language, owners)
        for number, detail in enumerate(product.details):
            if f"product.details.{number}" not in unsure:
                reading.add("details", detail, product, language, owners)
        for line in product.care:
            reading.add("care", line, product, language, owners)
        if product.fit_note:
            reading.add("fit_note", product.fit_note, product, language, owners)
        if product.origin and usable(product.origin) and not recognise(product.origin, {"country"}, product.language):
            reading.left_out.append(("origin", product.origin))
        for item in (*product.materials, *product.lining):
            if usable(item.name) and not _fibre(item, product.language, language):
                reading.left_out.append(("materials", item.name))
        return reading

    def add(self, attribute: str, given: str, product: Product, language: str, owners: bool) -> None:
        if not usable(given):
            return
        if attribute in MEASURES:
            number = given.replace(".", ",") if language == "fr" else given.replace(",", ".")
            self.values.setdefault(attribute, []).append(
                Value(typeset(re.sub(r"(?<=\d)\s*x\s*(?=\d)", " × ", number), language))
            )
            return
        value = read(given, attribute, product.language, language, owners)
        if value is None:
            self.left_out.append((attribute, given))
        elif not (value.concept and value.concept.facts.get("silent")):
            self.values.setdefault(attribute, []).append(value)


def _fibre(item: Material, source: str, target: str) -> str:
    value = read(item.name, "fibre", source, target)
    return value.text if value else ""


def _composition(materials: tuple[Material, ...], source: str, target: str, separator: str) -> str:
    """Shares with names; '' where a name can't be said, since a composition with gaps would be false."""
    if not materials:
        return ""
    texts = []
    for item in materials:
        name = _fibre(item, source, target)
        if not name:
            return ""
        share = f"{round(item.share * 100, 1):g}".replace(".", "," if target == "fr" else ".") if item.share else ""
        percent = f"{share}\u202f%" if target == "fr" else f"{share}%"
        of = contracted("de", name) if target == "fr" and not separator and len(materials) > 1 else name
        texts.append(f"{percent} {of}" if share else name)
    return separator.join(texts) if separator else joined(texts, target)

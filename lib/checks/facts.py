"""What is known of a product, in plain form: the only things that a text about it may claim."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One text as the product gives it, and the path by which a person finds it ('product.details.1')."""

    text: str
    path: str


@dataclass(frozen=True)
class MaterialFact:
    """One material with its share of the composition between 0 and 1, None where it isn't given."""

    name: str
    share: float | None
    path: str


@dataclass(frozen=True)
class NumberFact:
    """A figure that the product gives outside its texts, with its unit: '%', 'EUR', 'size', or '' for none."""

    value: float
    unit: str
    path: str


@dataclass(frozen=True)
class Facts:
    """All that is known of one product. Hashable, so that what is derived from it is derived once.

    ``attributes`` are (name, fact) pairs: ('neckline', Fact('V-neck', 'product.attributes.neckline')). ``free`` are
    further texts that support a claim where they state it: the fit note, the line, the user's own sentence. ``house``
    are names that are no claims: the house's, the line's.
    """

    name: str
    materials: tuple[MaterialFact, ...] = ()
    lining: tuple[MaterialFact, ...] = ()
    origin: Fact | None = None
    care: tuple[Fact, ...] = ()
    colours: tuple[Fact, ...] = ()
    attributes: tuple[tuple[str, Fact], ...] = ()
    details: tuple[Fact, ...] = ()
    numbers: tuple[NumberFact, ...] = ()
    free: tuple[Fact, ...] = ()
    house: tuple[str, ...] = ()
    category: str = ""
    name_path: str = "product.name"
    language: str = "en"

    def texts(self) -> tuple[Fact, ...]:
        """Every text that can support a claim by stating it, the most telling first."""
        own = tuple(fact for _name, fact in self.attributes)
        origin = (self.origin,) if self.origin else ()
        materials = tuple(Fact(item.name, item.path) for item in (*self.materials, *self.lining))
        name = (Fact(self.name, self.name_path),)
        return (*own, *self.details, *self.care, *self.colours, *origin, *materials, *self.free, *name)

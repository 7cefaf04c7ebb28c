"""What a house takes away: rows for its product information system, schema.org JSON-LD, plain text to paste."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lib.commerce.product_descriptions.columns import ATTRIBUTE_COLUMNS
from lib.commerce.product_descriptions.model import Channel, Description, Material, Product
from lib.commerce.product_descriptions.writer.values import read
from lib.i18n import LANGUAGES, N_, translate
from lib.vocabulary import recognise

BULLETS = 8
# What each column of a row holds. The names are for a product information system and stay the same in every language.
PIM_HELP = {
    "sku": N_("The product’s reference"),
    "language": N_("Language of the text, ISO 639-1"),
    "channel": N_("site, marketplace, social or email"),
    "title": N_("Title of the product page"),
    "opener": N_("Opening sentence"),
    "body": N_("Body of the description"),
    **{
        f"bullet_{number}": N_("One point of the list; empty where there are fewer") for number in range(1, BULLETS + 1)
    },
    "fit_and_care": N_("Fit, sizes, composition and care"),
    "snippet": N_("Search snippet, at most 155 characters"),
    "engine": N_("Engine that wrote the text; built-in is rules without a model"),
    "model": N_("Model behind the engine; empty for the built-in engine"),
    "run": N_("The recorded run that the text comes from"),
    "edited": N_("yes where a person changed the engine’s text, else no"),
    "edited_by": N_("Who changed it"),
    "status": N_("approved or draft"),
    "approved_by": N_("Who approved it"),
    "findings_to_fix": N_("Findings to fix that stood when it was approved; empty where it isn’t approved"),
    "approval_reason": N_("Why it was approved although they stood"),
}
PIM_COLUMNS = tuple(PIM_HELP)


@dataclass(frozen=True)
class Written:
    """A description, where it comes from, what a person changed in it, and whether a person approved it."""

    product: Product
    description: Description
    channel: Channel
    language: str
    engine: str
    model: str
    run: str
    status: str  # 'approved' or 'draft'
    house: str = ""
    edited_by: str | None = None  # None where it stands as the engine wrote it
    approved_by: str = ""
    open_findings: int | None = None  # 'to fix', when it was approved
    reason: str = ""


def pim_row(written: Written) -> dict[str, str | int]:
    """One row for a product information system; its keys are ``PIM_COLUMNS``."""
    description = written.description
    bullets = {
        f"bullet_{number}": description.bullets[number - 1] if number <= len(description.bullets) else ""
        for number in range(1, BULLETS + 1)
    }
    return {
        "sku": written.product.sku,
        "language": written.language,
        "channel": written.channel.value,
        "title": description.title,
        "opener": description.opener,
        "body": description.body,
        **bullets,
        "fit_and_care": description.fit_and_care,
        "snippet": description.snippet,
        "engine": written.engine,
        "model": written.model,
        "run": written.run,
        "edited": "no" if written.edited_by is None else "yes",
        "edited_by": written.edited_by or "",
        "status": written.status,
        "approved_by": written.approved_by,
        "findings_to_fix": "" if written.open_findings is None else written.open_findings,
        "approval_reason": written.reason,
    }


def json_ld(written: Written) -> dict[str, Any]:
    """The product as schema.org's ``Product``: only properties that the data holds, so no availability and no rating.

    Facts are in the text's language where the vocabulary has them, else as the data gives them. The text's language
    belongs to the page about the product: ``Product`` itself has no ``inLanguage``.

    Source: schema.org/Product, schema.org/ItemPage, schema.org/Offer, schema.org/PropertyValue.
    """
    product, description = written.product, written.description
    said = _Facts(product, written.language)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "sku": product.sku,
        "name": product.name,
        "alternateName": description.title if description.title != product.name else "",
        "description": plain_text(description, titled=False),
        "mainEntityOfPage": {"@type": "ItemPage", "inLanguage": written.language, "name": description.title},
        "brand": {"@type": "Brand", "name": written.house} if written.house else None,
        "category": said.category(),
        "color": said.value(product.colour, "colour"),
        "material": ", ".join(said.material(material) for material in product.materials),
        "size": list(product.sizes),
        "additionalProperty": [
            {"@type": "PropertyValue", "name": said.title(name), "value": said.value(value, name)}
            for name, value in product.attributes.items()
            if value
        ],
    }
    if product.origin:
        data["countryOfOrigin"] = {"@type": "Country", "name": said.origin()}
    if product.price is not None:
        data["offers"] = {"@type": "Offer", "price": f"{product.price:.2f}", "priceCurrency": product.currency}
    return {key: value for key, value in data.items() if value}


@dataclass(frozen=True)
class _Facts:
    """A product's facts in the language of its text."""

    product: Product
    language: str

    def value(self, text: str, attribute: str) -> str:
        """One attribute's value; as the data gives it where it is in this language or the vocabulary lacks it."""
        source = self.product.language
        if not text or self.language == source or self.language not in LANGUAGES:
            return text
        found = read(text, attribute, source, self.language)
        return found.text if found else text

    def title(self, attribute: str) -> str:
        """An attribute's name: the template's, else as the data gives it."""
        titles = {column.name: column.title for column in ATTRIBUTE_COLUMNS}
        return translate(titles[attribute], self.language) if attribute in titles else attribute

    def category(self) -> str:
        return self._of_kind(self.product.category, "product")

    def origin(self) -> str:
        return self._of_kind(self.product.origin, "country")

    def _of_kind(self, text: str, kind: str) -> str:
        concept = recognise(text, {kind}, self.product.language) if text else None
        if concept is None or self.language == self.product.language or self.language not in LANGUAGES:
            return text
        return concept.forms[self.language].noun

    def material(self, material: Material) -> str:
        """'100% mulberry silk', '100 % soie de mûrier'."""
        name = self.value(material.name, "fibre")
        if material.share is None:
            return name
        share = f"{round(material.share * 100, 1):g}"
        return f"{share.replace('.', ',')}\u202f% {name}" if self.language == "fr" else f"{share}% {name}"


def plain_text(description: Description, titled: bool = True) -> str:
    """The whole description as text to paste: title, opener, body, bullets, fit and care."""
    bullets = "\n".join(f"• {bullet}" for bullet in description.bullets)
    parts = (description.title if titled else "", description.opener, description.body, bullets)
    return "\n\n".join(part for part in (*parts, description.fit_and_care) if part)

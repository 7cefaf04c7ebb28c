"""What a house takes away: rows for its product information system, schema.org JSON-LD, plain text to paste."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lib.commerce.product_descriptions.model import Channel, Description, Product

BULLETS = 8
PIM_COLUMNS = (
    "sku", "language", "channel", "title", "opener", "body", *(f"bullet_{number}" for number in range(1, BULLETS + 1)),
    "fit_and_care", "snippet", "engine", "model", "run", "status",
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A description that was written, where it came from, and whether a person approved it."""

    product: Product
    description: Description
    channel: Channel
    language: str
    engine: str
    model: str
    run: str
    status: str  # 'approved' or 'draft'


def pim_row(written: Written) -> dict[str, str]:
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
        "status": written.status,
    }


def json_ld(written: Written, house: str) -> dict[str, Any]:
    """The product as schema.org's ``Product``: only properties that the data holds, so no availability and no rating.

    Source: schema.org/Product, schema.org/Offer, schema.org/PropertyValue.
    """
    product, description = written.product, written.description
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "sku": product.sku,
        "name": description.title,
        "description": " ".join(part for part in (description.opener, description.body) if part),
        "brand": {"@type": "Brand", "name": house},
        "category": product.category,
        "color": product.colour,
        "material": ", ".join(_material(material.name, material.share) for material in product.materials),
        "size": list(product.sizes),
        "additionalProperty": [
            {"@type": "PropertyValue", "name": name, "value": value}
            for name, value in product.attributes.items()
            if value
        ],
    }
    if product.origin:
        data["countryOfOrigin"] = {"@type": "Country", "name": product.origin}
    if product.price is not None:
        data["offers"] = {"@type": "Offer", "price": f"{product.price:.2f}", "priceCurrency": product.currency}
    return {key: value for key, value in data.items() if value}


def _material(name: str, share: float | None) -> str:
    return name if share is None else f"{share * 100:g}% {name}"


def plain_text(description: Description) -> str:
    """The whole description as text to paste: title, opener, body, bullets, fit and care."""
    bullets = "\n".join(f"• {bullet}" for bullet in description.bullets)
    parts = (description.title, description.opener, description.body, bullets, description.fit_and_care)
    return "\n\n".join(part for part in parts if part)
